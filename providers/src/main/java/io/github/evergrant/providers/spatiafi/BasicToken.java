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
     * @return in whole seconds, counted as the tutorial does, from the beginning of this second; never negative
     */
    public Duration remaining(Instant now) {
        return Duration.ofSeconds(Math.max(0, expiresAt.getEpochSecond() - now.getEpochSecond()));
    }
}
