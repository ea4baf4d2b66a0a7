package io.github.evergrant.cli.sessions;

import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.providers.tastytrade.TastytradeProvider;
import io.github.evergrant.providers.tastytrade.saved.SerializedSession;
import io.github.evergrant.providers.tastytrade.saved.SerializedSessions;
import io.github.evergrant.renewal.Standing;
import io.github.evergrant.session.Exported;
import io.github.evergrant.session.Session;
import io.github.evergrant.session.SessionFacts;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;

/** Writes a session as Python's tastytrade library serializes its own. */
final class TastytradeExport {

    private TastytradeExport() {}

    /**
     * @param of10 in the form of 10.3, else in that of 12
     * @param evenRotating whether a remember token is given away, which works once
     */
    static Exported of(Invocation it, String name, boolean of10, boolean evenRotating) {
        Session session = it.look(name);
        SessionFacts facts = session.facts()
                .orElseThrow(() -> new InvalidInput(Problem.of(
                                "other_provider",
                                "session '" + name + "' was written by another program, and with whom it is is unknown")
                        .withSession(name)));
        Standing standing = session.standing();
        Standing.Entry entry = standing.records().get(session.resourceServer());
        if (entry == null) {
            throw new LoginRequired(Problem.of(
                            "no_tokens", "session '" + name + "' has no tokens for '" + session.resourceServer() + "'")
                    .withSession(name));
        }
        TokenData tokens = entry.data();
        boolean once = standing.rotates() || TastytradeProvider.isPassword(facts.tokenEndpoint());
        boolean without = once && !evenRotating && tokens.refreshToken() != null;
        SerializedSession serialized = SerializedSessions.of(facts, without ? tokens.withRefreshToken(null) : tokens);
        String text = of10 ? SerializedSessions.write10(serialized, it.now()) : SerializedSessions.write12(serialized);
        return new Exported(Secret.of(text), without);
    }
}
