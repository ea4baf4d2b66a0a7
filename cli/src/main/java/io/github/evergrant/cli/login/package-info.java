/** {@code evergrant login}: gets a first token and keeps it as a session. */
@NullMarked
package io.github.evergrant.cli.login;

import org.jspecify.annotations.NullMarked;
