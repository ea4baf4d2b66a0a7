/**
 * Globus Transfer: collections, what lies in them, and tasks that copy and delete there.
 *
 * <p>Never hears how a request is sent, nor how often.
 */
@NullMarked
package io.github.evergrant.providers.globus.transfer;

import org.jspecify.annotations.NullMarked;
