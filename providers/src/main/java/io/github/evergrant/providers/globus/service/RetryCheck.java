package io.github.evergrant.providers.globus.service;

import org.jspecify.annotations.Nullable;

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

    /**
     * The same, for a check that has to know with what the request was sent.
     *
     * @param sent the value of its {@code Authorization} header, which nobody may see; null when it had none
     */
    default Decision decide(ApiError error, @Nullable String sent) {
        return decide(error);
    }

    /**
     * Whether {@link Decision#REPEAT} counts once a request; what it decides then is not asked again. Such a check is not
     * asked on the last attempt either: what it does for a repetition would be in vain.
     */
    default boolean isOncePerRequest() {
        return false;
    }
}
