/** {@code evergrant token}: prints a token that is good to send now. */
@NullMarked
package io.github.evergrant.cli.token;

import org.jspecify.annotations.NullMarked;
