/** Agave (Tapis 2) as its clients see it: tenants, their clients, tokens and profiles, after the protocol notes on agavepy. */
@NullMarked
package io.github.evergrant.sandbox.agave;

import org.jspecify.annotations.NullMarked;
