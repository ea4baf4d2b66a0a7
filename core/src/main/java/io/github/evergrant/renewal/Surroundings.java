package io.github.evergrant.renewal;

import io.github.evergrant.token.TokenResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What a session's renewal is given from outside.
 *
 * @param clock the wall clock
 * @param exchange asks the provider for a successor
 * @param needsRefreshToken whether a record without a refresh token cannot be renewed
 * @param answersAgain whether the provider is known to answer a used refresh token again, for a while
 * @param lateAnswer takes a response that came after the session was ended, to revoke it
 */
public record Surroundings(
        InstantSource clock,
        Exchange exchange,
        boolean needsRefreshToken,
        boolean answersAgain,
        Consumer<TokenResponse> lateAnswer) {

    public Surroundings {
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(exchange, "exchange");
        Objects.requireNonNull(lateAnswer, "lateAnswer");
    }

    Instant now() {
        return clock.instant();
    }
}
