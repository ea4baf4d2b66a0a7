package io.github.evergrant.renewal;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.token.TokenData;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A token for a caller.
 *
 * @param data the record it comes from
 * @param freshness how it stood when it was handed out
 * @param freshUntil when it ceases to be fresh; {@link Instant#MAX} for one without an end
 * @param renewed whether it is younger than what was stored when the caller asked
 * @param warning why no successor could be had, when one was due and the token is the old one; else null
 */
public record Obtained(
        TokenData data,
        Freshness freshness,
        Instant freshUntil,
        boolean renewed,
        @Nullable EvergrantException warning) {

    public Obtained {
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(freshness, "freshness");
        Objects.requireNonNull(freshUntil, "freshUntil");
    }
}
