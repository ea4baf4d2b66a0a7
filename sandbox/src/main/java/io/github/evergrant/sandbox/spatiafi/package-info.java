/** SpatiaFi as its clients see it: logins by password, app credentials, and tokens for those, after the protocol notes on it. */
@NullMarked
package io.github.evergrant.sandbox.spatiafi;

import org.jspecify.annotations.NullMarked;
