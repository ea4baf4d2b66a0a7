package io.github.evergrant.renewal;

import java.time.Instant;

/**
 * The last renewal that did not succeed, kept for all processes.
 *
 * @param code our error code
 * @param why in words, without values
 * @param at when it happened
 * @param until no new try before this instant
 * @param count how many in a row
 * @param temporary whether trying again can help
 */
record Failure(String code, String why, Instant at, Instant until, int count, boolean temporary) {

    /** Whether the provider is to be left alone. A failure of the future was noted by a clock that was set back since. */
    boolean coolsAt(Instant now) {
        return until.isAfter(now) && !at.isAfter(now);
    }
}
