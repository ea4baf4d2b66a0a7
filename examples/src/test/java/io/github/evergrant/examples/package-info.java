/** The examples, run. */
@NullMarked
package io.github.evergrant.examples;

import org.jspecify.annotations.NullMarked;
