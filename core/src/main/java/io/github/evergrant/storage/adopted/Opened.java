package io.github.evergrant.storage.adopted;

import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Storages by their addresses, each opened when it is first asked for. Safe for many threads. */
final class Opened {

    private final StorageOptions options;
    private final Map<String, TokenStorage> all = new ConcurrentHashMap<>();

    /** @param options of each of them */
    Opened(StorageOptions options) {
        this.options = options;
    }

    StorageOptions options() {
        return options;
    }

    /**
     * The one at an address.
     *
     * @throws io.github.evergrant.error.InvalidInput when nothing can be opened there
     */
    TokenStorage at(String address) {
        return all.computeIfAbsent(address, missing -> TokenStorages.open(missing, options));
    }

    void close() {
        all.values().forEach(TokenStorage::close);
    }
}
