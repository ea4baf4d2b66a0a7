package io.github.evergrant.storage.json;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A value as it stands in a text, to be written as it stands: to make values of all that a large document holds, and text
 * of them again, takes longer than to write it to the disk. Immutable, as long as nobody changes the text.
 */
final class VerbatimText {

    private final byte[] text;
    private final int from;
    private final int to;

    private VerbatimText(byte[] text, int from, int to) {
        this.text = text;
        this.from = from;
        this.to = to;
    }

    /** Whether each character of a text is a byte, as in all that we write: the reader counts characters. */
    static boolean isPossible(byte[] text) {
        int all = 0;
        for (byte each : text) {
            all |= each;
        }
        return all >= 0;
    }

    void appendTo(StringBuilder out) {
        out.append(new String(text, from, to - from, StandardCharsets.ISO_8859_1));
    }

    /** Without the text, which may hold tokens. */
    @Override
    public String toString() {
        return "verbatim";
    }

    /** Takes objects as they stand in a text, and reads what is none. */
    record Taking(byte[] text) implements Json.Unwanted {

        @Override
        public @Nullable Object skip(JsonParser parser) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                return Json.value(parser, 1, (depth, name) -> true, this);
            }
            int from = (int) parser.currentTokenLocation().getCharOffset();
            parser.skipChildren();
            int to = (int) parser.currentLocation().getCharOffset();
            if (text[from] != '{' || text[to - 1] != '}') {
                throw new AssertionError("the reader does not know where it is");
            }
            return new VerbatimText(text, from, to);
        }

        @Override
        public String toString() {
            return "Taking";
        }
    }
}
