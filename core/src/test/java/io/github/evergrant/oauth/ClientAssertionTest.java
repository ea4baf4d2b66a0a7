package io.github.evergrant.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.http.HttpCall;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a client that signs with its secret sends, beside what the reference signed: docs/protocols/spatiafi.md section 5. */
final class ClientAssertionTest {

    private static final URI TOKEN = URI.create("https://auth.spatiafi.com/api/v1/auth/jwt/token");
    private static final Client SIGNING = Client.signing("id", Secret.of("s"));
    private static final String TYPE =
            "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer";

    @Test
    @DisplayName("spatiafi 28, spatiafi 30: an assertion is the reference's, byte for byte, whatever the secret")
    void an_assertion_is_the_references_byte_for_byte() {
        List<Golden> older = vectors("1.2.0");
        List<Golden> newer = vectors("1.8.0");
        assertThat(older).hasSize(3);
        for (int i = 0; i < older.size(); i++) {
            Golden vector = older.get(i);
            Client client = Client.signing(
                    vector.at("client_id").text(),
                    Secret.of(vector.at("client_secret").text()));

            String ours = ClientAssertion.of(
                    client,
                    TOKEN,
                    Instant.ofEpochMilli(1_700_000_000_900L),
                    vector.at("jti").text());

            // The members of its header have no order; all else has one.
            assertThat(ours)
                    .isIn(vector.at("jwt").text(), newer.get(i).at("jwt").text());
        }
    }

    @Test
    @DisplayName("spatiafi 29: it is the client's own, for the endpoint, for an hour, and never the same twice")
    void it_is_for_the_endpoint_for_an_hour_and_new() throws Exception {
        Map<String, @Nullable Object> first = claims(ClientAssertion.of(SIGNING, TOKEN));
        Map<String, @Nullable Object> second = claims(ClientAssertion.of(SIGNING, TOKEN));

        assertThat(first.keySet()).containsExactly("iss", "aud", "sub", "iat", "exp", "jti");
        assertThat(first).containsEntry("iss", "id").containsEntry("sub", "id").containsEntry("aud", TOKEN.toString());
        long issued = number(first, "iat");
        assertThat(Duration.ofSeconds(number(first, "exp") - issued)).isEqualTo(Duration.ofHours(1));
        assertThat(Instant.ofEpochSecond(issued)).isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(String.valueOf(first.get("jti")))
                .matches("[A-Za-z0-9]{36}")
                .isNotEqualTo(String.valueOf(second.get("jti")));
    }

    @Test
    @DisplayName("spatiafi 27: a token request has three parameters in order, a charset, and no header of the client's")
    void a_token_request_has_three_parameters_in_order() {
        HttpCall call = OAuthRequests.clientCredentials(TOKEN, SIGNING, Scopes.NONE);

        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.uri()).isEqualTo(TOKEN);
        assertThat(call.headers())
                .containsOnly(
                        Map.entry("Accept", "application/json"),
                        Map.entry("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8"));
        assertThat(text(call))
                .matches("grant_type=client_credentials&" + TYPE + "&client_assertion=[\\w-]+\\.[\\w-]+\\.[\\w-]+");
    }

    @Test
    void other_requests_are_signed_too_and_none_names_the_secret() {
        Client client = Client.signing("id", Secret.of("a secret of thirty-two bytes, or so"));
        Secret token = Secret.of("T");
        List<HttpCall> calls = List.of(
                OAuthRequests.refresh(TOKEN, client, token, Scopes.of("a", "b")),
                OAuthRequests.revoke(TOKEN, client, token),
                OAuthRequests.introspect(TOKEN, client, token, Map.of("include", "x")));

        assertThat(calls)
                .allSatisfy(call -> assertThat(text(call))
                        .contains("token=T", TYPE, "&client_assertion=")
                        .doesNotContain("client_id", "thirty"));
        assertThat(calls).allSatisfy(call -> assertThat(call.headers()).doesNotContainKey("Authorization"));
        assertThat(text(calls.get(0))).contains("grant_type=refresh_token", "scope=a+b");
        assertThat(text(calls.get(2))).contains("include=x");
    }

    private static List<Golden> vectors(String authlib) {
        return Golden.read("spatiafi/client-assertion-authlib-" + authlib + ".json")
                .at("vectors")
                .items();
    }

    private static Map<String, @Nullable Object> claims(String assertion) throws HostileJson.Malformed {
        String payload = assertion.split("\\.", -1)[1];
        return HostileJson.read(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8))
                .object();
    }

    private static long number(Map<String, @Nullable Object> claims, String name) {
        return claims.get(name) instanceof Number number ? number.longValue() : -1;
    }

    private static String text(HttpCall call) {
        return new String(call.body(), StandardCharsets.UTF_8);
    }
}
