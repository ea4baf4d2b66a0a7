package io.github.evergrant.renewal;

import io.github.evergrant.token.TokenResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a session's renewal is given from outside.
 *
 * @param clock the wall clock
 * @param exchanges makes the way to the provider from what was kept of the session at its login; asked again for every
 *     renewal, since another login may have taken place meanwhile
 * @param identity whose session it is, or null when that is not known; another account's tokens are neither handed out
 *     nor renewed
 * @param late takes a response that came after the session was ended, to revoke it
 */
public record Surroundings(
        InstantSource clock,
        Function<Map<String, @Nullable Object>, Exchange> exchanges,
        @Nullable String identity,
        LateAnswer late) {

    /** Takes a response that came after the session was ended, with what was kept of the session. */
    @FunctionalInterface
    public interface LateAnswer {
        void revoke(Map<String, @Nullable Object> facts, TokenResponse response);
    }

    public Surroundings {
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(exchanges, "exchanges");
        Objects.requireNonNull(late, "late");
    }

    Instant now() {
        return clock.instant();
    }
}
