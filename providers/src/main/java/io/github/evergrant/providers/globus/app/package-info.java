/**
 * A program's session with Globus that logs itself in: what the program needs, whether the session has it, and the login
 * when it has not.
 *
 * <p>Never hears where tokens are kept, nor how a renewal is made: that is the door's.
 */
@NullMarked
package io.github.evergrant.providers.globus.app;

import org.jspecify.annotations.NullMarked;
