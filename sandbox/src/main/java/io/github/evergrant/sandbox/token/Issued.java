package io.github.evergrant.sandbox.token;

import org.jspecify.annotations.Nullable;

/**
 * What one token request gave out for one resource server.
 *
 * @param access the access token
 * @param refreshToken the refresh token the client holds from now on; absent when none is told
 * @param expiresIn seconds the access token lives, counted from the moment of this answer
 */
public record Issued(AccessToken access, @Nullable String refreshToken, long expiresIn) {}
