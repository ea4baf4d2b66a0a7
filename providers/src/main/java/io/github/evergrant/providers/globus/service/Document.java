package io.github.evergrant.providers.globus.service;

import io.github.evergrant.oauth.HostileJson;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a service answered, as JSON values: all of it, for whatever no record has a field for.
 *
 * <p>A field of another type than is asked for counts as absent. Texts are as the service sent them: they may hold
 * anything, and are not fit for a terminal as they are. The text form tells nothing of the content.
 *
 * @param value String, Number, Boolean, List, Map or null
 */
public record Document(@Nullable Object value) {

    /** An answer without a body. */
    public static final Document NOTHING = new Document(null);

    /** As Globus writes them: a space or a {@code T} between day and time, an offset or none, which is UTC. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("[' ']['T']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[XXX][XX]")
            .toFormatter();

    /** What lies outside is no time that anybody meant, and a danger to whoever reckons with it. */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    /** The fields of an object; empty when it is something else. */
    public Map<String, @Nullable Object> fields() {
        return HostileJson.asObject(value);
    }

    /** The elements of an array; empty when it is something else. */
    public List<Document> items() {
        return value instanceof List<?> list ? list.stream().map(Document::new).toList() : List.of();
    }

    /** A field; {@link #NOTHING} when it is missing. */
    public Document at(String name) {
        Object field = fields().get(name);
        return field == null ? NOTHING : new Document(field);
    }

    /** A field that is a text, possibly an empty one. */
    public Optional<String> text(String name) {
        return fields().get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** A field that is a whole number. */
    public OptionalLong number(String name) {
        if (fields().get(name) instanceof Number number) {
            try {
                return OptionalLong.of(new BigDecimal(number.toString()).longValueExact());
            } catch (ArithmeticException fractionOrTooLarge) {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.empty();
    }

    /** Whether a field is there and true. */
    public boolean flag(String name) {
        return Boolean.TRUE.equals(fields().get(name));
    }

    /** A field that is a time. */
    public Optional<Instant> time(String name) {
        return text(name).flatMap(Document::instant);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(TIME.withZone(ZoneOffset.UTC).parse(text, Instant::from))
                    .filter(at -> !at.isBefore(FIRST) && at.isBefore(LAST));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value instanceof Map<?, ?> map
                ? "Document[" + map.size() + " fields]"
                : value instanceof List<?> list ? "Document[" + list.size() + " items]" : "Document";
    }
}
