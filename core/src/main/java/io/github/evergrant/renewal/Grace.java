package io.github.evergrant.renewal;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time for which a provider answers a used refresh token again, and what follows from it: as long as it lasts, an
 * answer that was lost can be had by sending once more.
 *
 * <p>A known grace is null when nobody knows it, zero when a used token ends the session.
 */
final class Grace {

    /** What is hoped for where nothing is known. */
    private static final Duration HOPED_FOR = Duration.ofSeconds(10);

    /** No answer that is given again is older than this, where nothing is known. */
    private static final Duration OLDEST = Duration.ofMinutes(1);

    private static final Duration LEAST_PAUSE = Duration.ofMillis(500);
    private static final Duration LEAST_WAIT = Duration.ofSeconds(3);

    private Grace() {}

    /**
     * How long a token that was sent in vain may be left alone, at most: so that several more tries fall into the grace.
     *
     * <p>Whichever sending the server acted on, the grace counts from it. So a known one bounds every pause; an unknown
     * one only those after the first sendings, since in a long outage it would bother a provider for nothing.
     *
     * @param firstSent when this token was first sent for this renewal
     */
    static Duration longestPause(@Nullable Duration known, Instant firstSent, Instant now) {
        Duration grace = known == null ? HOPED_FOR : known;
        Duration left = left(grace, firstSent, now);
        if (grace.isZero() || (known == null && left.isZero())) {
            return CoolDown.LONGEST;
        }
        Duration quarter = (left.isZero() ? grace : left).dividedBy(4);
        return quarter.compareTo(LEAST_PAUSE) > 0 ? quarter : LEAST_PAUSE;
    }

    /**
     * How long an answer is waited for: within a known grace so that there is time to ask again, should it be lost.
     *
     * @param most for everything that is left to do
     */
    static Duration wait(@Nullable Duration known, Instant firstSent, Instant now, Duration most) {
        if (known == null || known.isZero()) {
            return most;
        }
        Duration left = left(known, firstSent, now);
        Duration share = (left.isZero() ? known : left).multipliedBy(3).dividedBy(4);
        Duration wait = share.compareTo(LEAST_WAIT) > 0 ? share : LEAST_WAIT;
        return wait.compareTo(most) < 0 ? wait : most;
    }

    /** The earliest instant at which the server can have made an answer, whatever the sending it made it for. */
    static Instant earliestAnswer(@Nullable Duration known, Instant firstSent, Instant lastSent) {
        Instant bound = lastSent.minus(known == null ? OLDEST : known);
        return firstSent.isAfter(bound) ? firstSent : bound;
    }

    /** Never negative, and never more than the whole, whatever the clock did. */
    private static Duration left(Duration grace, Instant firstSent, Instant now) {
        Duration gone = Duration.between(firstSent, now);
        Duration left = gone.isNegative() ? grace : grace.minus(gone);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
