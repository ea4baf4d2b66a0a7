package io.github.evergrant.cli.sessions;

import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.providers.globus.GlobusLogin;
import io.github.evergrant.storage.KeptAt;
import io.github.evergrant.storage.TokenStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A login that another program keeps.
 *
 * @param file where
 * @param storage the storage in that file, which belongs to whoever opened it
 * @param namespace its name there
 * @param login what is known of it
 */
record Importable(Path file, TokenStorage storage, String namespace, GlobusLogin login) {

    /** Under which name it was imported before, by whatever path. */
    Optional<String> knownAs(Invocation it) {
        for (String name : it.door().sessions()) {
            KeptAt place = it.door().storage().keptAt(name);
            if (it.isAdopted(name) && place.namespace().equals(namespace) && isHere(place.address())) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private boolean isHere(String address) {
        if (address.equals(storage.address())) {
            return true;
        }
        Path other = Path.of(address.substring(address.indexOf(':') + 1));
        try {
            return Files.exists(other) && Files.isSameFile(other, file);
        } catch (IOException e) {
            return false;
        }
    }
}
