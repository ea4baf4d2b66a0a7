/**
 * Everyone's name, nobody's details: the door through which programs use Evergrant.
 *
 * <p>The only place where the rooms are put together.
 */
@NullMarked
package io.github.evergrant.session;

import org.jspecify.annotations.NullMarked;
