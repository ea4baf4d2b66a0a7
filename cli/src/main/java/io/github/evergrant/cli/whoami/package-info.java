/** {@code evergrant whoami}: who a session speaks for. */
@NullMarked
package io.github.evergrant.cli.whoami;

import org.jspecify.annotations.NullMarked;
