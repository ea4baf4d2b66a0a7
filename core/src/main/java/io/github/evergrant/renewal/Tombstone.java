package io.github.evergrant.renewal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * "This session was ended here": a renewal that comes late keeps nothing.
 *
 * @param at when
 * @param movedTo the session's new name or address, or null when it was logged out
 */
record Tombstone(Instant at, @Nullable String movedTo) {}
