package io.github.evergrant.cli.frame;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON on one line, in ASCII, without white space: what {@code --json} prints. */
public final class JsonLine {

    private final StringBuilder out = new StringBuilder(256);

    private JsonLine() {}

    /** @param value Map, Iterable, CharSequence, Number, Boolean or null; anything else by its text */
    public static String of(@Nullable Object value) {
        JsonLine line = new JsonLine();
        line.value(value);
        return line.out.toString();
    }

    /** An object to be filled in order, beginning with the version of its shape. */
    public static Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("schema", 1);
        return object;
    }

    private void value(@Nullable Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Map<?, ?> map) {
            object(map);
        } else if (value instanceof Iterable<?> items) {
            array(items);
        } else {
            string(value.toString());
        }
    }

    private void object(Map<?, ?> map) {
        String before = "{";
        for (Map.Entry<?, ?> property : map.entrySet()) {
            out.append(before);
            string(String.valueOf(property.getKey()));
            out.append(':');
            value(property.getValue());
            before = ",";
        }
        out.append(map.isEmpty() ? "{}" : "}");
    }

    private void array(Iterable<?> items) {
        out.append('[');
        for (Iterator<?> each = items.iterator(); each.hasNext(); ) {
            value(each.next());
            if (each.hasNext()) {
                out.append(',');
            }
        }
        out.append(']');
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c >= ' ' && c <= '~') {
                out.append(c);
            } else {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        out.append('"');
    }
}
