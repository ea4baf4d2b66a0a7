package io.github.evergrant.storage.file;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.MalformedDocument;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.storage.json.MalformedJson;
import io.github.evergrant.storage.json.TokenObject;
import io.github.evergrant.token.TokenData;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One JSON store as read: format 1.0 (one namespace) or 2.0, with all that we do not know in it.
 *
 * <p>Not safe for several threads.
 */
final class JsonDocument implements TokenDocument {

    /** The only namespace of format 1.0, and what Python's programs use in 2.0. */
    static final String DEFAULT = "DEFAULT";

    /** Where format 2.0 has its namespaces. */
    static final String DATA = "data";

    private static final String FORMAT_1_DATA = "by_rs";

    static final String VERSION = "format_version";
    static final String WRITER_VERSION = "globus-sdk.version";

    /** For what is put into it. */
    private static final int ROOM = 4096;

    private final Path path;
    private final boolean format1;
    private final Map<String, @Nullable Object> root;
    private final int length;
    private final TokenTree tree;

    /** @param length of the text that it was read from */
    private JsonDocument(Path path, boolean format1, Map<String, @Nullable Object> root, int length) {
        this.path = path;
        this.format1 = format1;
        this.root = root;
        this.length = length;
        Map<String, @Nullable Object> data = inside(root, format1);
        this.tree = new TokenTree(format1 ? only(data) : data, all -> bytes());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> inside(Map<String, @Nullable Object> root, boolean format1) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(root.get(format1 ? FORMAT_1_DATA : DATA));
    }

    private static Map<String, @Nullable Object> only(Map<String, @Nullable Object> entries) {
        Map<String, @Nullable Object> namespaces = new LinkedHashMap<>();
        namespaces.put(DEFAULT, entries);
        return namespaces;
    }

    static JsonDocument empty(Path path, boolean format1) {
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put(format1 ? FORMAT_1_DATA : DATA, new LinkedHashMap<String, @Nullable Object>());
        root.put(VERSION, format1 ? "1.0" : "2.0");
        root.put(WRITER_VERSION, Writer.NAME);
        return new JsonDocument(path, format1, root, 0);
    }

    /**
     * Reads a document, or the part of it that is wanted.
     *
     * @throws MalformedJson when the text is no JSON
     * @throws StorageFailure when it is JSON of some other kind
     */
    @SuppressWarnings("unchecked")
    static JsonDocument parse(Path path, byte[] text, DocumentPart part) throws MalformedJson {
        Object value = Json.read(text, part.wanted());
        if (!(value instanceof Map<?, ?> map)) {
            throw unknown(path, "it does not hold a JSON object");
        }
        Map<String, @Nullable Object> root = (Map<String, @Nullable Object>) map;
        Object version = root.get(VERSION);
        boolean format1 = "1.0".equals(version);
        if (!format1 && !"2.0".equals(version)) {
            throw unknown(path, "its format_version is " + (version == null ? "missing" : Json.shown(version)));
        }
        if (!(root.get(format1 ? FORMAT_1_DATA : DATA) instanceof Map<?, ?>)) {
            throw unknown(path, (format1 ? FORMAT_1_DATA : DATA) + " is not an object");
        }
        // The Python library takes a 1.0 document without it, and no 2.0 document.
        if (!format1 && !(root.get(WRITER_VERSION) instanceof String)) {
            throw unknown(path, WRITER_VERSION + " is not a string");
        }
        return new JsonDocument(path, format1, root, text.length);
    }

    boolean isFormat1() {
        return format1;
    }

    @Override
    public boolean isWrittenByEvergrant() {
        return root.get(WRITER_VERSION) instanceof String writer && Writer.isEvergrant(writer);
    }

    @Override
    public byte[] bytes() {
        return Json.write(root, length + ROOM);
    }

    /** The same in format 2.0. */
    JsonDocument upgraded() {
        if (!format1) {
            return this;
        }
        JsonDocument upgraded = empty(path, false);
        inside(upgraded.root, false).put(DEFAULT, inside(root, true));
        for (Map.Entry<String, @Nullable Object> property : root.entrySet()) {
            if (!property.getKey().equals(FORMAT_1_DATA)) {
                upgraded.root.putIfAbsent(property.getKey(), property.getValue());
            }
        }
        return upgraded;
    }

    @Override
    public List<String> namespaces() {
        return tree.namespaces();
    }

    @Override
    public List<String> resourceServers(String namespace) throws MalformedDocument {
        return tree.resourceServers(namespace);
    }

    @Override
    public TokenData read(String namespace, String resourceServer) throws MalformedDocument {
        return tree.read(namespace, resourceServer);
    }

    @Override
    public void put(String namespace, String resourceServer, TokenData data) throws MalformedDocument {
        if (!format1) {
            tree.put(namespace, resourceServer, data);
            root.put(WRITER_VERSION, Writer.NAME);
            return;
        }
        requireNamespace(namespace);
        Map<String, @Nullable Object> entries = tree.entries(DEFAULT);
        entries.put(resourceServer, TokenObject.writeFormat1(data, entries.get(resourceServer)));
        if (!(root.get(WRITER_VERSION) instanceof String)) {
            // The older of Python's two readers wants it.
            root.put(WRITER_VERSION, Writer.NAME);
        }
    }

    /** {@inheritDoc} An empty namespace is left in the text, as the Python library leaves it. */
    @Override
    public void remove(String namespace, String resourceServer) throws MalformedDocument {
        tree.entries(namespace).remove(resourceServer);
    }

    @Override
    public boolean remove(String namespace) {
        boolean any = tree.remove(namespace);
        if (any && format1) {
            inside(root, true).clear();
        }
        return any;
    }

    @Override
    public void requireNamespace(String namespace) {
        if (format1 && !namespace.equals(DEFAULT)) {
            throw new InvalidInput(Problem.of(
                            "store_is_format_1",
                            "The token store " + path + " has format 1.0, which holds the session " + DEFAULT
                                    + " only.")
                    .withAdvice("Upgrade it to format 2.0, which programs that use the old Globus storage classes"
                            + " cannot read; or use another store.")
                    .withSession(namespace));
        }
    }

    private static StorageFailure unknown(Path path, String why) {
        return Failures.of(
                "store_format_unknown",
                path,
                "The file " + path + " is no token store of format 1.0 or 2.0: " + why + ".",
                "Check the path; the file was not touched.");
    }
}
