/**
 * What every command stands on: the world outside, the global options, words, errors and exit codes.
 *
 * <p>Never hears of a particular command.
 */
@NullMarked
package io.github.evergrant.cli.frame;

import org.jspecify.annotations.NullMarked;
