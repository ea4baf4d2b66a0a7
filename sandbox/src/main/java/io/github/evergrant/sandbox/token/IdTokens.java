package io.github.evergrant.sandbox.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Signs id tokens with RS512 and an RSA key of its own, made when it is first needed: most uses of a sandbox never do,
 * and making it takes longer than starting the server. Safe for all threads.
 */
public final class IdTokens {

    private final Randomness random;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable RSAKey key;

    public IdTokens(Randomness random) {
        this.random = random;
    }

    /** The signed id token with these claims. */
    public String sign(JWTClaimsSet claims) {
        try {
            RSAKey signer = key();
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS512)
                    .keyID(signer.getKeyID())
                    .build();
            SignedJWT jwt = new SignedJWT(header, claims);
            jwt.sign(new RSASSASigner(signer));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("an id token could not be signed", e);
        }
    }

    /** The {@code at_hash} that belongs beside this access token: the left half of its SHA-512. */
    public static String accessTokenHash(String accessToken) {
        byte[] hash = Digest.of("SHA-512", accessToken.getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, hash.length / 2));
    }

    /** The public key as a JWK set, in JSON. */
    public String jwks() {
        return new JWKSet(key().toPublicJWK()).toString();
    }

    private RSAKey key() {
        lock.lock();
        try {
            RSAKey made = key;
            if (made == null) {
                made = new RSAKeyGenerator(2048)
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(JWSAlgorithm.RS512)
                        .keyIDFromThumbprint(true)
                        .secureRandom(random.keys())
                        .generate();
                key = made;
            }
            return made;
        } catch (JOSEException e) {
            throw new IllegalStateException("no RSA key could be made", e);
        } finally {
            lock.unlock();
        }
    }
}
