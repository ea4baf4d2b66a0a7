/** {@code evergrant groups}: the groups of a Globus session. */
@NullMarked
package io.github.evergrant.cli.groups;

import org.jspecify.annotations.NullMarked;
