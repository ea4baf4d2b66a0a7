/** Tests of how variables are written down. */
@NullMarked
package io.github.evergrant.cli.env;

import org.jspecify.annotations.NullMarked;
