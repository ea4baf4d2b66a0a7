package io.github.evergrant.token;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One resource server's tokens.
 *
 * @param resourceServer the API the tokens are for
 * @param accessToken the token to send
 * @param refreshToken the token that fetches a successor, or null
 * @param tokenType as the server wrote it, usually {@code Bearer}; null when it said nothing
 * @param scopes what was granted
 * @param expiry when the access token ends
 * @param identityId who the tokens speak for, or null when that is unknown
 * @param extra fields we have no name for, as JSON values (String, Number, Boolean, List, Map, null); they survive a
 *     rewrite
 */
public record TokenData(
        String resourceServer,
        Secret accessToken,
        @Nullable Secret refreshToken,
        @Nullable String tokenType,
        Scopes scopes,
        Expiry expiry,
        @Nullable String identityId,
        Map<String, @Nullable Object> extra) {

    private static final Secret STAND_IN = Secret.of("none");

    public TokenData {
        Objects.requireNonNull(resourceServer, "resourceServer");
        Objects.requireNonNull(accessToken, "accessToken");
        Objects.requireNonNull(scopes, "scopes");
        Objects.requireNonNull(expiry, "expiry");
        // Map.copyOf refuses null values, and JSON has them.
        extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    }

    /** A bearer token without a refresh token, scopes or further fields. */
    public static TokenData bearer(String resourceServer, Secret accessToken, Expiry expiry) {
        return new TokenData(resourceServer, accessToken, null, "Bearer", Scopes.NONE, expiry, null, Map.of());
    }

    /**
     * What stands where no access token was fetched yet: it ended long ago, and is kept in journals alone, where no other
     * program takes it for a token.
     */
    public static TokenData standIn(String resourceServer, @Nullable Secret refreshToken, Scopes scopes) {
        return new TokenData(
                resourceServer, STAND_IN, refreshToken, "Bearer", scopes, Expiry.at(Instant.EPOCH), null, Map.of());
    }

    /** Whether it is a {@link #standIn}. */
    public boolean isStandIn() {
        return accessToken.equals(STAND_IN) && expiry.equals(Expiry.at(Instant.EPOCH));
    }

    public TokenData withRefreshToken(@Nullable Secret other) {
        return new TokenData(resourceServer, accessToken, other, tokenType, scopes, expiry, identityId, extra);
    }

    public TokenData withIdentityId(@Nullable String other) {
        return new TokenData(resourceServer, accessToken, refreshToken, tokenType, scopes, expiry, other, extra);
    }

    public TokenData withScopes(Scopes other) {
        return new TokenData(resourceServer, accessToken, refreshToken, tokenType, other, expiry, identityId, extra);
    }

    public TokenData withExpiry(Expiry other) {
        return new TokenData(resourceServer, accessToken, refreshToken, tokenType, scopes, other, identityId, extra);
    }

    public TokenData withExtra(Map<String, @Nullable Object> other) {
        return new TokenData(resourceServer, accessToken, refreshToken, tokenType, scopes, expiry, identityId, other);
    }

    public Optional<Secret> refresh() {
        return Optional.ofNullable(refreshToken);
    }

    public Optional<String> identity() {
        return Optional.ofNullable(identityId);
    }

    public Fingerprint fingerprint() {
        return Fingerprint.of(this);
    }

    /** What a caller may have: the token to send, without what renews it. */
    public AccessToken access() {
        return new AccessToken(resourceServer, accessToken, tokenType == null ? "Bearer" : tokenType, scopes, expiry);
    }

    /** By hand, as {@link #hashCode}: what a record gets by itself is made when it first runs, which short programs feel. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenData data
                && resourceServer.equals(data.resourceServer)
                && accessToken.equals(data.accessToken)
                && Objects.equals(refreshToken, data.refreshToken)
                && Objects.equals(tokenType, data.tokenType)
                && scopes.equals(data.scopes)
                && expiry.equals(data.expiry)
                && Objects.equals(identityId, data.identityId)
                && extra.equals(data.extra);
    }

    @Override
    public int hashCode() {
        return Objects.hash(resourceServer, accessToken, refreshToken, tokenType, scopes, expiry, identityId, extra);
    }

    /** Without the values of {@link #extra}: they may be anything a server sent. */
    @Override
    public String toString() {
        return "TokenData[" + resourceServer + ", access " + accessToken + ", refresh " + refreshToken + ", scopes "
                + scopes + ", " + expiry + ", identity " + identityId + ", extra " + extra.keySet() + "]";
    }
}
