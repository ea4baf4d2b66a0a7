/** {@code evergrant demo}: the tour, with a table of what was promised and what was seen. */
@NullMarked
package io.github.evergrant.cli.demo;

import org.jspecify.annotations.NullMarked;
