package io.github.evergrant.storage.sqlite;

import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorageContract;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.storage.file.StoreProgram;
import io.github.evergrant.testing.ForkedJvm;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteTokenStorageTest extends TokenStorageContract {

    @TempDir
    private Path folder;

    @Override
    protected TokenStorage create() {
        return SqliteTokenStorage.open(folder.resolve("deeper/tokens.db"));
    }

    @Override
    protected TokenStorage reopen(TokenStorage same) {
        return TokenStorages.open(same.address());
    }

    /** With a native library that is unpacked already: a killed process would leave its own behind. */
    @Override
    protected ForkedJvm program(String address) {
        return ForkedJvm.start(StoreProgram.class, address, "org.sqlite.lib.path=" + SqliteFiles.library());
    }
}
