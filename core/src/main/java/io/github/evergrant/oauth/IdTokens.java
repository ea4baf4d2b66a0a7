package io.github.evergrant.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.evergrant.token.Secret;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks id tokens (OpenID Connect Core section 3.1.3.7). Fetches nothing. */
public final class IdTokens {

    private IdTokens() {}

    /**
     * Checks signature and claims.
     *
     * @param jwks the server's keys (RFC 7517), as it sent them
     */
    public static IdTokenResult verify(Secret idToken, IdTokenRules rules, String jwks, Instant now) {
        try {
            SignedJWT jwt = SignedJWT.parse(idToken.reveal());
            if (!isAllowed(jwt.getHeader().getAlgorithm(), rules)) {
                return new IdTokenResult.Unverified("it is signed in a way the server does not use");
            }
            if (!isSigned(jwt, JWKSet.parse(jwks))) {
                return new IdTokenResult.Unverified("no key of the server fits its signature");
            }
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            String fault = fault(claims, rules, now);
            return fault == null ? verified(claims) : new IdTokenResult.Unverified(fault);
        } catch (ParseException | JOSEException | RuntimeException e) {
            // The parser throws unchecked exceptions for some malformed tokens; all of them quote the token.
            return new IdTokenResult.Unverified("it or the server's keys cannot be read");
        }
    }

    /** Whether one of the server's keys has signed it; false also when either cannot be read. */
    public static boolean isSigned(Secret idToken, String jwks) {
        try {
            return isSigned(SignedJWT.parse(idToken.reveal()), JWKSet.parse(jwks));
        } catch (ParseException | JOSEException | RuntimeException e) {
            return false;
        }
    }

    /** Never a symmetric one: its key would be the client secret, and a public client has none. */
    private static boolean isAllowed(JWSAlgorithm algorithm, IdTokenRules rules) {
        return JWSAlgorithm.Family.SIGNATURE.contains(algorithm)
                && (rules.algorithms().isEmpty() || rules.algorithms().contains(algorithm.getName()));
    }

    private static boolean isSigned(SignedJWT jwt, JWKSet keys) throws JOSEException {
        JWSHeader header = jwt.getHeader();
        List<JWK> fitting = new JWKSelector(JWKMatcher.forJWSHeader(header)).select(keys);
        for (JWK key : fitting) {
            if (key instanceof AsymmetricJWK asymmetric) {
                JWSVerifier verifier =
                        new DefaultJWSVerifierFactory().createJWSVerifier(header, asymmetric.toPublicKey());
                if (jwt.verify(verifier)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static @Nullable String fault(JWTClaimsSet claims, IdTokenRules rules, Instant now) throws ParseException {
        if (!rules.issuer().equals(claims.getIssuer())) {
            return "it was issued by somebody else";
        }
        List<String> audience = claims.getAudience();
        String party = claims.getStringClaim("azp");
        if (!audience.contains(rules.clientId())
                || (party != null && !party.equals(rules.clientId()))
                || (party == null && audience.size() > 1)) {
            return "it is meant for another client";
        }
        Date end = claims.getExpirationTime();
        if (end == null || !now.isBefore(end.toInstant().plus(rules.leeway()))) {
            return "it is too old";
        }
        if (isLater(claims.getIssueTime(), rules, now) || isLater(claims.getNotBeforeTime(), rules, now)) {
            return "it is from the future; one of the two clocks is wrong";
        }
        Secret nonce = rules.nonce();
        String answered = claims.getStringClaim("nonce");
        if (nonce != null && (answered == null || !nonce.equals(Secret.of(answered)))) {
            return "it does not belong to this login";
        }
        String subject = claims.getSubject();
        return subject == null || subject.isBlank() || !Cleaned.isClean(subject) ? "it names nobody" : null;
    }

    private static boolean isLater(@Nullable Date date, IdTokenRules rules, Instant now) {
        return date != null && date.toInstant().isAfter(now.plus(rules.leeway()));
    }

    private static IdTokenResult verified(JWTClaimsSet claims) {
        for (String name : List.of("preferred_username", "email", "name")) {
            if (claims.getClaim(name) instanceof String text
                    && !Cleaned.text(text).isEmpty()) {
                return new IdTokenResult.Verified(claims.getSubject(), Cleaned.text(text));
            }
        }
        return new IdTokenResult.Verified(claims.getSubject(), null);
    }

    /**
     * What an id token says of itself, as if it could be believed: its signature is not checked. Good for comparing one
     * login with another, never for letting anybody in.
     */
    public static IdTokenResult claimed(Secret idToken) {
        try {
            JWTClaimsSet claims = SignedJWT.parse(idToken.reveal()).getJWTClaimsSet();
            return claims.getSubject() == null ? new IdTokenResult.Unverified("it names nobody") : verified(claims);
        } catch (ParseException | RuntimeException e) {
            return new IdTokenResult.Unverified("it cannot be read");
        }
    }
}
