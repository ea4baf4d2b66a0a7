package io.github.evergrant.storage.file;

import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorageContract;
import io.github.evergrant.storage.TokenStorages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class JsonTokenStorageTest extends TokenStorageContract {

    @Override
    protected TokenStorage create() {
        return JsonTokenStorage.open(folder().resolve("deeper/tokens.json"));
    }

    @Override
    protected TokenStorage reopen(TokenStorage same) {
        return TokenStorages.open(same.address());
    }

    static Path folder() {
        try {
            // The contract makes its storage before JUnit would fill a @TempDir.
            return Files.createTempDirectory("json-store");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
