/**
 * What can go wrong, by what the caller can do about it.
 *
 * <p>Every failure of Evergrant is one of the kinds below {@link io.github.evergrant.error.EvergrantException}; no message contains a secret.
 */
@NullMarked
package io.github.evergrant.error;

import org.jspecify.annotations.NullMarked;
