package io.github.evergrant.storage.file;

import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorageContract;
import io.github.evergrant.storage.TokenStorages;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class JsonFormat1StorageTest extends TokenStorageContract {

    @TempDir
    private Path folder;

    @Override
    protected TokenStorage create() {
        return JsonTokenStorage.openFormat1(folder.resolve("tokens.json"), StorageOptions.DEFAULT);
    }

    @Override
    protected TokenStorage reopen(TokenStorage same) {
        return TokenStorages.open(same.address());
    }

    @Override
    protected boolean holdsSeveralNamespaces() {
        return false;
    }

    @Override
    protected boolean keepsIdentity() {
        return false;
    }
}
