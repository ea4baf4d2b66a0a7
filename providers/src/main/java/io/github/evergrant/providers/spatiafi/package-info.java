/**
 * SpatiaFi: logins by password, which last a quarter of an hour; app credentials, which last for ever and are created by such a
 * login; and sessions of those, whose clients never send their secrets.
 */
@NullMarked
package io.github.evergrant.providers.spatiafi;

import org.jspecify.annotations.NullMarked;
