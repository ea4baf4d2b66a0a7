/**
 * Token storage in files: the JSON store, and what stands beside any file store: its lock, its journals.
 *
 * <p>The folder {@code <store>.d/} and the file {@code <store>.lock} belong to Evergrant alone.
 */
@NullMarked
package io.github.evergrant.storage.file;

import org.jspecify.annotations.NullMarked;
