package io.github.evergrant.cli.frame;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as people and scripts read them. */
public final class Times {

    private Times() {}

    /** {@code in 12 min}, {@code 3 h ago}, {@code now}. */
    public static String relative(Instant instant, Instant now) {
        Duration until = Duration.between(now, instant);
        if (until.abs().toSeconds() == 0) {
            return "now";
        }
        return until.isNegative() ? Durations.words(until.negated()) + " ago" : "in " + Durations.words(until);
    }

    /** {@code 2026-11-21T22:00:00Z}, rounded down to a second. */
    public static String exact(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
