package io.github.evergrant.storage.file;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.storage.json.MalformedJson;
import io.github.evergrant.storage.json.TokenObject;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.TokenData;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One JSON store as read: format 1.0 (one namespace) or 2.0, with all that we do not know in it.
 *
 * <p>Not safe for several threads.
 */
final class JsonDocument {

    /** The only namespace of format 1.0, and what Python's programs use in 2.0. */
    static final String DEFAULT = "DEFAULT";

    /** What we write for the version of the writing program, which nobody interprets. */
    static final String WRITER = "evergrant-0.1.0";

    private static final String VERSION = "format_version";
    private static final String WRITER_VERSION = "globus-sdk.version";

    private final Path path;
    private final boolean format1;
    private final Map<String, @Nullable Object> root;

    private JsonDocument(Path path, boolean format1, Map<String, @Nullable Object> root) {
        this.path = path;
        this.format1 = format1;
        this.root = root;
    }

    static JsonDocument empty(Path path, boolean format1) {
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put(format1 ? "by_rs" : "data", new LinkedHashMap<String, @Nullable Object>());
        root.put(VERSION, format1 ? "1.0" : "2.0");
        root.put(WRITER_VERSION, WRITER);
        return new JsonDocument(path, format1, root);
    }

    /**
     * Reads a document, or the part of it that is wanted.
     *
     * @throws MalformedJson when the text is no JSON
     * @throws StorageFailure when it is JSON of some other kind
     */
    @SuppressWarnings("unchecked")
    static JsonDocument parse(Path path, byte[] text, DocumentPart part) throws MalformedJson {
        if (!(Json.read(text, part.wanted()) instanceof Map<?, ?> map)) {
            throw unknown(path, "it does not hold a JSON object");
        }
        Map<String, @Nullable Object> root = (Map<String, @Nullable Object>) map;
        Object version = root.get(VERSION);
        boolean format1 = "1.0".equals(version);
        if (!format1 && !"2.0".equals(version)) {
            throw unknown(path, "its format_version is " + shown(version));
        }
        if (!(root.get(format1 ? "by_rs" : "data") instanceof Map<?, ?>)) {
            throw unknown(path, (format1 ? "by_rs" : "data") + " is not an object");
        }
        // The Python library takes a 1.0 document without it, and no 2.0 document.
        if (!format1 && !(root.get(WRITER_VERSION) instanceof String)) {
            throw unknown(path, WRITER_VERSION + " is not a string");
        }
        return new JsonDocument(path, format1, root);
    }

    boolean isFormat1() {
        return format1;
    }

    boolean isWrittenByEvergrant() {
        return root.get(WRITER_VERSION) instanceof String writer && writer.startsWith("evergrant");
    }

    byte[] text() {
        return Json.write(root);
    }

    /** The same in format 2.0. */
    JsonDocument upgraded() {
        if (!format1) {
            return this;
        }
        JsonDocument upgraded = empty(path, false);
        upgraded.namespaces2().put(DEFAULT, root.get("by_rs"));
        for (Map.Entry<String, @Nullable Object> property : root.entrySet()) {
            if (!property.getKey().equals("by_rs")) {
                upgraded.root.putIfAbsent(property.getKey(), property.getValue());
            }
        }
        return upgraded;
    }

    List<String> namespaces() {
        if (format1) {
            return entries(DEFAULT).isEmpty() ? List.of() : List.of(DEFAULT);
        }
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, @Nullable Object> each : namespaces2().entrySet()) {
            if (!(each.getValue() instanceof Map<?, ?> map && map.isEmpty())) {
                names.add(each.getKey());
            }
        }
        return names;
    }

    /** The entries that can be read: a bad one does not hide the good. */
    Map<String, TokenData> read(String namespace) {
        Map<String, TokenData> all = new LinkedHashMap<>();
        for (Map.Entry<String, @Nullable Object> each : entries(namespace).entrySet()) {
            if (each.getValue() instanceof Map<?, ?> map && TokenObject.flaw(map) == null) {
                all.put(each.getKey(), TokenObject.read(each.getKey(), map));
            }
        }
        return all;
    }

    /** @throws StorageFailure when there is an entry that cannot be read */
    Optional<TokenData> read(String namespace, String resourceServer) {
        Map<String, @Nullable Object> entries = entries(namespace);
        if (!entries.containsKey(resourceServer)) {
            return Optional.empty();
        }
        String flaw = TokenObject.flaw(entries.get(resourceServer));
        if (flaw != null) {
            throw malformed(namespace, "the tokens of " + shown(resourceServer), flaw);
        }
        return Optional.ofNullable(read(namespace).get(resourceServer));
    }

    /**
     * As {@link io.github.evergrant.storage.TokenStorage#replace}. An entry that cannot be read cannot have been seen, so
     * it counts as absent and may be written over: that is how a login mends it.
     */
    boolean replace(String namespace, Map<String, Fingerprint> seen, Map<String, TokenData> next) {
        if (format1 && !namespace.equals(DEFAULT)) {
            return refuseSecondNamespace(namespace, seen.isEmpty());
        }
        Map<String, @Nullable Object> entries = entries(namespace);
        if (!isStill(entries, seen, next)) {
            return false;
        }
        for (String resourceServer : seen.keySet()) {
            if (!next.containsKey(resourceServer)) {
                entries.remove(resourceServer);
            }
        }
        for (Map.Entry<String, TokenData> each : next.entrySet()) {
            Object stored = entries.get(each.getKey());
            TokenData data = each.getValue();
            entries.put(
                    each.getKey(), format1 ? TokenObject.writeFormat1(data, stored) : TokenObject.write(data, stored));
        }
        if (!format1) {
            namespaces2().put(namespace, entries);
            if (!next.isEmpty()) {
                root.put(WRITER_VERSION, WRITER);
            }
        }
        return true;
    }

    private boolean isStill(
            Map<String, @Nullable Object> entries, Map<String, Fingerprint> seen, Map<String, TokenData> next) {
        for (Map.Entry<String, Fingerprint> each : seen.entrySet()) {
            TokenData stored = readable(entries, each.getKey());
            if (stored == null || !stored.fingerprint().equals(each.getValue())) {
                return false;
            }
        }
        for (String resourceServer : next.keySet()) {
            if (!seen.containsKey(resourceServer) && readable(entries, resourceServer) != null) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable TokenData readable(Map<String, @Nullable Object> entries, String resourceServer) {
        return entries.get(resourceServer) instanceof Map<?, ?> map && TokenObject.flaw(map) == null
                ? TokenObject.read(resourceServer, map)
                : null;
    }

    /** Whether there was anything, readable or not. */
    boolean remove(String namespace) {
        if (format1) {
            boolean any = namespace.equals(DEFAULT) && !entries(DEFAULT).isEmpty();
            if (any) {
                entries(DEFAULT).clear();
            }
            return any;
        }
        Object removed = namespaces2().remove(namespace);
        return removed != null && !(removed instanceof Map<?, ?> map && map.isEmpty());
    }

    @SuppressWarnings("unchecked")
    private Map<String, @Nullable Object> namespaces2() {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(root.get("data"));
    }

    /** What stands in a namespace; an empty map that is not part of the document when it has no such namespace. */
    @SuppressWarnings("unchecked")
    private Map<String, @Nullable Object> entries(String namespace) {
        Object found = !format1 ? namespaces2().get(namespace) : namespace.equals(DEFAULT) ? root.get("by_rs") : null;
        if (found instanceof Map<?, ?>) {
            return (Map<String, @Nullable Object>) found;
        }
        if (found != null) {
            throw malformed(namespace, "the namespace", "it is not an object");
        }
        return new LinkedHashMap<>();
    }

    private boolean refuseSecondNamespace(String namespace, boolean isNew) {
        if (!isNew) {
            return false;
        }
        throw new InvalidInput(Problem.of(
                        "store_is_format_1",
                        "The token store " + path + " has format 1.0, which holds the session " + DEFAULT + " only.")
                .withAdvice(
                        "Upgrade it to format 2.0, which programs that use the old Globus storage classes cannot read;"
                                + " or use another store.")
                .withSession(namespace));
    }

    private StorageFailure malformed(String namespace, String what, String flaw) {
        return new StorageFailure(Problem.of(
                        "token_malformed",
                        "In the token store " + path + ", session " + shown(namespace) + ", " + what
                                + " cannot be read: " + flaw + ".")
                .withAdvice("Log in again to replace it, or remove the session.")
                .withSession(namespace));
    }

    private static StorageFailure unknown(Path path, String why) {
        return Failures.of(
                "store_format_unknown",
                "The file " + path + " is no token store of format 1.0 or 2.0: " + why + ".",
                "Check the path; the file was not touched.",
                null);
    }

    /** As JSON, so that nothing in it reaches a terminal raw; cut. */
    private static String shown(@Nullable Object value) {
        if (value == null) {
            return "missing";
        }
        String text = new String(Json.write(value), StandardCharsets.US_ASCII);
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
