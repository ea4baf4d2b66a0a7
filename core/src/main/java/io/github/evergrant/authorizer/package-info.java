/**
 * One header on a request, and the second chance after a 401.
 *
 * <p>Never hears how the token came to be.
 */
@NullMarked
package io.github.evergrant.authorizer;

import org.jspecify.annotations.NullMarked;
