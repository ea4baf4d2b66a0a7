package io.github.evergrant.storage.file;

import io.github.evergrant.storage.MalformedDocument;
import io.github.evergrant.token.TokenData;
import java.io.IOException;
import java.util.List;

/**
 * What a file of a {@link FileTokenStorage} holds, as it was read; changed in memory, then written as a whole.
 *
 * <p>Keeps whatever else the file holds: what it does not know, and records that it cannot read. Each reading makes one
 * of its own, so it need not be safe for several threads.
 */
public interface TokenDocument {

    /** The namespaces that hold a record, readable or not, in an order that stays. */
    List<String> namespaces();

    /**
     * The resource servers that a namespace has a record for, readable or not, in stored order; none when there is no
     * such namespace.
     *
     * @throws MalformedDocument when the namespace as a whole cannot be read
     */
    List<String> resourceServers(String namespace) throws MalformedDocument;

    /**
     * A record that {@link #resourceServers} names.
     *
     * @throws MalformedDocument when this one cannot be read; the others still can
     */
    TokenData read(String namespace, String resourceServer) throws MalformedDocument;

    /** @throws io.github.evergrant.error.InvalidInput when the format has no place for a namespace of that name */
    default void requireNamespace(String namespace) {}

    /** Puts a record in the place of a former one, or behind the last. */
    void put(String namespace, String resourceServer, TokenData data) throws MalformedDocument;

    /** Removes a record; the last one takes its namespace along. */
    void remove(String namespace, String resourceServer) throws MalformedDocument;

    /** Removes a namespace with all it holds, readable or not. @return whether it held anything */
    boolean remove(String namespace);

    /**
     * What is written: what {@link FileTokenStorage#parse} reads again.
     *
     * @throws IOException when it cannot be written so
     */
    byte[] bytes() throws IOException;

    /**
     * Whether Evergrant wrote this, and nobody else: then a file that others may read is refused. When another program
     * may have written it, such a file is read with a warning, and becomes private when it is next written.
     */
    default boolean isWrittenByEvergrant() {
        return true;
    }
}
