/** The sandbox over real sockets. */
@NullMarked
package io.github.evergrant.sandbox;

import org.jspecify.annotations.NullMarked;
