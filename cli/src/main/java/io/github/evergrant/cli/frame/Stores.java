package io.github.evergrant.cli.frame;

import io.github.evergrant.providers.agave.saved.AgaveFolder;
import io.github.evergrant.providers.agave.saved.Selection;
import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.storage.adopted.AdoptingTokenStorage;
import io.github.evergrant.storage.adopted.Adoptions;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Which store is meant, and how stores are opened. For one thread. */
final class Stores {

    private static final String AGAVE = "agave";

    private static final Set<String> FILES = Set.of("json", "json1", "sqlite", AGAVE);

    private final Invocation it;
    private final Globals globals;
    private final Set<String> warned = new HashSet<>();

    Stores(Invocation it, Globals globals) {
        this.it = it;
        this.globals = globals;
    }

    /** The address of the store: {@code --store}, else {@code EVERGRANT_STORE}, else the file in the state folder. */
    String address() {
        String address = globals.store == null ? it.outside().variable("EVERGRANT_STORE") : globals.store;
        return address.isEmpty() ? it.directories().defaultStore() : resolve(address);
    }

    /** Whether it is the one in the state folder: there, sessions of other stores are known too. */
    boolean isUsual() {
        return address().equals(it.directories().defaultStore());
    }

    /** An address with the path as this program takes it. */
    String resolve(String address) {
        int colon = address.indexOf(':');
        String scheme = colon < 0 ? "" : address.substring(0, colon);
        String rest = address.substring(colon + 1);
        if (rest.isEmpty()) {
            return scheme.equals(AGAVE) ? agave() : address;
        }
        return FILES.contains(scheme) ? scheme + ":" + it.path(rest) : address;
    }

    /** Where the Agave programs of this machine keep their sessions. */
    String agave() {
        Path folder = new AgaveFolder(it.outside().environment()).path();
        return AGAVE + ":" + it.path(folder.toString());
    }

    /** Opens a store; it must be closed. */
    TokenStorage open(String address) {
        return TokenStorages.open(address, options());
    }

    /** Opens the store that is meant, with the sessions of others that are known there. */
    TokenStorage open() {
        TokenStorage own = open(address());
        return isUsual()
                ? AdoptingTokenStorage.over(own, Adoptions.in(it.directories().adoptions(), options()), options())
                        .beside(agave(), Selection::isName)
                : own;
    }

    /** The same file may be opened more than once; what is wrong with it is said once. */
    private StorageOptions options() {
        return StorageOptions.DEFAULT
                .withStrictPermissions(globals.strictPermissions)
                .withWarnings(warning -> {
                    if (warned.add(warning)) {
                        it.voice().warn(warning);
                    }
                });
    }
}
