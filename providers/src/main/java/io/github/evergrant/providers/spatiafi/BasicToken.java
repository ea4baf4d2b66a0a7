package io.github.evergrant.providers.spatiafi;

import io.github.evergrant.token.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * An access token that a person got by password. It cannot be renewed, and lasts about a quarter of an hour: long enough to
 * create app credentials.
 *
 * @param value the access token, which the text form does not show
 * @param expiresAt when it ends
 */
public record BasicToken(Secret value, Instant expiresAt) {

    public BasicToken {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }

    /**
     * How long it is still good.
     *
     * @return to the second below, never negative
     */
    public Duration remaining(Instant now) {
        Duration left = Duration.ofSeconds(Duration.between(now, expiresAt).toSeconds());
        return left.isNegative() ? Duration.ZERO : left;
    }
}
