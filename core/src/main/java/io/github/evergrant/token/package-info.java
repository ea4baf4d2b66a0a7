/**
 * What token data is, and that it ends: secrets, expiry, scopes, and the reply of a token endpoint.
 *
 * <p>Never hears of clocks, servers or files.
 */
@NullMarked
package io.github.evergrant.token;

import org.jspecify.annotations.NullMarked;
