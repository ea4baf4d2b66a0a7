package io.github.evergrant.cli.demo;

import io.github.evergrant.oauth.HostileJson;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A JSON object that the sandbox, a child process or a file told; what it does not hold is empty. */
record Told(Map<String, @Nullable Object> fields) {

    static final Told NOTHING = new Told(Map.of());

    /** What is no JSON tells nothing. */
    static Told in(String json) {
        try {
            return new Told(HostileJson.read(json).object());
        } catch (HostileJson.Malformed e) {
            return NOTHING;
        }
    }

    /** @param path the names of the fields on the way */
    Told at(String... path) {
        return new Told(HostileJson.asObject(value(path)));
    }

    /** Text as it is; a list as its first text. */
    String text(String... path) {
        Object value = value(path);
        Object first = value instanceof List<?> list && !list.isEmpty() ? list.get(0) : value;
        return first instanceof String text ? text : "";
    }

    /** Zero for what is none. */
    long number(String... path) {
        return value(path) instanceof Number number ? number.longValue() : 0;
    }

    boolean hasList(String field) {
        return fields.get(field) instanceof List<?>;
    }

    /** The objects of a list. */
    List<Told> list(String field) {
        return fields.get(field) instanceof List<?> list
                ? list.stream()
                        .map(each -> new Told(HostileJson.asObject(each)))
                        .toList()
                : List.of();
    }

    /** A text of each object of a list, in one line. */
    String each(String field, String name) {
        return list(field).stream().map(one -> one.text(name)).collect(Collectors.joining(", "));
    }

    private @Nullable Object value(String... path) {
        Object value = fields;
        for (String name : path) {
            value = HostileJson.asObject(value).get(name);
        }
        return value;
    }
}
