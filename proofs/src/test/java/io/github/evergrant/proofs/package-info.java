/** Counted loops: sessions under crashes, faults and load, by real processes over real sockets. */
@NullMarked
package io.github.evergrant.proofs;

import org.jspecify.annotations.NullMarked;
