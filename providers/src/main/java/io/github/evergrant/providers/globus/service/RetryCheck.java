package io.github.evergrant.providers.globus.service;

/**
 * Says of a refusal what no rule of the client's own knows.
 *
 * <p>Asked about every refusal but a 401 that a renewal can cure and a 429 or 503, after these and before the other
 * statuses that are usually passing. The first that decides wins. Safe for many threads.
 */
@FunctionalInterface
public interface RetryCheck {

    /** What to do about a refusal. */
    enum Decision {
        /** Send it again, after the usual pause. */
        REPEAT,
        /** Do not send it again now; a later call may succeed. */
        LATER,
        /** Sending it again never helps. */
        REFUSED,
        /** Somebody else may decide. */
        UNDECIDED
    }

    Decision decide(ApiError error);

    /** Whether {@link Decision#REPEAT} counts once a request; what it decides then is not asked again. */
    default boolean isOncePerRequest() {
        return false;
    }
}
