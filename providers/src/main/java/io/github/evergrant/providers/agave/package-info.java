/**
 * Agave (Tapis 2): its tenants, the clients that its users register there, logins by password, and what its gateways say when
 * they refuse a token.
 */
@NullMarked
package io.github.evergrant.providers.agave;

import org.jspecify.annotations.NullMarked;
