package io.github.evergrant.cli.frame;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** Instants as people and scripts read them. */
public final class Times {

    /** As the library writes them, to a nanosecond. */
    private static final Pattern LONG =
            Pattern.compile("(after |at )?(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z)");

    private Times() {}

    /** A sentence in which {@code after} and {@code at} some instant are as relative as people speak. */
    public static String spoken(String sentence, Instant now) {
        return LONG.matcher(sentence).replaceAll(found -> {
            Instant instant = Instant.parse(found.group(2));
            return found.group(1) == null ? exact(instant) : relative(instant, now);
        });
    }

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
