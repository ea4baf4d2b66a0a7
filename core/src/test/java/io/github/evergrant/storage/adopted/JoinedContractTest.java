package io.github.evergrant.storage.adopted;

import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorageContract;
import io.github.evergrant.storage.file.JsonTokenStorage;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** What is not adopted is kept as if nothing could be. */
final class JoinedContractTest extends TokenStorageContract {

    @TempDir
    private Path folder;

    @Override
    protected TokenStorage create() {
        return AdoptingTokenStorage.over(
                JsonTokenStorage.open(folder.resolve("tokens.json")),
                Adoptions.in(folder.resolve("adopted.json"), StorageOptions.DEFAULT),
                StorageOptions.DEFAULT);
    }

    @Override
    protected TokenStorage reopen(TokenStorage same) {
        return create();
    }
}
