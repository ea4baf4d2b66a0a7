package io.github.evergrant.renewal;

import java.time.Instant;

/**
 * "The provider refused this token pair for good": void for any other pair.
 *
 * @param fingerprint the pair
 * @param why the provider's code
 * @param at when it was set
 */
record Mark(String fingerprint, String why, Instant at) {}
