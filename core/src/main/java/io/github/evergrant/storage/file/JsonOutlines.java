package io.github.evergrant.storage.file;

import io.github.evergrant.storage.json.JsonOutline;
import io.github.evergrant.storage.json.MalformedJson;
import java.lang.ref.SoftReference;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the outline of the text of a JSON store that was read or written last: to find a session in the same text
 * again, the others need not be read.
 *
 * <p>No larger text is remembered than {@link KnownText} remembers, and none that memory is short for. Safe for many
 * threads.
 */
final class JsonOutlines {

    /** To read less than that as a whole, in bytes, takes no longer than to find out what is where. */
    private static final int LEAST = 1 << 14;

    private volatile SoftReference<JsonOutline> last = new SoftReference<>(null);

    /**
     * Reads one namespace of a text, as it is wanted.
     *
     * @return null when that is not possible, not worth while, or not what is wanted: then the whole text is read
     */
    @Nullable
    JsonSection section(byte[] text, DocumentPart part) throws MalformedJson {
        if (part instanceof DocumentPart.All || part instanceof DocumentPart.Names) {
            return null;
        }
        JsonOutline outline = known(text);
        if (outline == null && (part instanceof DocumentPart.Changing || isWorthReading(text))) {
            outline = JsonOutline.of(text, JsonDocument.DATA);
            if (outline == null || !JsonSection.isPossible(outline)) {
                return null;
            }
            keep(outline);
        }
        return outline == null ? null : JsonSection.of(outline, part);
    }

    private static boolean isWorthReading(byte[] text) {
        return text.length >= LEAST && text.length <= KnownText.LARGEST;
    }

    private @Nullable JsonOutline known(byte[] text) {
        JsonOutline known = last.get();
        return known != null && (known.text() == text || Arrays.equals(known.text(), text)) ? known : null;
    }

    /** Remembers what a section wrote. */
    void keep(JsonOutline outline) {
        last = new SoftReference<>(outline.text().length <= KnownText.LARGEST ? outline : null);
    }
}
