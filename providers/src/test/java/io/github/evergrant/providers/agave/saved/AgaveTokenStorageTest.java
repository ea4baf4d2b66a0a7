package io.github.evergrant.providers.agave.saved;

import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorageContract;
import io.github.evergrant.storage.TokenStorages;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class AgaveTokenStorageTest extends TokenStorageContract {

    @TempDir
    private Path folder;

    @Override
    protected TokenStorage create() {
        return TokenStorages.open("agave:" + folder.resolve("agave"));
    }

    @Override
    protected TokenStorage reopen(TokenStorage same) {
        return TokenStorages.open(same.address());
    }
}
