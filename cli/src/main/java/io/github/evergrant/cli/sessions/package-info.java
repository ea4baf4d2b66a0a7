/** {@code evergrant sessions}: lists, shows, chooses, renames and deletes sessions. */
@NullMarked
package io.github.evergrant.cli.sessions;

import org.jspecify.annotations.NullMarked;
