package io.github.evergrant.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** How far our clock is from a server's, by the {@code Date} of its reply (RFC 9110 section 6.6.1). */
public final class ClockSkew {

    /** Less is the way of the reply, or nobody's trouble. */
    private static final Duration WORTH_TELLING = Duration.ofSeconds(60);

    private ClockSkew() {}

    /**
     * The difference, when it is worth telling.
     *
     * @param now when the reply was there, by our clock
     * @return ours less theirs; positive when ours is fast
     */
    public static Optional<Duration> of(HttpReply reply, Instant now) {
        try {
            return reply.header("Date")
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant())
                    .map(theirs -> Duration.between(theirs, now))
                    .filter(skew -> skew.abs().compareTo(WORTH_TELLING) > 0);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
