package io.github.evergrant.oauth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.github.evergrant.http.Addresses;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a server says of itself (OpenID Connect Discovery 1.0 section 3), as far as id tokens need it.
 *
 * @param issuer who signs id tokens
 * @param jwks its keys
 * @param idTokenAlgorithms how it signs, symmetric ones left out
 */
public record ServerMetadata(String issuer, URI jwks, Set<String> idTokenAlgorithms) {

    /** The document cannot be believed. Says why in words, without quoting it. */
    public static final class Unusable extends Exception {

        Unusable(String why) {
            super(why, null, false, false);
        }
    }

    public ServerMetadata {
        Objects.requireNonNull(issuer, "issuer");
        Objects.requireNonNull(jwks, "jwks");
        idTokenAlgorithms = Set.copyOf(idTokenAlgorithms);
    }

    /** Where an issuer's document is. */
    public static URI place(String issuer) {
        return URI.create((issuer.endsWith("/") ? issuer : issuer + "/") + ".well-known/openid-configuration");
    }

    /**
     * Reads an issuer's document.
     *
     * @param issuer whose document this must be, compared exactly
     * @throws Unusable when it is malformed, somebody else's, or names keys that must not be fetched
     */
    public static ServerMetadata read(String json, String issuer) throws Unusable {
        OIDCProviderMetadata read = parsed(json);
        if (!read.getIssuer().getValue().equals(issuer)) {
            throw new Unusable("the server's metadata names another issuer");
        }
        URI jwks = read.getJWKSetURI();
        if (jwks == null || !mayServeKeys(jwks, issuer)) {
            throw new Unusable("the server's metadata names no keys that may be fetched");
        }
        List<JWSAlgorithm> algorithms = Objects.requireNonNullElse(read.getIDTokenJWSAlgs(), List.of());
        return new ServerMetadata(
                issuer,
                jwks,
                algorithms.stream()
                        .filter(JWSAlgorithm.Family.SIGNATURE::contains)
                        .map(JWSAlgorithm::getName)
                        .collect(Collectors.toSet()));
    }

    /** Keys come over HTTPS; from this machine only when the issuer itself is there. */
    public static boolean mayServeKeys(URI jwks, String issuer) {
        return Addresses.isAllowed(jwks)
                && ("https".equalsIgnoreCase(jwks.getScheme()) || Addresses.sameOrigin(jwks, URI.create(issuer)));
    }

    private static OIDCProviderMetadata parsed(String json) throws Unusable {
        try {
            return OIDCProviderMetadata.parse(json);
        } catch (ParseException | RuntimeException e) {
            // The parser throws unchecked exceptions for some malformed documents.
            throw new Unusable("the server's metadata cannot be read");
        }
    }
}
