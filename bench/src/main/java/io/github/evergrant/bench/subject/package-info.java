/** Evergrant and its peers behind one question, each as its own users would have it; knows nothing of clocks and tables. */
@NullMarked
package io.github.evergrant.bench.subject;

import org.jspecify.annotations.NullMarked;
