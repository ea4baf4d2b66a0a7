package io.github.evergrant.storage.sqlite;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorageProvider;
import io.github.evergrant.storage.TokenStorages;

/** Opens {@code sqlite:PATH}. */
public final class SqliteTokenStorageProvider implements TokenStorageProvider {

    private static final String SCHEME = "sqlite";

    @Override
    public String scheme() {
        return SCHEME;
    }

    /** {@inheritDoc} Code {@code store_path_missing} when there is no path. */
    @Override
    public TokenStorage open(String address, StorageOptions options) {
        String rest = address.substring(SCHEME.length() + 1);
        if (rest.equals(":memory:")) {
            throw new InvalidInput(
                    Problem.of("store_path_missing", "The address " + address + " of a token store has no path.")
                            .withAdvice("For a store in memory, use memory: instead."));
        }
        return SqliteTokenStorage.open(TokenStorages.path(address, rest), options);
    }
}
