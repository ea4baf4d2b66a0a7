/** Stores of any size, and the least that any program must do to read one or write it; knows no session and no peer. */
@NullMarked
package io.github.evergrant.bench.store;

import org.jspecify.annotations.NullMarked;
