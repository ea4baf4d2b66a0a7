package io.github.evergrant.storage.file;

import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorageContract;
import io.github.evergrant.storage.TokenStorages;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class JsonTokenStorageTest extends TokenStorageContract {

    @TempDir
    private Path folder;

    @Override
    protected TokenStorage create() {
        return JsonTokenStorage.open(folder.resolve("deeper/tokens.json"));
    }

    @Override
    protected TokenStorage reopen(TokenStorage same) {
        return TokenStorages.open(same.address());
    }
}
