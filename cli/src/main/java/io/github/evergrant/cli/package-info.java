/** The program: finds the command that was meant and runs it. A folder per command; what they share is in {@code frame}. */
@NullMarked
package io.github.evergrant.cli;

import org.jspecify.annotations.NullMarked;
