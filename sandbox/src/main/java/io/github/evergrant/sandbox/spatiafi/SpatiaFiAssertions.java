package io.github.evergrant.sandbox.spatiafi;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.evergrant.sandbox.token.Client;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Believes a client's signed statement, or says why not (RFC 7523 section 3). Each one works once. Safe for all threads.
 *
 * <p>Stricter than anybody has seen the service be, so that what is sloppy is found out here.
 */
final class SpatiaFiAssertions {

    static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration SKEW = Duration.ofMinutes(1);
    private static final int SWEEP_EVERY = 1024;

    private final String audience;
    private final SpatiaFiPeople people;
    private final InstantSource clock;
    private final Map<String, Instant> used = new ConcurrentHashMap<>();

    /** @param audience the address of the token endpoint */
    SpatiaFiAssertions(String audience, SpatiaFiPeople people, InstantSource clock) {
        this.audience = audience;
        this.people = people;
        this.clock = clock;
    }

    /** Whose the assertion is. */
    SpatiaFiSeed.Credentials holder(String assertion) {
        try {
            SignedJWT jwt = SignedJWT.parse(assertion);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            SpatiaFiSeed.Credentials holder = people.byId(Objects.requireNonNullElse(claims.getIssuer(), ""))
                    .orElseThrow(() -> SpatiaFiReplies.unauthorized("Unauthorized"));
            String wrong = wrong(jwt, claims, holder.client());
            if (wrong != null) {
                throw SpatiaFiReplies.unauthorized("Unauthorized: the assertion " + wrong);
            }
            return holder;
        } catch (ParseException e) {
            throw SpatiaFiReplies.unauthorized("Unauthorized: the assertion is no signed JWT");
        }
    }

    void clear() {
        used.clear();
    }

    /** What is wrong; absent when nothing is. Its id is used up only by one that is right otherwise. */
    private @Nullable String wrong(SignedJWT jwt, JWTClaimsSet claims, Client client) {
        Instant now = clock.instant();
        Instant issued = instant(claims.getIssueTime());
        Instant end = instant(claims.getExpirationTime());
        String id = Objects.requireNonNullElse(claims.getJWTID(), "");
        if (!"HS256".equals(jwt.getHeader().getAlgorithm().getName())) {
            return "is not signed by HS256";
        }
        if (!isSignedBy(jwt, client)) {
            return "is signed with another secret";
        }
        if (!client.id().equals(claims.getSubject())) {
            return "is about another client";
        }
        if (!claims.getAudience().equals(List.of(audience))) {
            return "is for another audience than " + audience;
        }
        if (issued == null || issued.isAfter(now.plus(SKEW))) {
            return "is of the future";
        }
        if (end == null || !now.isBefore(end)) {
            return "has ended";
        }
        if (end.isAfter(issued.plus(LONGEST))) {
            return "is good for too long";
        }
        return id.isEmpty() || !isNew(id, end, now) ? "has no id of its own" : null;
    }

    private boolean isNew(String id, Instant end, Instant now) {
        if (used.size() % SWEEP_EVERY == SWEEP_EVERY - 1) {
            used.values().removeIf(past -> !now.isBefore(past));
        }
        return used.putIfAbsent(id, end) == null;
    }

    /** With the text of the secret as it is, however short: Nimbus would not take a short one. */
    private static boolean isSignedBy(SignedJWT jwt, Client client) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            byte[] key = Objects.requireNonNull(client.secret()).getBytes(StandardCharsets.UTF_8);
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return MessageDigest.isEqual(
                    mac.doFinal(jwt.getSigningInput()), jwt.getSignature().decode());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC", e);
        }
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
