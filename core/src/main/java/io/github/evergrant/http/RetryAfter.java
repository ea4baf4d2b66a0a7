package io.github.evergrant.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The {@code Retry-After} header (RFC 9110 section 10.2.3). */
public final class RetryAfter {

    /** A server that says more than this is mistaken or hostile; nobody is locked out for a year. */
    static final Duration MOST = Duration.ofDays(1);

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}");

    /** RFC 9110 section 5.6.7: the one format to write, and the two old ones every reader must accept. */
    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.RFC_1123_DATE_TIME,
            DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss 'GMT'", Locale.US)
                    .withZone(ZoneOffset.UTC),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US).withZone(ZoneOffset.UTC));

    private RetryAfter() {}

    /** When the server wants to be asked again; empty when it did not say, or said something that is no time. */
    public static Optional<Instant> of(HttpReply reply) {
        return reply.header("Retry-After").flatMap(value -> parse(value, reply.sentAt()));
    }

    /**
     * Reads a value of the header.
     *
     * @param value seconds or an HTTP date; a negative number counts as nothing said
     * @param from what seconds count from
     */
    public static Optional<Instant> parse(String value, Instant from) {
        String text = value.strip();
        Instant most = from.plus(MOST);
        if (SECONDS.matcher(text).matches()) {
            long seconds = Math.min(Long.parseLong(text), MOST.toSeconds());
            return Optional.of(from.plusSeconds(seconds));
        }
        return DATES.stream()
                .flatMap(format -> date(text, format).stream())
                .findFirst()
                .map(at -> at.isAfter(most) ? most : at);
    }

    private static Optional<Instant> date(String text, DateTimeFormatter format) {
        try {
            return Optional.of(format.parse(text, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
