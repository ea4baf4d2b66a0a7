/**
 * Keeping token data under (namespace, resource server), with compare-and-replace.
 *
 * <p>Never hears what the values mean to a server. A storage of one's own begins with
 * {@link io.github.evergrant.storage.file.FileTokenStorage} for a file, with {@link io.github.evergrant.storage.TokenStorage} for
 * anything else.
 */
@NullMarked
package io.github.evergrant.storage;

import org.jspecify.annotations.NullMarked;
