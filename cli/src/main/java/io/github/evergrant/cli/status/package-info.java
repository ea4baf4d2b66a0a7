/** {@code evergrant status}: how sessions stand. */
@NullMarked
package io.github.evergrant.cli.status;

import org.jspecify.annotations.NullMarked;
