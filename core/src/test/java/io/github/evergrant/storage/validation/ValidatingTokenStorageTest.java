package io.github.evergrant.storage.validation;

import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorageContract;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.token.Scopes;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Demands change nothing of what the storage below promises. */
final class ValidatingTokenStorageTest extends TokenStorageContract {

    @TempDir
    private Path folder;

    @Override
    protected TokenStorage create() {
        return over("json:" + folder.resolve("tokens.json"));
    }

    @Override
    protected TokenStorage reopen(TokenStorage same) {
        return over(same.address());
    }

    private static TokenStorage over(String address) {
        return ValidatingTokenStorage.over(
                TokenStorages.open(address),
                TokenValidators.scopes(Map.of("no resource server of this suite", Scopes.of("all"))),
                TokenValidators.present().only("elsewhere"),
                TokenValidators.notExpired(InstantSource.system()).only("elsewhere"),
                TokenValidators.hasRefreshTokens().only("elsewhere"),
                TokenValidators.sameIdentity().only("elsewhere"));
    }
}
