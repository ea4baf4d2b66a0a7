/**
 * Bytes out, bytes in, limits and deadlines.
 *
 * <p>Never hears what a token is.
 */
@NullMarked
package io.github.evergrant.http;

import org.jspecify.annotations.NullMarked;
