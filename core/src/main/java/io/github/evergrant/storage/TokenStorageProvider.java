package io.github.evergrant.storage;

/** Opens the storages of one address scheme; found by {@link java.util.ServiceLoader}. */
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
