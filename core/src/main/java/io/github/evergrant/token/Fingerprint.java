package io.github.evergrant.token;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a token pair: SHA-256 over the access token and the refresh token of one resource server's record.
 *
 * <p>Two records with one fingerprint are the same pair, whatever their other fields say. Not a secret.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Fingerprint(String hex) {

    public Fingerprint {
        Objects.requireNonNull(hex, "hex");
    }

    /** The fingerprint of a record's pair. */
    public static Fingerprint of(TokenData data) {
        return of(data.accessToken(), data.refreshToken());
    }

    /** The fingerprint of one refresh token alone, as an intent names it. */
    public static Fingerprint ofRefreshToken(Secret refreshToken) {
        return new Fingerprint(Sha256.hex("rt:" + refreshToken.reveal()));
    }

    /** The fingerprint of one access token alone, as a refusal names it. */
    public static Fingerprint ofAccessToken(Secret accessToken) {
        return new Fingerprint(Sha256.hex("at:" + accessToken.reveal()));
    }

    private static Fingerprint of(Secret accessToken, @Nullable Secret refreshToken) {
        String access = accessToken.reveal();
        String refresh = refreshToken == null ? "" : refreshToken.reveal();
        // The length keeps ("ab", "c") apart from ("a", "bc").
        return new Fingerprint(Sha256.hex(access.length() + ":" + access + refresh));
    }

    /** By hand, as {@link #hashCode}: what a record gets by itself is made when it first runs, which short programs feel. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Fingerprint fingerprint && hex.equals(fingerprint.hex);
    }

    @Override
    public int hashCode() {
        return hex.hashCode();
    }

    /** The first eight digits, for logs. */
    public String prefix() {
        return hex.substring(0, Math.min(8, hex.length()));
    }
}
