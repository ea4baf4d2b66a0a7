/** Globus Auth and Globus Groups as their clients see them, after the protocol notes on {@code globus_sdk}. */
@NullMarked
package io.github.evergrant.sandbox.globus;

import org.jspecify.annotations.NullMarked;
