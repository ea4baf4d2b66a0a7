package io.github.evergrant.provider;

import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of an authorization server (RFC 8414 names them).
 *
 * @param issuer who signs id tokens, compared exactly
 * @param authorization where a person grants access, or null
 * @param token where tokens are fetched
 * @param revocation RFC 7009, or null
 * @param introspection RFC 7662, or null
 * @param userinfo OpenID Connect Core section 5.3, or null
 * @param jwks the signing keys, or null
 * @param answersNameIssuer whether the server says that each answer a browser brings names its issuer (RFC 9207)
 */
public record Endpoints(
        String issuer,
        @Nullable URI authorization,
        URI token,
        @Nullable URI revocation,
        @Nullable URI introspection,
        @Nullable URI userinfo,
        @Nullable URI jwks,
        boolean answersNameIssuer) {

    public Endpoints {
        Objects.requireNonNull(issuer, "issuer");
        Objects.requireNonNull(token, "token");
    }

    /** Of a server that does not say so; an issuer that is named all the same is compared. */
    public Endpoints(
            String issuer,
            @Nullable URI authorization,
            URI token,
            @Nullable URI revocation,
            @Nullable URI introspection,
            @Nullable URI userinfo,
            @Nullable URI jwks) {
        this(issuer, authorization, token, revocation, introspection, userinfo, jwks, false);
    }
}
