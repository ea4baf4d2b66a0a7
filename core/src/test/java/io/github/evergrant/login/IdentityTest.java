package io.github.evergrant.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.storage.memory.MemoryTokenStorage;
import io.github.evergrant.token.TokenData;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who logged in, by the id token of the reply. */
final class IdentityTest {

    private static final String METADATA = "{\"issuer\":\"https://issuer.example\","
            + "\"authorization_endpoint\":\"https://issuer.example/authorize\","
            + "\"token_endpoint\":\"https://issuer.example/token\",\"jwks_uri\":\"JWKS\","
            + "\"response_types_supported\":[\"code\"],\"subject_types_supported\":[\"public\"],"
            + "\"id_token_signing_alg_values_supported\":[\"ES256\"]}";

    private final LoginFixture fixture = new LoginFixture();
    private final ECKey key = key();
    private final PasteLogin login = PasteLogin.start(LoginFixture.request(LoginFixture.CONFIDENTIAL), fixture.wire);
    private final String nonce =
            LoginFixture.form(login.authorizationUrl().getRawQuery()).getOrDefault("nonce", "");

    @Test
    @DisplayName("44: a verified id token names the account on every resource server")
    void a_verified_id_token_names_the_account_on_every_resource_server() {
        answerTokens(nonce);
        fixture.sender
                .reply(200, METADATA.replace("JWKS", "https://keys.example/jwk"))
                .reply(200, new JWKSet(key).toString());

        LoginResult result = login.finish("code");

        assertThat(result.account()).isEqualTo(new Account("ada@example.org", "subject-1"));
        assertThat(result.response().byResourceServer().values())
                .hasSize(2)
                .extracting(TokenData::identityId)
                .containsOnly("subject-1");
        assertThat(result.response().oddities()).isEmpty();
    }

    /** Python sends the client secret to whatever address the metadata names. */
    @Test
    @DisplayName("W18: neither metadata nor keys are asked for with credentials, whatever their address")
    void neither_metadata_nor_keys_are_asked_for_with_credentials() {
        answerTokens(nonce);
        fixture.sender
                .reply(200, METADATA.replace("JWKS", "https://keys.example/jwk"))
                .reply(200, new JWKSet(key).toString());

        login.finish("code");

        assertThat(fixture.sender.calls()).hasSize(3);
        assertThat(fixture.sender.calls().get(0).headers()).containsKey("Authorization");
        for (int call = 1; call <= 2; call++) {
            assertThat(fixture.sender.calls().get(call).method()).isEqualTo("GET");
            assertThat(fixture.sender.calls().get(call).headers()).containsOnlyKeys("Accept");
            assertThat(fixture.sender.calls().get(call).uri().getRawQuery()).isNull();
        }
    }

    @Test
    @DisplayName("45, W26: tokens are kept without an identity whatever is wrong with the id token, which is noted")
    void tokens_are_kept_whatever_is_wrong_with_the_id_token() {
        List<Runnable> troubles = List.of(
                () -> fixture.sender.fail(false),
                () -> fixture.sender.reply(404, ""),
                () -> fixture.sender.reply(200, "<html>"),
                () -> fixture.sender.reply(200, METADATA.replace("JWKS", "http://evil.example/jwk")),
                () -> fixture.sender
                        .reply(200, METADATA.replace("JWKS", "https://keys.example/jwk"))
                        .fail(true),
                () -> fixture.sender
                        .reply(200, METADATA.replace("JWKS", "https://keys.example/jwk"))
                        .reply(200, "{\"keys\":[]}"),
                () -> fixture.sender
                        .reply(200, METADATA.replace("JWKS", "https://keys.example/jwk"))
                        .reply(200, new JWKSet(key()).toString()));
        for (Runnable trouble : troubles) {
            answerTokens(nonce);
            trouble.run();

            assertKeptWithoutIdentity(login.finish("code"));
        }
        answerTokens("another login's nonce");
        fixture.sender
                .reply(200, METADATA.replace("JWKS", "https://keys.example/jwk"))
                .reply(200, new JWKSet(key).toString());
        assertKeptWithoutIdentity(login.finish("code"));
    }

    @Test
    @DisplayName(
            "46: what an id token is checked with is fetched once, and again when the server signs with another key")
    void fetchedOnce() {
        answerTokens(nonce);
        fixture.sender
                .reply(200, METADATA.replace("JWKS", "https://keys.example/jwk"))
                .reply(200, new JWKSet(key).toString());
        login.finish("code");
        assertThat(fixture.sender.calls()).hasSize(3);

        assertThat(again(key, fixture.wire).account().identityId()).isEqualTo("subject-1");
        assertThat(fixture.sender.calls()).hasSize(4);

        ECKey other = key();
        assertThat(again(
                                other,
                                fixture.wire,
                                METADATA.replace("JWKS", "https://keys.example/other"),
                                new JWKSet(other).toString())
                        .account()
                        .identityId())
                .isEqualTo("subject-1");
        assertThat(fixture.sender.calls().subList(4, 7))
                .extracting(call -> call.uri().getPath())
                .containsExactly("/token", "/.well-known/openid-configuration", "/other");
        again(other, fixture.wire);
        assertThat(fixture.sender.calls()).hasSize(8);
    }

    @Test
    @DisplayName("46: keys are not kept for ever, nor those that signed nothing")
    void notForEver() {
        AtomicReference<Instant> now = new AtomicReference<>(LoginFixture.NOW);
        Wire wire = new Wire(fixture.sender, now::get, new Issuers(Duration.ofDays(3)));
        String metadata = METADATA.replace("JWKS", "https://keys.example/jwk");
        again(key, wire, metadata, "{\"keys\":[]}");
        again(key, wire, metadata, new JWKSet(key).toString());
        again(key, wire);
        assertThat(fixture.sender.calls()).hasSize(7);

        now.set(LoginFixture.NOW.plus(Duration.ofHours(25)));
        // The token itself ended a day ago, which this leeway allows.
        assertThat(again(key, wire, metadata, new JWKSet(key).toString())
                        .account()
                        .identityId())
                .isEqualTo("subject-1");
        assertThat(fixture.sender.calls()).hasSize(10);
        now.set(LoginFixture.NOW.plus(Duration.ofDays(3)).plusSeconds(60));
        assertThat(again(key, wire, metadata, new JWKSet(key).toString()).account())
                .isEqualTo(Account.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"599, subject-1", "600,"})
    @DisplayName("46: the leeway that a door is given is that of its logins")
    void a_doors_leeway_is_that_of_its_logins(int seconds, @Nullable String identity) {
        // The token ends a minute after it was signed.
        Instant now = LoginFixture.NOW.plusSeconds(60 + seconds);
        EvergrantSettings settings =
                EvergrantSettings.defaults().withClock(InstantSource.fixed(now)).withLeeway(Duration.ofMinutes(10));
        try (Evergrant door = Evergrant.open(MemoryTokenStorage.create(), fixture.sender, settings)) {
            String metadata = METADATA.replace("JWKS", "https://keys.example/jwk");

            LoginResult result = again(key, door.wire(), metadata, new JWKSet(key).toString());

            assertThat(result.account().identityId()).isEqualTo(identity);
        }
    }

    /** Another login, whose id token this key signs; then come these replies. */
    private LoginResult again(ECKey signer, Wire wire, String... replies) {
        PasteLogin next = PasteLogin.start(LoginFixture.request(LoginFixture.CONFIDENTIAL), wire);
        answerTokens(LoginFixture.form(next.authorizationUrl().getRawQuery()).getOrDefault("nonce", ""), signer);
        for (String reply : replies) {
            fixture.sender.reply(200, reply);
        }
        return next.finish("code");
    }

    @Test
    void where_the_reply_does_not_say_who_came_the_provider_is_asked() {
        fixture.sender
                .reply(200, "{\"access_token\":\"A\",\"scope\":\"openid\"}")
                .reply(200, "{\"sub\":\"subject-1\",\"preferred_username\":\"ada@example.org\"}");
        LoginResult nobody = login.finish("code");
        assertThat(nobody.account()).isEqualTo(Account.UNKNOWN);

        LoginResult known = WhoAmI.identify(nobody, fixture.wire);

        assertThat(known.account()).isEqualTo(new Account("ada@example.org", "subject-1"));
        assertThat(known.response()).isEqualTo(nobody.response());
        assertThat(fixture.sender.calls().get(1).headers()).containsEntry("Authorization", "Bearer A");
        // It is known now, and nobody is asked again; nor is it a failure when the provider does not say.
        assertThat(WhoAmI.identify(known, fixture.wire)).isSameAs(known);
        fixture.sender.fail(false);
        assertThat(WhoAmI.identify(nobody, fixture.wire)).isSameAs(nobody);
    }

    private static void assertKeptWithoutIdentity(LoginResult result) {
        assertThat(result.account()).isEqualTo(Account.UNKNOWN);
        assertThat(result.response().byResourceServer().values())
                .extracting(TokenData::identityId)
                .containsOnlyNulls();
        assertThat(result.response().oddities()).hasSize(1).allMatch(it -> it.startsWith("the id token is not"));
    }

    private void answerTokens(String answeredNonce) {
        answerTokens(answeredNonce, key);
    }

    private void answerTokens(String answeredNonce, ECKey signer) {
        fixture.sender.reply(
                200,
                "{\"access_token\":\"A\",\"id_token\":\"" + idToken(answeredNonce, signer)
                        + "\",\"other_tokens\":[{\"access_token\":\"B\",\"resource_server\":\"rs2\"}]}");
    }

    private static String idToken(String answeredNonce, ECKey signer) {
        try {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k").build(),
                    new JWTClaimsSet.Builder()
                            .issuer("https://issuer.example")
                            .audience("client")
                            .subject("subject-1")
                            .claim("preferred_username", "ada@example.org")
                            .claim("nonce", answeredNonce)
                            .expirationTime(Date.from(LoginFixture.NOW.plusSeconds(60)))
                            .build());
            jwt.sign(new ECDSASigner(signer));
            return jwt.serialize();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("k").generate();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
