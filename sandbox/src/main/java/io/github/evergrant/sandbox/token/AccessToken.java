package io.github.evergrant.sandbox.token;

import java.time.Instant;

/** An access token as it stands now. */
public record AccessToken(String value, Grant grant, Instant issuedAt, Instant expiresAt) {}
