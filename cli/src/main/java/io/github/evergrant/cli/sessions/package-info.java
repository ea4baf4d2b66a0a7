/** {@code evergrant sessions}: lists, shows, chooses, renames, deletes, copies, imports, exports and verifies sessions. */
@NullMarked
package io.github.evergrant.cli.sessions;

import org.jspecify.annotations.NullMarked;
