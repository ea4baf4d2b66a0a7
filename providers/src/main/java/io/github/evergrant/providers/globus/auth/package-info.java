/**
 * Globus Auth beyond the first token: what a client asks it, what a token asks it, and what APIs demand of a login.
 *
 * <p>Knows requests and replies; never hears of sessions, or where anything is kept.
 */
@NullMarked
package io.github.evergrant.providers.globus.auth;

import org.jspecify.annotations.NullMarked;
