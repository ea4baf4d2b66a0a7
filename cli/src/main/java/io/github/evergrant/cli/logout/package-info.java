/** {@code evergrant logout}: revokes what a session has, then forgets it. */
@NullMarked
package io.github.evergrant.cli.logout;

import org.jspecify.annotations.NullMarked;
