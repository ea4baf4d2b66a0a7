package io.github.evergrant.oauth;

import io.github.evergrant.token.Expiry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The end of an access token from {@code expires_in}, whatever type a server gives it. */
final class Lifetimes {

    private static final BigDecimal MOST =
            BigDecimal.valueOf(Duration.ofDays(3650).toSeconds());

    private Lifetimes() {}

    static Expiry read(
            Map<String, @Nullable Object> token, @Nullable Duration fallback, Instant sentAt, Consumer<String> note) {
        Object given = token.get("expires_in");
        BigDecimal seconds = number(given);
        if (seconds != null && given instanceof String) {
            note.accept("expires_in is text");
        }
        if (seconds == null && given != null) {
            note.accept("expires_in is no number");
        }
        if (seconds != null && seconds.signum() < 0) {
            // -1 is how some servers say "no end"; a token that ended before it was made makes no sense anyway.
            note.accept("expires_in is negative");
            seconds = null;
        }
        if (seconds == null) {
            return fallback == null ? Expiry.never() : Expiry.at(sentAt.plus(fallback));
        }
        if (seconds.compareTo(MOST) > 0) {
            note.accept("expires_in is longer than ten years");
            seconds = MOST;
        }
        // Below one second first: converting a number like 1e-999999999 fails or takes for ever.
        return Expiry.at(sentAt.plusSeconds(seconds.compareTo(BigDecimal.ONE) < 0 ? 0 : seconds.longValue()));
    }

    private static @Nullable BigDecimal number(@Nullable Object given) {
        if (given instanceof BigDecimal decimal) {
            return decimal;
        }
        String digits = given instanceof Number || given instanceof String
                ? given.toString().strip()
                : "";
        if (digits.isEmpty() || digits.length() > 100) {
            return null;
        }
        try {
            return new BigDecimal(digits);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
