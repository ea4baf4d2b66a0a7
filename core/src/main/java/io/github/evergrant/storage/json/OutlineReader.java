package io.github.evergrant.storage.json;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * Finds out where the members of a text's object stand, and those of one object in it, by reading all of it once. For
 * one text.
 */
final class OutlineReader {

    private final byte[] text;
    private final String name;
    private @Nullable JsonMembers inner;

    /** @param name of the member whose own members are looked for too */
    OutlineReader(byte[] text, String name) {
        this.text = text;
        this.name = name;
    }

    /** Null where a text is not as a program writes it that leaves all of it to its library; then {@link Json} judges it. */
    @Nullable
    JsonOutline read() {
        if (!isPlain(text)) {
            return null;
        }
        try (JsonParser parser = Json.FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            JsonMembers root = members(parser, true);
            if (root == null || inner == null || parser.nextToken() != null) {
                return null;
            }
            return root.open() == 1 && root.close() == text.length - 1
                    ? new JsonOutline(text, root, name, inner)
                    : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    /** Whether each character is a byte: what is no UTF-8 is no matter then, and nobody takes it for another encoding. */
    private static boolean isPlain(byte[] text) {
        int all = 0;
        for (byte each : text) {
            all |= each;
        }
        return all >= 0 && text.length >= 4 && text[0] != 0 && text[1] != 0 && text[2] != 0 && text[3] != 0;
    }

    /** Reads an object from its brace on. Null when a name is there twice, or something is not written as we would. */
    private @Nullable JsonMembers members(JsonParser parser, boolean outermost) {
        int open = here(parser);
        int[] at = new int[16];
        int length = 0;
        Set<String> names = new LinkedHashSet<>();
        for (String each = parser.nextName(); each != null; each = parser.nextName()) {
            int begin = (int) parser.currentTokenLocation().getByteOffset();
            JsonToken token = parser.nextToken();
            int value = (int) parser.currentTokenLocation().getByteOffset();
            boolean first = names.isEmpty();
            if (!names.add(each)
                    || !(first ? begin == open : follows(',', begin))
                    || !follows(':', value)
                    || !stands(each, begin, value - JsonMembers.SEPARATOR)) {
                return null;
            }
            if (length == at.length) {
                at = Arrays.copyOf(at, 2 * length);
            }
            at[length++] = begin;
            at[length++] = value;
            if (outermost && token == JsonToken.START_OBJECT && each.equals(name)) {
                inner = members(parser, false);
                if (inner == null) {
                    return null;
                }
            } else {
                parser.skipChildren();
            }
        }
        int close = here(parser) - 1;
        if (text[open - 1] != '{' || text[close] != '}') {
            throw new AssertionError("the reader does not know where it is");
        }
        if (isBlank(close - 1)) {
            return null;
        }
        return new JsonMembers(
                open,
                close,
                Arrays.copyOf(at, length),
                names.stream().mapToInt(String::hashCode).toArray());
    }

    private static int here(JsonParser parser) {
        return (int) parser.currentLocation().getByteOffset();
    }

    /** Whether what is before a place is a character and one blank. */
    private boolean follows(char character, int place) {
        int at = place - JsonMembers.SEPARATOR;
        return text[at] == character && text[at + 1] == ' ' && !isBlank(at - 1);
    }

    private boolean isBlank(int at) {
        return text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t';
    }

    /** Whether a name is written as we would, so that it is found by its bytes. */
    private boolean stands(String each, int begin, int end) {
        if (end - begin == each.length() + 2 && isVerbatim(each, begin + 1)) {
            return true;
        }
        byte[] ours = Json.write(each);
        return end - begin == ours.length && JsonMembers.stands(ours, text, begin);
    }

    private boolean isVerbatim(String each, int from) {
        for (int i = 0; i < each.length(); i++) {
            char c = each.charAt(i);
            if (c != text[from + i] || c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }
}
