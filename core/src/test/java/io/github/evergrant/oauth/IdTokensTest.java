package io.github.evergrant.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.github.evergrant.token.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IdTokensTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final IdTokenRules RULES =
            new IdTokenRules("https://issuer.example", "client", Secret.of("nonce-1"), Set.of("ES256"));
    private static final ECKey KEY = key("k1");
    private static final ECKey OTHER = key("k2");

    @Test
    @DisplayName("44: a sound id token says who logged in")
    void a_sound_token_says_who_logged_in() throws Exception {
        assertThat(verify(claims())).isEqualTo(new IdTokenResult.Verified("subject-1", "ada@example.org"));
    }

    @Test
    void a_captured_token_is_verified_with_the_captured_key() {
        String idToken = json(Golden.exchanges("native_authorization_code_exchange")
                        .get(0))
                .at("id_token")
                .text();
        String jwks = Written.json(
                json(Golden.exchanges("openid_configuration_and_jwk").get(1)).value());
        IdTokenRules rules = new IdTokenRules(
                "https://auth.globus.org", "61338d24-54d5-408f-a10d-66c06b59f6d2", null, Set.of("RS512"));

        assertThat(IdTokens.verify(Secret.of(idToken), rules, jwks, NOW))
                .isEqualTo(new IdTokenResult.Verified("11111111-2222-4333-8444-555555555555", "tester@example.org"));
    }

    @ParameterizedTest
    @CsvSource({"0, true", "-299, true", "-300, false", "3600, true"})
    @DisplayName("46: the end of an id token has a leeway of five minutes")
    void the_end_has_a_leeway_of_five_minutes(long secondsLeft, boolean good) throws Exception {
        assertThat(isVerified(claims().expirationTime(Date.from(NOW.plusSeconds(secondsLeft)))))
                .isEqualTo(good);
    }

    @Test
    @DisplayName("46: the leeway can be set")
    void the_leeway_can_be_set() throws Exception {
        Secret ended = signed(claims().expirationTime(Date.from(NOW.minusSeconds(400))), KEY, "k1");
        for (int seconds : new int[] {0, 300, 400, 401}) {
            IdTokenRules rules = new IdTokenRules(
                    RULES.issuer(), RULES.clientId(), RULES.nonce(), RULES.algorithms(), Duration.ofSeconds(seconds));
            assertThat(IdTokens.verify(ended, rules, keys(KEY), NOW) instanceof IdTokenResult.Verified)
                    .as("%d seconds", seconds)
                    .isEqualTo(seconds == 401);
        }
    }

    @ParameterizedTest
    @CsvSource({"300, true", "301, false"})
    void a_token_from_the_future_is_not_believed(long secondsAhead, boolean good) throws Exception {
        assertThat(isVerified(claims().issueTime(Date.from(NOW.plusSeconds(secondsAhead)))))
                .isEqualTo(good);
        assertThat(isVerified(claims().notBeforeTime(Date.from(NOW.plusSeconds(secondsAhead)))))
                .isEqualTo(good);
    }

    @Test
    @DisplayName("W19: issuer, audience, party, nonce, end and subject must fit")
    void issuer_audience_party_nonce_end_and_subject_must_fit() throws Exception {
        assertThat(isVerified(claims().issuer("https://issuer.example/"))).isFalse();
        assertThat(isVerified(claims().issuer(null))).isFalse();
        assertThat(isVerified(claims().audience("other"))).isFalse();
        assertThat(isVerified(claims().audience(List.of("client", "other")))).isFalse();
        assertThat(isVerified(claims().audience(List.of("client", "other")).claim("azp", "client")))
                .isTrue();
        assertThat(isVerified(claims().claim("azp", "other"))).isFalse();
        assertThat(isVerified(claims().claim("azp", 7))).isFalse();
        assertThat(isVerified(claims().claim("nonce", "nonce-2"))).isFalse();
        assertThat(isVerified(claims().claim("nonce", null))).isFalse();
        assertThat(isVerified(claims().expirationTime(null))).isFalse();
        assertThat(isVerified(claims().subject(null))).isFalse();
        assertThat(isVerified(claims().subject("a\u001b[2Jb"))).isFalse();
    }

    @Test
    void a_username_is_cleaned_and_may_be_missing() throws Exception {
        assertThat(verify(claims().claim("preferred_username", "a\u001b[2J\u202eb")))
                .isEqualTo(new IdTokenResult.Verified("subject-1", "a[2Jb"));
        assertThat(verify(claims().claim("preferred_username", 7).claim("email", "\u0007")))
                .isEqualTo(new IdTokenResult.Verified("subject-1", null));
    }

    @Test
    @DisplayName("W19: the key is found by its id among several")
    void the_key_is_found_by_its_id_among_several() throws Exception {
        Secret token = signed(claims(), KEY, "k1");

        assertThat(verify(token, keys(OTHER, KEY))).isInstanceOf(IdTokenResult.Verified.class);
        assertThat(verify(token, keys(OTHER))).isInstanceOf(IdTokenResult.Unverified.class);
        assertThat(verify(signed(claims(), KEY, "k2"), keys(OTHER, KEY))).isInstanceOf(IdTokenResult.Unverified.class);
        assertThat(verify(signed(claims(), KEY, null), keys(OTHER, KEY))).isInstanceOf(IdTokenResult.Verified.class);
    }

    @Test
    void another_way_of_signing_is_not_believed() throws Exception {
        byte[] publicKey = KEY.toPublicJWK().toJSONString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Secret symmetric = signed(claims(), new MACSigner(publicKey), JWSAlgorithm.HS256, null);
        Secret none = Secret.of(new PlainJWT(claims().build()).serialize());
        IdTokenRules anything = new IdTokenRules(RULES.issuer(), RULES.clientId(), RULES.nonce(), Set.of());
        IdTokenRules onlyRsa = new IdTokenRules(RULES.issuer(), RULES.clientId(), RULES.nonce(), Set.of("RS256"));

        assertThat(IdTokens.verify(symmetric, anything, keys(KEY), NOW)).isInstanceOf(IdTokenResult.Unverified.class);
        assertThat(IdTokens.verify(none, anything, keys(KEY), NOW)).isInstanceOf(IdTokenResult.Unverified.class);
        assertThat(IdTokens.verify(signed(claims(), KEY, "k1"), onlyRsa, keys(KEY), NOW))
                .isInstanceOf(IdTokenResult.Unverified.class);
        assertThat(IdTokens.verify(signed(claims(), KEY, "k1"), anything, keys(KEY), NOW))
                .isInstanceOf(IdTokenResult.Verified.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "canary", "canary.canary.canary", "..", "{}", "e30.e30.e30", "eyJhbGciOiJFUzI1NiJ9.e30."})
    void garbage_is_not_believed_and_not_quoted(String token) {
        for (String jwks : new String[] {keys(KEY), "", "{}", "[]", "canary", "{\"keys\":[{\"kty\":\"canary\"}]}"}) {
            IdTokenResult result = IdTokens.verify(Secret.of(token), RULES, jwks, NOW);

            assertThat(result).isInstanceOf(IdTokenResult.Unverified.class);
            assertThat(result.toString()).doesNotContain("canary");
        }
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("https://issuer.example")
                .audience("client")
                .subject("subject-1")
                .claim("nonce", "nonce-1")
                .claim("preferred_username", "ada@example.org")
                .issueTime(Date.from(NOW))
                .expirationTime(Date.from(NOW.plusSeconds(3600)));
    }

    private static boolean isVerified(JWTClaimsSet.Builder claims) throws Exception {
        return verify(claims) instanceof IdTokenResult.Verified;
    }

    private static IdTokenResult verify(JWTClaimsSet.Builder claims) throws Exception {
        return verify(signed(claims, KEY, "k1"), keys(KEY));
    }

    private static IdTokenResult verify(Secret token, String jwks) {
        return IdTokens.verify(token, RULES, jwks, NOW);
    }

    private static Secret signed(JWTClaimsSet.Builder claims, ECKey key, @Nullable String kid) throws Exception {
        return signed(claims, new ECDSASigner(key), JWSAlgorithm.ES256, kid);
    }

    private static Secret signed(
            JWTClaimsSet.Builder claims, JWSSigner signer, JWSAlgorithm algorithm, @Nullable String kid)
            throws Exception {
        SignedJWT jwt =
                new SignedJWT(new JWSHeader.Builder(algorithm).keyID(kid).build(), claims.build());
        jwt.sign(signer);
        return Secret.of(jwt.serialize());
    }

    private static String keys(ECKey... keys) {
        return new JWKSet(List.of(keys)).toString();
    }

    private static ECKey key(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static Golden json(Golden exchange) {
        return exchange.at("response").at("json");
    }
}
