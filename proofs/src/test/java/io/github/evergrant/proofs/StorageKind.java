package io.github.evergrant.proofs;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A storage that comes with us, and whose sessions are put into it. */
enum StorageKind {
    JSON,
    SQLITE,
    AGAVE;

    String address(Path store) {
        return this + ":" + store;
    }

    /** The files of a store of several but the last: behind each of them a save may be cut off, in this order. */
    List<Path> replacedBeforeTheLast(Path store) {
        return this == AGAVE
                ? List.of(store.resolve("config.json.d/remainders.json"), store.resolve("config.json"))
                : List.of();
    }

    Remains remains(Path store) {
        return switch (this) {
            case JSON -> new JsonRemains(store);
            case SQLITE -> new DatabaseRemains(store);
            case AGAVE -> new AgaveRemains(store);
        };
    }

    /** The scheme of its addresses. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
