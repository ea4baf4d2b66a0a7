package io.github.evergrant.providers.spatiafi.saved;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON values as {@code str} of Python writes them down (docs/protocols/spatiafi.md section 6.4). */
final class PythonText {

    /** Below it a float is written with its exponent, and from the other on. */
    private static final BigDecimal SMALLEST = new BigDecimal("1e-4");

    private static final BigDecimal LARGEST = new BigDecimal("1e16");

    private PythonText() {}

    static String of(@Nullable Object value) {
        return value instanceof String text ? text : literal(value);
    }

    private static String literal(@Nullable Object value) {
        if (value == null) {
            return "None";
        }
        if (value instanceof Boolean truth) {
            return truth ? "True" : "False";
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(each -> literal(each.getKey()) + ": " + literal(each.getValue()))
                    .collect(joining(", ", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(PythonText::literal).collect(joining(", ", "[", "]"));
        }
        if (value instanceof Double || value instanceof Float || value instanceof BigDecimal) {
            return fraction(((Number) value).doubleValue());
        }
        return value instanceof Number number ? number.toString() : quoted(value.toString());
    }

    /** The shortest digits that mean the same double. */
    private static String fraction(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        BigDecimal size = digits.abs();
        if (size.signum() == 0) {
            return "0.0";
        }
        if (size.compareTo(SMALLEST) >= 0 && size.compareTo(LARGEST) < 0) {
            String plain = digits.toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        int exponent = digits.precision() - digits.scale() - 1;
        String mantissa = digits.movePointLeft(exponent).toPlainString();
        return mantissa + (exponent < 0 ? "e-" : "e+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    /** In double quotes only where that saves escaping. */
    private static String quoted(String text) {
        char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
        StringBuilder quoted = new StringBuilder().append(quote);
        text.codePoints().forEach(c -> quoted.append(escaped(c, quote)));
        return quoted.append(quote).toString();
    }

    private static String escaped(int c, char quote) {
        return switch (c) {
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> c == quote ? "\\" + Character.toString(c) : isPrintable(c) ? Character.toString(c) : byNumber(c);
        };
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }

    private static String byNumber(int c) {
        return c < 0x100
                ? String.format("\\x%02x", c)
                : c < 0x10000 ? String.format("\\u%04x", c) : String.format("\\U%08x", c);
    }
}
