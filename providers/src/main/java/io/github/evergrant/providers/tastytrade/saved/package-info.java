/**
 * Sessions as the Python releases of the tastytrade package serialize them. Knows those formats; never hears of a server, and
 * leaves open where a session is kept.
 */
@NullMarked
package io.github.evergrant.providers.tastytrade.saved;

import org.jspecify.annotations.NullMarked;
