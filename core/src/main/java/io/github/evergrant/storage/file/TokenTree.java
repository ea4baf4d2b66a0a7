package io.github.evergrant.storage.file;

import io.github.evergrant.storage.MalformedDocument;
import io.github.evergrant.storage.json.TokenObject;
import io.github.evergrant.token.TokenData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document of plain values: by namespace, then by resource server, a token object as {@link TokenObject} reads and
 * writes it.
 *
 * <p>For any format that can hold what JSON can. Whatever else stands where a namespace or a token object should be is
 * kept, and cannot be read. Not safe for several threads.
 */
public final class TokenTree implements TokenDocument {

    private final Map<String, @Nullable Object> namespaces;
    private final Encoder encoder;

    /** Makes the bytes of a file. */
    @FunctionalInterface
    public interface Encoder {

        /** @throws IOException when the values cannot be written so */
        byte[] encode(Map<String, @Nullable Object> namespaces) throws IOException;
    }

    /**
     * A document of what was read; the maps are changed in place.
     *
     * @param namespaces a {@code Map} of token objects for each namespace, as JSON values
     */
    public TokenTree(Map<String, @Nullable Object> namespaces, Encoder encoder) {
        this.namespaces = namespaces;
        this.encoder = encoder;
    }

    @Override
    public List<String> namespaces() {
        List<String> names = new ArrayList<>();
        namespaces.forEach((name, value) -> {
            if (!isEmpty(value)) {
                names.add(name);
            }
        });
        return names;
    }

    private static boolean isEmpty(@Nullable Object value) {
        return value == null || (value instanceof Map<?, ?> map && map.isEmpty());
    }

    @Override
    public List<String> resourceServers(String namespace) throws MalformedDocument {
        return List.copyOf(entries(namespace).keySet());
    }

    @Override
    public TokenData read(String namespace, String resourceServer) throws MalformedDocument {
        return TokenObject.parse(resourceServer, entries(namespace).get(resourceServer));
    }

    /** {@inheritDoc} Of a record that cannot be read, the unknown fields are kept all the same. */
    @Override
    public void put(String namespace, String resourceServer, TokenData data) throws MalformedDocument {
        Map<String, @Nullable Object> entries = entries(namespace);
        entries.put(resourceServer, TokenObject.write(data, entries.get(resourceServer)));
        namespaces.put(namespace, entries);
    }

    @Override
    public void remove(String namespace, String resourceServer) throws MalformedDocument {
        Map<String, @Nullable Object> entries = entries(namespace);
        entries.remove(resourceServer);
        if (entries.isEmpty()) {
            namespaces.remove(namespace);
        }
    }

    @Override
    public boolean remove(String namespace) {
        return !isEmpty(namespaces.remove(namespace));
    }

    @Override
    public byte[] bytes() throws IOException {
        return encoder.encode(namespaces);
    }

    /** What stands in a namespace; an empty map that is not part of the document when it has no such namespace. */
    @SuppressWarnings("unchecked")
    Map<String, @Nullable Object> entries(String namespace) throws MalformedDocument {
        Object found = namespaces.get(namespace);
        if (found instanceof Map<?, ?>) {
            return (Map<String, @Nullable Object>) found;
        }
        if (found != null) {
            throw new MalformedDocument("it is not an object");
        }
        return new LinkedHashMap<>();
    }
}
