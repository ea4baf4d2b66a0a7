/** {@code evergrant sandbox}: an authorization server on this machine, for trying things out. */
@NullMarked
package io.github.evergrant.cli.sandbox;

import org.jspecify.annotations.NullMarked;
