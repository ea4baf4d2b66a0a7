/**
 * JSON text and plain values, and token objects as the Globus formats write them.
 *
 * <p>Never hears where the text is kept.
 */
@NullMarked
package io.github.evergrant.storage.json;

import org.jspecify.annotations.NullMarked;
