package io.github.evergrant.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signed statement by which a client proves that it knows its secret (RFC 7523 sections 2.2 and 3).
 *
 * <p>As docs/protocols/spatiafi.md section 5.2 has it: HS256, the key is the secret's UTF-8 text, and it is good for an hour.
 */
final class ClientAssertion {

    private static final Logger LOG = LoggerFactory.getLogger(ClientAssertion.class);

    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID_LENGTH = 36;
    /** In bytes (RFC 7518 section 3.2). */
    private static final int SHORTEST_KEY = 32;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    private ClientAssertion() {}

    /** A new one, for one request. */
    static String of(Client client, URI audience) {
        return of(client, audience, Instant.now(), newId());
    }

    /**
     * The one with that id.
     *
     * @param now when it begins, to the second
     */
    static String of(Client client, URI audience, Instant now, String id) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", client.id());
        claims.put("aud", audience.toString());
        claims.put("sub", client.id());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(LIFETIME).getEpochSecond());
        claims.put("jti", id);
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(JOSEObjectType.JWT)
                .build();
        // As text: from a map Nimbus would write the claims in an order of its own.
        JWSObject assertion = new JWSObject(header, new Payload(JSONObjectUtils.toJSONString(claims)));
        try {
            assertion.sign(new MACSigner(key(client)));
        } catch (JOSEException e) {
            throw new IllegalStateException("a client assertion could not be signed", e);
        }
        return assertion.serialize();
    }

    /** HMAC fills a key with zeros itself (RFC 2104 section 2); filled by us, Nimbus takes one that is too short, too. */
    private static byte[] key(Client client) {
        Secret secret = client.secret();
        if (secret == null) {
            throw new IllegalArgumentException("a public client proves nothing");
        }
        byte[] key = secret.reveal().getBytes(StandardCharsets.UTF_8);
        if (key.length >= SHORTEST_KEY) {
            return key;
        }
        if (WARNED.add(client.id())) {
            LOG.warn(
                    "the secret of the client {} is short: HS256 wants {} bytes at least, and it has {}",
                    Cleaned.text(client.id()),
                    SHORTEST_KEY,
                    key.length);
        }
        return Arrays.copyOf(key, SHORTEST_KEY);
    }

    private static String newId() {
        StringBuilder id = new StringBuilder(ID_LENGTH);
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(CHARACTERS.charAt(RANDOM.nextInt(CHARACTERS.length())));
        }
        return id.toString();
    }
}
