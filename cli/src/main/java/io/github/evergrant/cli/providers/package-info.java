/** {@code evergrant providers}: who one can log in with. */
@NullMarked
package io.github.evergrant.cli.providers;

import org.jspecify.annotations.NullMarked;
