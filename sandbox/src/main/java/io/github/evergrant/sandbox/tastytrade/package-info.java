/**
 * tastytrade as its clients see it, production and certification apart: sessions by password and remember token, OAuth tokens,
 * customers, accounts and quote tokens, after the protocol notes on its Python library.
 */
@NullMarked
package io.github.evergrant.sandbox.tastytrade;

import org.jspecify.annotations.NullMarked;
