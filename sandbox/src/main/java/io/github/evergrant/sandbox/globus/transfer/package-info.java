/**
 * Globus Transfer as its clients see it: collections, the files in them, and tasks that the clock brings to their end.
 *
 * <p>After the public reference at {@code https://docs.globus.org/api/transfer/} and the notes on it in
 * {@code docs/protocols/globus.md}.
 */
@NullMarked
package io.github.evergrant.sandbox.globus.transfer;

import org.jspecify.annotations.NullMarked;
