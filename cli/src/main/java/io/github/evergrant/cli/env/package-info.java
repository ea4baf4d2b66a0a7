/** {@code evergrant env}: a session's tokens as environment variables, for a shell to evaluate. */
@NullMarked
package io.github.evergrant.cli.env;

import org.jspecify.annotations.NullMarked;
