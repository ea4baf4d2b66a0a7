/** Globus: its environments, its addresses, and a thin client of its Groups API. */
@NullMarked
package io.github.evergrant.providers.globus;

import org.jspecify.annotations.NullMarked;
