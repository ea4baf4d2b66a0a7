/** {@code evergrant completion}: what a shell needs to complete our commands and options. */
@NullMarked
package io.github.evergrant.cli.completion;

import org.jspecify.annotations.NullMarked;
