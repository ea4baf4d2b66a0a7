/** {@code evergrant clients}. */
@NullMarked
package io.github.evergrant.cli.clients;

import org.jspecify.annotations.NullMarked;
