package io.github.evergrant.renewal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * "This session was ended here": a renewal that comes late keeps nothing.
 *
 * @param at when
 * @param movedTo the session's new name, or the address of its new storage; null when it was logged out
 * @param toStorage whether that is the address of a storage
 * @param nameThere its name in that storage, or null when it has the same as here
 */
record Tombstone(
        Instant at,
        @Nullable String movedTo,
        boolean toStorage,
        @Nullable String nameThere) {

    /** Of a session that was logged out, or has another name now. */
    Tombstone(Instant at, @Nullable String newName) {
        this(at, newName, false, null);
    }

    /** Of a session that is in another storage now, by that name or, if that is null, by the same as here. */
    static Tombstone elsewhere(Instant at, String address, @Nullable String nameThere) {
        return new Tombstone(at, address, true, nameThere);
    }

    /** Whether the session has that name now, in the same storage. */
    boolean namesHere(String name) {
        return !toStorage && name.equals(movedTo);
    }

    /** Whether the session is in that storage now, or on its way there. */
    boolean leadsTo(String address) {
        return toStorage && address.equals(movedTo);
    }
}
