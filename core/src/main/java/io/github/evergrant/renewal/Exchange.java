package io.github.evergrant.renewal;

import io.github.evergrant.token.TokenData;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks for a successor of token data: one request, never repeated from inside. Safe for many threads. */
@FunctionalInterface
public interface Exchange {

    /**
     * Called before anything is noted or sent.
     *
     * @throws io.github.evergrant.error.EvergrantException when there is no way to a successor of this record
     */
    default void requirePossible(TokenData current) {}

    /** Whether a record without a refresh token cannot be renewed, and a refresh token is used once. */
    default boolean needsRefreshToken() {
        return true;
    }

    /** How long after its first use a refresh token is answered again: zero for never, null when nobody knows. */
    default @Nullable Duration reuseGrace() {
        return null;
    }

    /** Whether the provider is known to answer a used refresh token again, for a while. */
    default boolean answersAgain() {
        Duration grace = reuseGrace();
        return grace != null && !grace.isZero();
    }

    /** Called inside the lease, before the intent is written: what takes time and is not the request itself. */
    default void prepare() {}

    /**
     * @param current what was read inside the lease; its refresh token is the one to send
     * @param deadline for everything, body included
     */
    Outcome send(TokenData current, Duration deadline);
}
