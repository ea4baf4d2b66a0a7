package io.github.evergrant.providers.agave.saved;

import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorageProvider;
import io.github.evergrant.storage.TokenStorages;
import java.nio.file.Path;
import java.util.List;

/** Opens {@code agave:} and {@code agave:FOLDER}; without a folder, the one that the Agave programs of this machine use. */
public final class AgaveTokenStorageProvider implements TokenStorageProvider {

    @Override
    public String scheme() {
        return AgaveTokenStorage.SCHEME;
    }

    @Override
    public TokenStorage open(String address, StorageOptions options) {
        AgaveFolder machine = AgaveFolder.ofThisMachine();
        String rest = address.substring(AgaveTokenStorage.SCHEME.length() + 1);
        Path usual = machine.path().toAbsolutePath();
        Path folder = rest.isEmpty() ? usual : TokenStorages.path(address, rest).toAbsolutePath();
        return AgaveTokenStorage.open(folder, folder.equals(usual) ? machine.legacy() : List.of(), options);
    }
}
