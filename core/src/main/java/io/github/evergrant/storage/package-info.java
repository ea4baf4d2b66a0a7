/**
 * Keeping token data under (namespace, resource server), with compare-and-replace.
 *
 * <p>Never hears what the values mean to a server.
 */
@NullMarked
package io.github.evergrant.storage;

import org.jspecify.annotations.NullMarked;
