package io.github.evergrant.oauth;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON that somebody else wrote into plain values: String, Number, Boolean, List, Map and null.
 *
 * <p>What is too deep or too long a number is left out and noted, not refused: the rest of the document may hold the
 * only copy of a token.
 */
public final class HostileJson {

    /** The text is no JSON. Says nothing of what it holds. */
    public static final class Malformed extends Exception {

        Malformed() {
            // The parser's own exception quotes the text: it is neither shown nor kept.
            super("not JSON", null, false, false);
        }
    }

    /**
     * A document.
     *
     * @param value String, Number, Boolean, List, Map or null
     * @param oddities what was mended on reading, in words without values
     */
    public record Document(@Nullable Object value, List<String> oddities) {

        private Document with(String oddity) {
            List<String> all = new ArrayList<>(oddities);
            all.add(oddity);
            return new Document(value, List.copyOf(all));
        }

        /** The value as an object; empty when it is something else. */
        public Map<String, @Nullable Object> object() {
            return asObject(value);
        }
    }

    private static final int DEEPEST = 32;
    private static final int LONGEST_NUMBER = 100;
    /** A pair of escapes that is one character; half of one; any other, since a backslash that is escaped begins none. */
    private static final Pattern ESCAPE =
            Pattern.compile("(?s)\\\\u[dD][89abAB]\\p{XDigit}{2}\\\\u[dD][c-fC-F]\\p{XDigit}{2}"
                    + "|(\\\\u[dD][89a-fA-F]\\p{XDigit}{2})|\\\\.");

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1_000)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final JsonParser parser;
    private final List<String> oddities = new ArrayList<>();

    private HostileJson(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Reads one document.
     *
     * @throws Malformed when the text is empty, is no JSON, or ends in the middle
     */
    public static Document read(String text) throws Malformed {
        String json = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try {
            return parsed(json);
        } catch (Malformed e) {
            // The parser takes half a character in a value and none in a name.
            String whole = whole(json);
            if (whole.equals(json)) {
                throw e;
            }
            return parsed(whole).with("half a character was replaced");
        }
    }

    private static Document parsed(String json) throws Malformed {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            HostileJson reader = new HostileJson(parser);
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new Malformed();
            }
            Object value = reader.value(first, 0);
            reader.noteTrailingText();
            return new Document(value, List.copyOf(reader.oddities));
        } catch (JacksonException e) {
            throw new Malformed();
        }
    }

    /** Without escapes of half a character. */
    private static String whole(String json) {
        return ESCAPE.matcher(json)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1) == null ? found.group() : "\\ufffd"));
    }

    /** A value as an object; empty when it is something else. */
    @SuppressWarnings("unchecked") // every map here was made by this class
    public static Map<String, @Nullable Object> asObject(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }

    /** A value as text that is not empty; null when it is something else. */
    public static @Nullable String asText(@Nullable Object value) {
        return value instanceof String text && !text.isEmpty() ? text : null;
    }

    private @Nullable Object value(JsonToken token, int depth) {
        return switch (token) {
            case START_OBJECT -> depth < DEEPEST ? object(depth) : skipped();
            case START_ARRAY -> depth < DEEPEST ? array(depth) : skipped();
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(token);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private Map<String, @Nullable Object> object(int depth) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            Object value = value(Objects.requireNonNull(parser.nextToken()), depth + 1);
            if (object.containsKey(name)) {
                note("a field stands there twice; the last one counts");
            }
            object.put(name, value);
        }
        return object;
    }

    private List<@Nullable Object> array(int depth) {
        List<@Nullable Object> array = new ArrayList<>();
        JsonToken token = parser.nextToken();
        while (token != null && token != JsonToken.END_ARRAY) {
            array.add(value(token, depth + 1));
            token = parser.nextToken();
        }
        return array;
    }

    private @Nullable Object skipped() {
        parser.skipChildren();
        note("a value nested too deep was left out");
        return null;
    }

    private @Nullable Number number(JsonToken token) {
        String digits = parser.getString();
        if (digits.length() > LONGEST_NUMBER) {
            note("a number of too many digits was left out");
            return null;
        }
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            try {
                return new BigDecimal(digits);
            } catch (NumberFormatException exponentTooLarge) {
                note("a number out of range was left out");
                return null;
            }
        }
        BigInteger whole = new BigInteger(digits);
        return whole.bitLength() < Long.SIZE ? (Number) whole.longValue() : whole;
    }

    private void noteTrailingText() {
        try {
            if (parser.nextToken() != null) {
                note("text after the end of the document");
            }
        } catch (JacksonException e) {
            note("text after the end of the document");
        }
    }

    private void note(String oddity) {
        if (!oddities.contains(oddity)) {
            oddities.add(oddity);
        }
    }
}
