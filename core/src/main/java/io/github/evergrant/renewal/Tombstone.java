package io.github.evergrant.renewal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * "This session was ended here": a renewal that comes late keeps nothing.
 *
 * @param at when
 * @param movedTo the session's new name, or the address of its new storage; null when it was logged out
 * @param toStorage whether that is the address of a storage
 */
record Tombstone(Instant at, @Nullable String movedTo, boolean toStorage) {

    /** Of a session that was logged out, or has another name now. */
    Tombstone(Instant at, @Nullable String newName) {
        this(at, newName, false);
    }

    /** Of a session that is in another storage now. */
    static Tombstone elsewhere(Instant at, String address) {
        return new Tombstone(at, address, true);
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
