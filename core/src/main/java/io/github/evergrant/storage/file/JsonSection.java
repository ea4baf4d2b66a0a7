package io.github.evergrant.storage.file;

import io.github.evergrant.storage.MalformedDocument;
import io.github.evergrant.storage.json.JsonOutline;
import io.github.evergrant.storage.json.MalformedJson;
import io.github.evergrant.token.TokenData;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One namespace of a JSON store of format 2.0, and no other: whatever else is in the text is left as it stands.
 *
 * <p>Not safe for several threads.
 */
final class JsonSection implements TokenDocument {

    private final JsonOutline outline;
    private final String namespace;
    private final boolean toChange;
    private final Map<String, @Nullable Object> sections;
    private final TokenTree tree;
    private boolean put;
    private @Nullable JsonOutline written;

    private JsonSection(
            JsonOutline outline, String namespace, boolean toChange, Map<String, @Nullable Object> sections) {
        this.outline = outline;
        this.namespace = namespace;
        this.toChange = toChange;
        this.sections = sections;
        this.tree = new TokenTree(sections, all -> bytes());
    }

    /** Whether a text has format 2.0, and the form that we know. */
    static boolean isPossible(JsonOutline outline) throws MalformedJson {
        return outline.holds(JsonDocument.VERSION, "2.0")
                && outline.value(JsonDocument.WRITER_VERSION) instanceof String;
    }

    /**
     * Reads a namespace, or what is wanted of it.
     *
     * @param outline of the whole text and its {@code data}, for which this {@linkplain #isPossible is possible}
     * @param part one of those that name a namespace
     * @return null when it is another part
     */
    static @Nullable JsonSection of(JsonOutline outline, DocumentPart part) throws MalformedJson {
        if (part instanceof DocumentPart.Changing changing) {
            return of(outline, changing.name(), true, (depth, name) -> true);
        }
        if (part instanceof DocumentPart.Namespace one) {
            return of(outline, one.name(), false, (depth, name) -> true);
        }
        return part instanceof DocumentPart.Entry one
                ? of(outline, one.namespace(), false, (depth, name) -> depth != 1 || name.equals(one.resourceServer()))
                : null;
    }

    private static @Nullable JsonSection of(
            JsonOutline outline, String namespace, boolean toChange, BiPredicate<Integer, String> wanted)
            throws MalformedJson {
        return new JsonSection(outline, namespace, toChange, outline.read(namespace, wanted));
    }

    /** The outline of what {@link #bytes} gave last, or of what was read. */
    JsonOutline written() {
        return written == null ? outline : written;
    }

    /** {@inheritDoc} Those are the very bytes that were read when nothing has changed. */
    @Override
    public byte[] bytes() {
        if (!toChange) {
            throw new IllegalArgumentException("it was only read");
        }
        JsonOutline next = put ? outline.withValue(JsonDocument.WRITER_VERSION, Writer.NAME) : outline;
        next = sections.containsKey(namespace)
                ? next.with(namespace, sections.get(namespace))
                : next.without(namespace);
        written = next;
        return next.text();
    }

    @Override
    public List<String> namespaces() {
        try {
            return outline.names();
        } catch (MalformedJson e) {
            throw new AssertionError("it was read before", e);
        }
    }

    @Override
    public List<String> resourceServers(String name) throws MalformedDocument {
        if (!name.equals(namespace) && outline.has(name)) {
            throw new MalformedDocument("it was not read");
        }
        return tree.resourceServers(name);
    }

    @Override
    public TokenData read(String name, String resourceServer) throws MalformedDocument {
        return tree.read(name, resourceServer);
    }

    @Override
    public void put(String name, String resourceServer, TokenData data) throws MalformedDocument {
        tree.put(name, resourceServer, data);
        put = true;
    }

    /** {@inheritDoc} An empty namespace is left in the text, as the Python library leaves it. */
    @Override
    public void remove(String name, String resourceServer) throws MalformedDocument {
        tree.entries(name).remove(resourceServer);
    }

    @Override
    public boolean remove(String name) {
        return tree.remove(name);
    }

    @Override
    public boolean isWrittenByEvergrant() {
        try {
            return outline.value(JsonDocument.WRITER_VERSION) instanceof String writer && Writer.isEvergrant(writer);
        } catch (MalformedJson e) {
            throw new AssertionError("it was read before", e);
        }
    }
}
