/**
 * Who may work on a session, and until when.
 *
 * <p>Never hears why.
 */
@NullMarked
package io.github.evergrant.lease;

import org.jspecify.annotations.NullMarked;
