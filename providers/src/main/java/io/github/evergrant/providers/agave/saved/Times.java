package io.github.evergrant.providers.agave.saved;

import io.github.evergrant.token.Expiry;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The three times of a record, from an end and back (docs/protocols/agave.md sections 4.2, 4.5 and 8.4). */
final class Times {

    /** What tenants grant when they say nothing else, and what line C makes of it. */
    private static final List<Long> USUAL = List.of(14400L, 3600L);

    /** How long before its save a token may have come, for its lifetime to be one of the usual ones. */
    private static final long JUST_NOW = 60;

    /** The same of any number of whole minutes. */
    private static final long A_MOMENT = 10;

    private static final DateTimeFormatter TEXT =
            DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss 'UTC' yyyy", Locale.ENGLISH);

    private Times() {}

    /** When a record's token ends. One that does not say when it came, or for how long, has ended. */
    static Expiry expiry(Map<?, ?> record) {
        OptionalLong created = Fields.seconds(record, Fields.CREATED);
        OptionalLong lifetime = Fields.seconds(record, Fields.LIFETIME);
        return Expiry.ofEpochSecond(created.isEmpty() ? 0 : created.getAsLong() + lifetime.orElse(0));
    }

    /**
     * The times of a token that was just saved. When it came is what its end and the usual lifetimes tell, if they tell
     * anything: then all programs see the lifetime that the server named.
     *
     * @param former the record that it replaces
     * @param after what the time of its coming must not come before, so that no older copy is taken for the freshest
     */
    static Map<String, @Nullable Object> of(Expiry expiry, Map<?, ?> former, Instant now, long after) {
        long end = expiry.epochSecond();
        long created = Math.max(created(end, former, now.getEpochSecond()), after);
        Map<String, @Nullable Object> times = new LinkedHashMap<>();
        times.put(Fields.CREATED, Long.toString(created));
        times.put(Fields.LIFETIME, end - created);
        times.put(Fields.EXPIRES, text(end));
        return times;
    }

    private static long created(long end, Map<?, ?> former, long now) {
        long before = Fields.seconds(former, Fields.LIFETIME).orElse(0);
        List<Long> lifetimes = before > 0 ? List.of(before, USUAL.get(0), USUAL.get(1)) : USUAL;
        if (end <= now) {
            // An old token that is brought here: of its beginning nothing else is known.
            return Math.max(0, end - lifetimes.get(0));
        }
        for (long lifetime : lifetimes) {
            long created = end - lifetime;
            if (created <= now && created >= now - JUST_NOW) {
                return created;
            }
        }
        // Servers grant whole minutes, and a reply takes a moment to get here.
        long started = end - (end - now + 59) / 60 * 60;
        return now - started <= A_MOMENT ? started : now;
    }

    /** The text of line A, always in UTC; nobody decides anything by it. */
    static String text(long epochSecond) {
        long shown = Math.max(0, Math.min(epochSecond, Expiry.NEVER_SECONDS));
        return TEXT.format(Instant.ofEpochSecond(shown).atZone(ZoneOffset.UTC));
    }
}
