package io.github.evergrant.renewal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the facts of a session say of its refresh tokens.
 *
 * @param lifetime how long one is good, from the request for it; null when no end is known
 * @param endsWithUse whether one that was used is over also where the reply brings no other
 */
record RefreshTerms(@Nullable Duration lifetime, boolean endsWithUse) {

    static RefreshTerms of(Map<String, @Nullable Object> facts) {
        return new RefreshTerms(
                lifetime(facts.get(SessionRecords.REFRESH_LIFETIME)),
                Boolean.TRUE.equals(facts.get(SessionRecords.REFRESH_ENDS_WITH_USE)));
    }

    /** When one ends that was asked for at that moment, if it is known. */
    @Nullable
    Instant end(@Nullable Instant asked) {
        Duration known = lifetime;
        return asked == null || known == null ? null : asked.plus(known);
    }

    private static @Nullable Duration lifetime(@Nullable Object value) {
        try {
            return value instanceof String text ? Duration.parse(text) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
