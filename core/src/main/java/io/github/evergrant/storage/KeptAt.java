package io.github.evergrant.storage;

import java.util.Objects;

/**
 * Where a session is kept.
 *
 * @param address of the storage, as {@code EVERGRANT_STORE} names it
 * @param namespace its name there
 */
public record KeptAt(String address, String namespace) {

    public KeptAt {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(namespace, "namespace");
    }
}
