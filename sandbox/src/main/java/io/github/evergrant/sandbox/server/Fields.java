package io.github.evergrant.sandbox.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The fields of a JSON object in a call under {@code /_sandbox/}; refuses by name what does not fit. */
final class Fields {

    private final JsonNode object;
    private final Set<String> known = new LinkedHashSet<>();

    Fields(JsonNode object) {
        if (!object.isObject()) {
            throw Refusal.badRequest("an object was expected, not " + excerpt(object));
        }
        this.object = object;
    }

    @Nullable
    JsonNode any(String name) {
        known.add(name);
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    @Nullable
    String text(String name) {
        JsonNode value = any(name);
        if (value != null && !value.isString()) {
            throw wrong(name, "a string", value);
        }
        return value == null ? null : value.stringValue();
    }

    boolean flag(String name, boolean otherwise) {
        JsonNode value = any(name);
        if (value != null && !value.isBoolean()) {
            throw wrong(name, "true or false", value);
        }
        return value == null ? otherwise : value.booleanValue();
    }

    long number(String name, long least, long most, long otherwise) {
        JsonNode value = any(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(name, "a whole number", value);
        }
        long number = value.longValue();
        if (number < least || number > most) {
            throw wrong(name, "from " + least + " to " + most, value);
        }
        return number;
    }

    @Nullable
    List<String> texts(String name) {
        JsonNode value = any(name);
        if (value == null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode item : value) {
            if (item.isString()) {
                texts.add(item.stringValue());
            }
        }
        if (!value.isArray() || texts.size() != value.size()) {
            throw wrong(name, "an array of strings", value);
        }
        return texts;
    }

    /** Names with a string or a number each, fit to be header fields. */
    Map<String, String> headers(String name) {
        JsonNode value = any(name);
        Map<String, String> headers = new LinkedHashMap<>();
        if (value == null) {
            return headers;
        }
        if (!value.isObject()) {
            throw wrong(name, "an object of header fields", value);
        }
        value.properties().forEach(field -> {
            JsonNode text = field.getValue();
            boolean fits = (text.isString() || text.isNumber())
                    && field.getKey().matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
                    && text.asString().matches("[\\x20-\\x7e\\t]{0,8000}");
            if (!fits) {
                throw wrong(name + "." + field.getKey(), "one line of ASCII", text);
            }
            headers.put(field.getKey(), text.asString());
        });
        return headers;
    }

    /** Refuses fields nobody asked for: a misspelt one would be ignored in silence otherwise. */
    void done() {
        for (String name : object.propertyNames()) {
            if (!known.contains(name)) {
                throw Refusal.badRequest("unknown field \"" + name + "\"; known are " + String.join(", ", known));
            }
        }
    }

    static Refusal wrong(String name, String expected, JsonNode value) {
        return Refusal.badRequest(name + " must be " + expected + ", not " + excerpt(value));
    }

    private static String excerpt(JsonNode value) {
        String text = value.toString();
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
