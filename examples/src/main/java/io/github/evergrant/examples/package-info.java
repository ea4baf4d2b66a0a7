/** Programs to read and to start from; the tests run them. */
@NullMarked
package io.github.evergrant.examples;

import org.jspecify.annotations.NullMarked;
