package io.github.evergrant.bench.subject;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A pair of tokens, of the length that signed ones have.
 *
 * @param issuedAt when it was asked for
 * @param expiresAt when the access token ends
 */
public record Tokens(String access, String refresh, Instant issuedAt, Instant expiresAt) {

    private static final String SIGNED = "eyJhbGciOiJFUzI1NiJ9." + "x".repeat(600);

    static Tokens numbered(long number, Instant issuedAt, Instant expiresAt) {
        return new Tokens(SIGNED + ".a" + number, "refresh-" + number, issuedAt, expiresAt);
    }

    /** With an hour to live. */
    public static Tokens fresh() {
        Instant now = now();
        return numbered(0, now, now.plus(Subject.HOUR));
    }

    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    /** What fetches a successor when there is an endpoint. */
    static Endpoint required(@Nullable Endpoint endpoint) {
        if (endpoint == null) {
            throw new IllegalStateException("a fresh token was to be renewed");
        }
        return endpoint;
    }
}
