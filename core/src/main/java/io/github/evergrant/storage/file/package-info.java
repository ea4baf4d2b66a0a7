/**
 * Token storage in files: what every file store needs, whatever its format; the JSON store; and what stands beside: lock and
 * journals.
 *
 * <p>The folder {@code <store>.d/} and the file {@code <store>.lock} belong to Evergrant alone.
 */
@NullMarked
package io.github.evergrant.storage.file;

import org.jspecify.annotations.NullMarked;
