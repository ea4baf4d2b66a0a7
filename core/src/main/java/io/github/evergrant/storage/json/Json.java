package io.github.evergrant.storage.json;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * JSON text as plain values: {@code Map} in the order of the text, {@code List}, {@code String}, {@code Long},
 * {@code BigInteger}, {@code BigDecimal}, {@code Boolean}, null; NaN and the infinities as {@code Double}.
 *
 * <p>Text is written byte for byte as Python's {@code json.dumps} writes it. Maps and lists that were read may be
 * changed by whoever read them.
 */
public final class Json {

    /** What {@link #read(byte[], BiPredicate)} leaves where a value was not wanted. */
    public static final Object SKIPPED = new Object() {
        @Override
        public String toString() {
            return "skipped";
        }
    };

    static final int MAX_DEPTH = 100;
    static final int MAX_DIGITS = 1000;

    private static final int SHOWN = 80;

    /** Written again it may be a little longer, and must still be read. */
    private static final int LONGEST_FRACTION = 900;

    static final JsonFactory FACTORY = JsonFactory.builder()
            // Python writes and reads NaN and Infinity.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(64 << 20)
                    .maxNameLength(64 << 20)
                    .maxNumberLength(MAX_DIGITS)
                    .build())
            .build();

    private Json() {}

    /**
     * Reads one value and nothing after it.
     *
     * @param text UTF-8 without a byte-order mark
     * @throws MalformedJson when it is anything else, or nested deeper than 100
     */
    public static @Nullable Object read(byte[] text) throws MalformedJson {
        return read(text, (depth, name) -> true);
    }

    /**
     * Reads one value, leaving {@link #SKIPPED} where a property of an object is not wanted.
     *
     * @param wanted asked with the depth of the object (the outermost is 1) and the property's name
     */
    public static @Nullable Object read(byte[] text, BiPredicate<Integer, String> wanted) throws MalformedJson {
        return read(reader(text), wanted);
    }

    /** As {@link #read(byte[], BiPredicate)}, of a part of a larger text; its characters must be ASCII. */
    static @Nullable Object read(byte[] text, int from, int to, BiPredicate<Integer, String> wanted)
            throws MalformedJson {
        return read(FACTORY.createParser(ObjectReadContext.empty(), text, from, to - from), wanted);
    }

    private static @Nullable Object read(Reader text, BiPredicate<Integer, String> wanted) throws MalformedJson {
        return read(FACTORY.createParser(ObjectReadContext.empty(), text), wanted);
    }

    private static @Nullable Object read(JsonParser opened, BiPredicate<Integer, String> wanted) throws MalformedJson {
        try (JsonParser parser = opened) {
            if (parser.nextToken() == null) {
                throw new MalformedJson("it is empty");
            }
            Object value = value(parser, 1, wanted);
            if (parser.nextToken() != null) {
                throw new MalformedJson("there is more after its end");
            }
            return value;
        } catch (JacksonException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw new MalformedJson("it is not UTF-8");
            }
            // Its message quotes the text, which holds tokens.
            TokenStreamLocation place = e.getLocation();
            throw new MalformedJson(
                    place == null
                            ? "it is larger or deeper than is read"
                            : "line " + place.getLineNr() + ", column " + place.getColumnNr());
        }
    }

    /** Reads one object. */
    public static Map<String, @Nullable Object> readObject(byte[] text) throws MalformedJson {
        return readObject(reader(text));
    }

    /** Reads one object. */
    public static Map<String, @Nullable Object> readObject(String text) throws MalformedJson {
        return readObject(new StringReader(text));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> readObject(Reader text) throws MalformedJson {
        if (read(text, (depth, name) -> true) instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw new MalformedJson("it is not an object");
    }

    /**
     * Writes a value: ASCII, {@code ", "} and {@code ": "} between things, no line end.
     *
     * @throws IllegalArgumentException when it is no JSON value, or one that could not be read again: nested too deep, a
     *     number of too many digits, half a character in a property's name
     */
    public static byte[] write(@Nullable Object value) {
        return write(value, 256);
    }

    /** @param length of the text, roughly */
    public static byte[] write(@Nullable Object value, int length) {
        return text(value, length).getBytes(StandardCharsets.US_ASCII);
    }

    /** As {@link #write}, for a medium that takes text. */
    public static String text(@Nullable Object value) {
        return text(value, 256);
    }

    private static String text(@Nullable Object value, int length) {
        StringBuilder out = new StringBuilder(length);
        JsonText.append(out, value, MAX_DEPTH);
        return out.toString();
    }

    /** A value for a message, so that nothing in it reaches a terminal raw; cut. Never one that may be a secret. */
    public static String shown(@Nullable Object value) {
        String text = text(value);
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    /** A copy that shares nothing that can change, with the types that reading gives. */
    public static Map<String, @Nullable Object> copy(Map<String, @Nullable Object> value) {
        try {
            return readObject(write(value));
        } catch (MalformedJson e) {
            throw new IllegalArgumentException("nested deeper than " + MAX_DEPTH, e);
        }
    }

    /** Decodes as it goes: a large text is not in memory twice. It takes no byte-order mark, and reports what is no UTF-8. */
    private static Reader reader(byte[] text) {
        return new InputStreamReader(new ByteArrayInputStream(text), StandardCharsets.UTF_8.newDecoder());
    }

    private static @Nullable Object value(JsonParser parser, int depth, BiPredicate<Integer, String> wanted) {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(parser, depth, wanted);
            case START_ARRAY -> array(parser, depth, wanted);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> fraction(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new AssertionError(token);
        };
    }

    /** With the digits as written, which a double would round; what is too long or too large for that, as Python has it. */
    private static Number fraction(JsonParser parser) {
        if (parser.isNaN() || parser.getString().length() > LONGEST_FRACTION) {
            return parser.getDoubleValue();
        }
        try {
            return new BigDecimal(parser.getString());
        } catch (NumberFormatException exponentTooLarge) {
            return parser.getDoubleValue();
        }
    }

    private static Object integer(JsonParser parser) {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? parser.getBigIntegerValue()
                : (Object) parser.getLongValue();
    }

    private static Map<String, @Nullable Object> object(
            JsonParser parser, int depth, BiPredicate<Integer, String> wanted) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            if (wanted.test(depth, name)) {
                object.put(name, value(parser, depth + 1, wanted));
            } else {
                parser.skipChildren();
                object.put(name, SKIPPED);
            }
        }
        return object;
    }

    private static List<@Nullable Object> array(JsonParser parser, int depth, BiPredicate<Integer, String> wanted) {
        List<@Nullable Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser, depth + 1, wanted));
        }
        return array;
    }
}
