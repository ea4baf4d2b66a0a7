/**
 * Token storage in an SQLite database.
 *
 * <p>Only the driver ever opens the database file: a system drops all locks of a process on a file when the process
 * closes any descriptor of it.
 */
@NullMarked
package io.github.evergrant.storage.sqlite;

import org.jspecify.annotations.NullMarked;
