package io.github.evergrant.providers.agave.saved;

import io.github.evergrant.storage.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes values as line A does, byte for byte (docs/protocols/agave.md sections 4.3.2 and 4.4.1). */
final class IndentedJson {

    private static final Comparator<String> BY_CODE_POINT = (one, other) ->
            Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());

    private IndentedJson() {}

    /**
     * As {@code json.dump(value, indent=4)} writes it: ASCII, no line end at the end.
     *
     * @throws IllegalArgumentException as {@link Json#text}
     */
    static byte[] write(Map<String, @Nullable Object> value) {
        StringBuilder out = new StringBuilder(1024);
        append(out, value, 0);
        return out.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** As {@code json.dump(value, sort_keys=True)} writes it: one line. */
    static byte[] writeSorted(Map<String, @Nullable Object> value) {
        Map<String, @Nullable Object> sorted = new TreeMap<>(BY_CODE_POINT);
        sorted.putAll(value);
        return Json.write(sorted);
    }

    private static void append(StringBuilder out, @Nullable Object value, int depth) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            out.append('{');
            for (Iterator<? extends Map.Entry<?, ?>> each = map.entrySet().iterator(); each.hasNext(); ) {
                Map.Entry<?, ?> property = each.next();
                line(out, depth + 1);
                String name = Json.text(Map.of(String.valueOf(property.getKey()), 0));
                // Json checks a property's name, which it does not do to a text: {"name": 0}
                out.append(name, 1, name.length() - 2);
                append(out, property.getValue(), depth + 1);
                out.append(each.hasNext() ? "," : "");
            }
            line(out, depth);
            out.append('}');
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            out.append('[');
            for (Iterator<?> each = list.iterator(); each.hasNext(); ) {
                line(out, depth + 1);
                append(out, each.next(), depth + 1);
                out.append(each.hasNext() ? "," : "");
            }
            line(out, depth);
            out.append(']');
        } else {
            out.append(Json.text(value));
        }
    }

    private static void line(StringBuilder out, int depth) {
        out.append('\n').append("    ".repeat(depth));
    }
}
