/** {@code evergrant exec}: runs a program that finds a session's token in its environment. */
@NullMarked
package io.github.evergrant.cli.exec;

import org.jspecify.annotations.NullMarked;
