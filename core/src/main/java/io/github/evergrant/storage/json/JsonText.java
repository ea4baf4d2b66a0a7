package io.github.evergrant.storage.json;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes values as Python's {@code json.dumps} does. */
final class JsonText {

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private JsonText() {}

    static void append(StringBuilder out, @Nullable Object value, int levels) {
        if (value == null) {
            out.append("null");
        } else if (value instanceof CharSequence text) {
            string(out, text);
        } else if (value instanceof Boolean || value instanceof Number) {
            // BigDecimal writes "1E+300" where Python writes "1e+300"; Double writes NaN and Infinity alike.
            String text = value.toString();
            if (text.length() > Json.MAX_DIGITS) {
                throw new IllegalArgumentException("a number of more than " + Json.MAX_DIGITS + " digits");
            }
            out.append(text.indexOf('E') >= 0 ? text.toLowerCase(Locale.ROOT) : text);
        } else if (value instanceof Map<?, ?> map) {
            object(out, map, inside(levels));
        } else if (value instanceof Iterable<?> items) {
            array(out, items, inside(levels));
        } else {
            throw new IllegalArgumentException("not a JSON value: " + value.getClass());
        }
    }

    private static int inside(int levels) {
        if (levels == 0) {
            throw new IllegalArgumentException("nested deeper than " + Json.MAX_DEPTH);
        }
        return levels - 1;
    }

    private static void object(StringBuilder out, Map<?, ?> map, int levels) {
        out.append('{');
        String comma = "";
        for (Map.Entry<?, ?> property : map.entrySet()) {
            out.append(comma);
            String name = (String) property.getKey();
            if (!isWhole(name)) {
                throw new IllegalArgumentException("half a character in a property's name");
            }
            string(out, name);
            out.append(": ");
            append(out, property.getValue(), levels);
            comma = ", ";
        }
        out.append('}');
    }

    /** Whether a value comes back when what was written is read, inside of so many levels. */
    static boolean isReadable(@Nullable Object value, int levels) {
        if (value instanceof Map<?, ?> map) {
            return levels > 0
                    && map.entrySet().stream()
                            .allMatch(
                                    each -> isWhole((String) each.getKey()) && isReadable(each.getValue(), levels - 1));
        }
        if (value instanceof List<?> list) {
            return levels > 0 && list.stream().allMatch(each -> isReadable(each, levels - 1));
        }
        return !(value instanceof Number) || value.toString().length() <= Json.MAX_DIGITS;
    }

    /** The reader refuses a name that ends in the middle of a pair of surrogates, or begins there. */
    static boolean isWhole(String name) {
        return name.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static void array(StringBuilder out, Iterable<?> items, int levels) {
        out.append('[');
        for (Iterator<?> each = items.iterator(); each.hasNext(); ) {
            append(out, each.next(), levels);
            if (each.hasNext()) {
                out.append(", ");
            }
        }
        out.append(']');
    }

    private static void string(StringBuilder out, CharSequence text) {
        out.append('"');
        int plain = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                out.append(text, plain, i);
                escape(out, c);
                plain = i + 1;
            }
        }
        out.append(text, plain, text.length());
        out.append('"');
    }

    private static void escape(StringBuilder out, char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default ->
                out.append("\\u")
                        .append(HEX[c >> 12])
                        .append(HEX[c >> 8 & 0xf])
                        .append(HEX[c >> 4 & 0xf])
                        .append(HEX[c & 0xf]);
        }
    }
}
