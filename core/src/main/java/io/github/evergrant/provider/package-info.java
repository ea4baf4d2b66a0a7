/**
 * Endpoints, proofs, lifetimes and oddities of one authorization server.
 *
 * <p>Never hears of other providers, storages or terminals.
 */
@NullMarked
package io.github.evergrant.provider;

import org.jspecify.annotations.NullMarked;
