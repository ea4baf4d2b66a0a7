/** {@code evergrant ls}: what lies in a collection of Globus. */
@NullMarked
package io.github.evergrant.cli.ls;

import org.jspecify.annotations.NullMarked;
