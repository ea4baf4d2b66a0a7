package io.github.evergrant.storage;

/**
 * Opens the storages of one address scheme.
 *
 * <p>Found by {@link java.util.ServiceLoader}: a public class with a public constructor without parameters, named in
 * {@code META-INF/services/io.github.evergrant.storage.TokenStorageProvider} of its module.
 */
public interface TokenStorageProvider {

    /** What stands before the colon, in lower case: {@code sqlite}. */
    String scheme();

    /**
     * Opens a storage; nothing need be there yet.
     *
     * @param address all of it, scheme included
     * @throws io.github.evergrant.error.InvalidInput when the address cannot be used
     */
    TokenStorage open(String address, StorageOptions options);
}
