package io.github.evergrant.providers.tastytrade;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The members of something the API told, by the names of the wire, all of them, also those that no method is for.
 *
 * <p>A member is found by its name with dashes and by that with underscores, since the service writes both. One of another
 * type than is asked for counts as absent. The text form tells nothing of the content.
 *
 * @param all as JSON values: String, Number, Boolean, List, Map or null
 */
public record Fields(Map<String, @Nullable Object> all) {

    public Fields {
        // Map.copyOf refuses null values, and JSON has them.
        all = Collections.unmodifiableMap(new LinkedHashMap<>(all));
    }

    /** A text, possibly empty, as the service sent it: it may hold anything, and is not fit for a terminal as it is. */
    public Optional<String> text(String name) {
        return find(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** A truth value. */
    public Optional<Boolean> flag(String name) {
        return find(name) instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
    }

    /** A time with an offset, {@code Z} included. */
    public Optional<Instant> time(String name) {
        return text(name).flatMap(Fields::instant);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private @Nullable Object find(String name) {
        Object value = all.get(name);
        return value == null ? all.get(name.replace('-', '_')) : value;
    }

    @Override
    public String toString() {
        return "Fields" + all.keySet();
    }
}
