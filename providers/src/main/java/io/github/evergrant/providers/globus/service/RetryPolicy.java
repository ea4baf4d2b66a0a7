package io.github.evergrant.providers.globus.service;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How often and for how long a request is tried again. Immutable: a policy that two clients share changes for neither.
 *
 * <p>The numbers of {@link #usual} are those of {@code globus_sdk}. What is tried again: a 401, once, if a renewal can
 * cure it; no answer at all; 429 and 503, not before {@code Retry-After}; 500, 502 and 504. A request that changes
 * something, and that the server may have acted on, is not: see {@link ServiceRequest#repeatable}.
 *
 * @param retries how often at most, after the first attempt
 * @param longestWait between two attempts. When {@code Retry-After} asks for a longer one, nobody waits and nobody comes
 *     back too early: the caller is told when
 * @param patience for all attempts and waits together, or null for as long as they take
 * @param checks what else there is to know, in order
 */
public record RetryPolicy(
        int retries, Duration longestWait, @Nullable Duration patience, List<RetryCheck> checks) {

    /** Five retries, ten seconds between two attempts at most, no end of patience. */
    private static final RetryPolicy USUAL = new RetryPolicy(5, Duration.ofSeconds(10), null, List.of());

    public RetryPolicy {
        Objects.requireNonNull(longestWait, "longestWait");
        checks = List.copyOf(checks);
        if (retries < 0 || longestWait.isNegative() || (patience != null && patience.isNegative())) {
            throw new IllegalArgumentException("neither retries nor times can be negative");
        }
    }

    public static RetryPolicy usual() {
        return USUAL;
    }

    /** Sends everything once, and cures nothing. */
    public static RetryPolicy never() {
        return USUAL.withRetries(0);
    }

    public RetryPolicy withRetries(int most) {
        return new RetryPolicy(most, longestWait, patience, checks);
    }

    public RetryPolicy withLongestWait(Duration longest) {
        return new RetryPolicy(retries, longest, patience, checks);
    }

    public RetryPolicy within(@Nullable Duration all) {
        return new RetryPolicy(retries, longestWait, all, checks);
    }

    /** The same with one more check, asked after the others; with one that it has already, it stays as it is. */
    public RetryPolicy with(RetryCheck check) {
        if (checks.contains(check)) {
            return this;
        }
        return new RetryPolicy(
                retries,
                longestWait,
                patience,
                Stream.concat(checks.stream(), Stream.of(check)).toList());
    }
}
