package io.github.evergrant.cli.quick;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as Evergrant and Python write it: ASCII, each property once. Its reader is not the one of the stores, which takes
 * longer to load than all else that happens at a glance.
 */
final class PlainJson {

    /** Where something stands that nobody looks at here: an array, or a number that is no long. */
    static final Object OTHER = new Object();

    /** As deep as the stores read. */
    private static final int MAX_DEPTH = 100;

    private PlainJson() {}

    /** @throws IOException when it is no ASCII, or has other characters that no text needs */
    static JsonReader reader(byte[] text) throws IOException {
        for (byte each : text) {
            if (each < ' ' && each != '\n' && each != '\r' && each != '\t') {
                throw new MalformedJsonException("it is not ASCII");
            }
        }
        JsonReader reader = new JsonReader(new StringReader(new String(text, StandardCharsets.US_ASCII)));
        reader.setStrictness(Strictness.STRICT);
        reader.setNestingLimit(MAX_DEPTH);
        return reader;
    }

    /** Reads a text that is one object. */
    static Map<String, @Nullable Object> object(byte[] text) throws IOException {
        JsonReader reader = reader(text);
        Map<String, @Nullable Object> object = object(reader);
        end(reader);
        return object;
    }

    /** @throws IOException when there is more */
    static void end(JsonReader reader) throws IOException {
        if (reader.peek() != JsonToken.END_DOCUMENT) {
            throw new MalformedJsonException("there is more after its end");
        }
    }

    /** Reads an object, with those in it. */
    static Map<String, @Nullable Object> object(JsonReader reader) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            put(object, reader.nextName(), value(reader));
        }
        reader.endObject();
        return object;
    }

    /** Which of two values of one property counts, and what half a character is, is asked elsewhere. */
    static void put(Map<String, @Nullable Object> object, String name, @Nullable Object value) throws IOException {
        for (int i = 0; i < name.length(); i++) {
            if (Character.isSurrogate(name.charAt(i))) {
                throw new MalformedJsonException("a property has no plain name");
            }
        }
        if (object.containsKey(name)) {
            throw new MalformedJsonException("a property stands there twice");
        }
        object.put(name, value);
    }

    /** Reads a value. Nothing is skipped: what is skipped is not looked at. */
    static @Nullable Object value(JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> object(reader);
            case STRING -> reader.nextString();
            case NUMBER -> number(reader.nextString());
            case BOOLEAN -> reader.nextBoolean();
            case NULL -> {
                reader.nextNull();
                yield null;
            }
            default -> array(reader);
        };
    }

    private static Object array(JsonReader reader) throws IOException {
        reader.beginArray();
        while (reader.hasNext()) {
            value(reader);
        }
        reader.endArray();
        return OTHER;
    }

    private static Object number(String digits) {
        try {
            return Long.valueOf(digits);
        } catch (NumberFormatException e) {
            return OTHER;
        }
    }
}
