package io.github.evergrant.session;

import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.renewal.Exchange;
import io.github.evergrant.renewal.Outcome;
import io.github.evergrant.renewal.Surroundings;
import io.github.evergrant.token.TokenData;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a session's renewal is given from outside. */
final class SessionSurroundings {

    private SessionSurroundings() {}

    static Surroundings of(String name, @Nullable SessionFacts facts, Evergrant door, Revoking revoking) {
        Duration grace = facts == null ? null : facts.reuseGrace();
        return new Surroundings(
                door.settings().clock(),
                facts == null ? new NobodysClient(name) : new ProviderExchange(facts, door.http()),
                facts == null || facts.kind() == LoginResult.Kind.REFRESH_TOKEN,
                grace != null && !grace.isZero(),
                late -> revoking.revokeAll(late.byResourceServer().values()));
    }

    /** Another program wrote the tokens, and no format says which client they belong to. */
    private record NobodysClient(String session) implements Exchange {

        @Override
        public void requirePossible(TokenData current) {
            throw new LoginRequired(Problem.of(
                            "unknown_client",
                            "the tokens of session '" + session
                                    + "' were written by another program, and which client they belong to is unknown")
                    .withAdvice("log in")
                    .withSession(session));
        }

        @Override
        public Outcome send(TokenData current, Duration deadline) {
            throw new IllegalStateException("asked in spite of requirePossible");
        }
    }
}
