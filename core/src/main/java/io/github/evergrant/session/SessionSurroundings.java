package io.github.evergrant.session;

import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.renewal.Exchange;
import io.github.evergrant.renewal.Outcome;
import io.github.evergrant.renewal.Surroundings;
import io.github.evergrant.token.TokenData;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a session's renewal is given from outside. */
final class SessionSurroundings {

    private SessionSurroundings() {}

    /** @param identity whose session it was opened as, or null when that was not known */
    static Surroundings of(String name, @Nullable String identity, Evergrant door, Revoking revoking) {
        return new Surroundings(
                door.settings().clock(),
                facts -> exchange(name, facts, door),
                identity,
                (facts, late) -> revoking.revokeAll(
                        SessionFacts.fromJson(facts), late.byResourceServer().values()));
    }

    private static Exchange exchange(String name, Map<String, @Nullable Object> facts, Evergrant door) {
        Optional<SessionFacts> known = SessionFacts.fromJson(facts);
        return known.isPresent() ? new ProviderExchange(known.get(), door.http()) : new NobodysClient(name);
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
