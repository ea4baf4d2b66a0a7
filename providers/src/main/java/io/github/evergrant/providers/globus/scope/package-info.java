/**
 * The scopes of Globus, which are trees: a service may need scopes of other services, and names them in brackets.
 *
 * <p>Knows texts and trees; never hears of tokens, consents or logins.
 *
 * @see <a href="https://docs.globus.org/api/auth/developer-guide/#scope-syntax">their syntax</a>
 */
@NullMarked
package io.github.evergrant.providers.globus.scope;

import org.jspecify.annotations.NullMarked;
