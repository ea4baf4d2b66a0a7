/** Token storage that ends with the JVM. */
@NullMarked
package io.github.evergrant.storage.memory;

import org.jspecify.annotations.NullMarked;
