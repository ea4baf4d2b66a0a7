package io.github.evergrant.sandbox.token;

import java.time.Duration;

/**
 * How a token book treats its tokens.
 *
 * @param accessTokenLifetime how long an access token lives
 * @param rotate whether each refresh replaces the refresh token
 * @param reuseGrace how long after its first use a replaced refresh token still gets the same answer again
 */
public record TokenPolicy(Duration accessTokenLifetime, boolean rotate, Duration reuseGrace) {}
