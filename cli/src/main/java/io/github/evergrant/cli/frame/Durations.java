package io.github.evergrant.cli.frame;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write and read them. */
public final class Durations {

    private static final Pattern SHORT = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d|)");

    /** Longer than any token lives, and short enough to be added to any time of day. */
    private static final Duration MOST = Duration.ofDays(36_500);

    private Durations() {}

    /**
     * Reads {@code 250ms}, {@code 60s}, {@code 5m}, {@code 1h}, {@code 2d}, plain seconds, or ISO 8601.
     *
     * @throws IllegalArgumentException when it is none of these, negative, or longer than a century
     */
    public static Duration parse(String text) {
        Matcher matcher = SHORT.matcher(text.strip().toLowerCase(Locale.ROOT));
        Duration duration;
        try {
            if (matcher.matches()) {
                long number = Long.parseLong(matcher.group(1));
                duration = switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    case "d" -> Duration.ofDays(number);
                    default -> Duration.ofSeconds(number);
                };
            } else {
                duration = Duration.parse(text.strip());
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(wrong(text), e);
        }
        if (duration.isNegative() || duration.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(wrong(text));
        }
        return duration;
    }

    /** In the two words a person needs: {@code 12 min}, {@code 3 h}, {@code 2 days}. Not fnegative, or longer than a century ones. */
    public static String words(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 100) {
            return seconds + " s";
        }
        if (seconds < 100 * 60) {
            return seconds / 60 + " min";
        }
        if (seconds < 48 * 3600) {
            return seconds / 3600 + " h";
        }
        return seconds / 86400 + " days";
    }

    private static String wrong(String text) {
        return "'" + text + "' is no length of time; write 60s, 5m or 1h";
    }
}
