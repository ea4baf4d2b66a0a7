package io.github.evergrant.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Statement 60: our addresses beside those of globus_sdk. */
final class AuthorizationUrlTest {

    private static final Golden GOLDEN = Golden.read("globus/http/authorize_urls.json");
    private static final URI BASE = URI.create("http://127.0.0.1:18765/");
    private static final URI ENDPOINT = BASE.resolve("v2/oauth2/authorize");
    private static final Pkce PKCE = new Pkce(Secret.of(GOLDEN.at("verifier").text()));
    private static final Client NATIVE = Client.open("61338d24-54d5-408f-a10d-66c06b59f6d2");

    @Test
    @DisplayName("60: a native client asks as captured")
    void a_native_client_asks_as_captured() {
        AuthorizationUrl url = new AuthorizationUrl(
                ENDPOINT,
                NATIVE,
                BASE.resolve("v2/web/auth-code"),
                Scopes.of("openid"),
                Secret.of("_default"),
                PKCE,
                null,
                Map.of("access_type", "online"));

        assertThat(query(url.uri())).isEqualTo(query(golden("native_minimal")));
        assertThat(url.uri().toString()).startsWith(ENDPOINT + "?");
    }

    @Test
    void all_further_parameters_arrive_as_captured() {
        AuthorizationUrl url = new AuthorizationUrl(
                ENDPOINT,
                NATIVE,
                BASE.resolve("v2/web/auth-code"),
                Scopes.of(
                        "openid",
                        "urn:globus:auth:scope:transfer.api.globus.org:all"
                                + "[*https://auth.globus.org/scopes/6c54cade-bde5-45c1-bdea-f4bd71dba2cc/data_access]"),
                Secret.of("abc 123"),
                PKCE,
                null,
                Map.of(
                        "access_type", "offline",
                        "prefill_named_grant", "My App on host",
                        "session_required_identities", "id1,id2",
                        "session_required_single_domain", "example.org",
                        "session_required_policies", "p1,p2",
                        "session_required_mfa", "True",
                        "session_message", "hello & welcome",
                        "prompt", "login",
                        "extra", "1"));

        assertThat(query(url.uri())).isEqualTo(query(golden("native_offline_all_session_params")));
    }

    @Test
    void a_confidential_client_asks_as_captured_but_with_pkce() {
        AuthorizationUrl url = new AuthorizationUrl(
                ENDPOINT,
                Client.confidential("aaaaaaaa-0000-4000-8000-000000000001", Secret.of("canary")),
                URI.create("https://example.org/cb?x=1"),
                Scopes.of("urn:globus:auth:scope:groups.api.globus.org:view_my_groups_and_memberships"),
                Secret.of("s"),
                null,
                null,
                Map.of("access_type", "offline", "session_required_mfa", "False"));

        assertThat(query(url.uri())).isEqualTo(query(golden("confidential_offline")));
        assertThat(url.toString() + url.uri()).doesNotContain("canary");
    }

    @Test
    void a_nonce_is_sent_and_the_query_of_the_endpoint_is_kept() {
        AuthorizationUrl url = new AuthorizationUrl(
                URI.create("https://example.org/authorize?tenant=a"),
                NATIVE,
                URI.create("http://127.0.0.1:1/cb"),
                Scopes.NONE,
                Secret.of("st"),
                null,
                Secret.of("no"),
                Map.of());

        assertThat(query(url.uri()))
                .containsEntry("nonce", "no")
                .containsEntry("tenant", "a")
                .doesNotContainKeys("scope", "code_challenge");
    }

    @Test
    void a_further_parameter_never_replaces_one_of_ours() {
        for (String name : new String[] {"state", "client_id", "redirect_uri", "code_challenge", "response_type"}) {
            AuthorizationUrl url = new AuthorizationUrl(
                    ENDPOINT, NATIVE, BASE, Scopes.NONE, Secret.of("st"), PKCE, null, Map.of(name, "x"));

            assertThatThrownBy(url::uri)
                    .isInstanceOfSatisfying(
                            InvalidInput.class, e -> assertThat(e.code()).isEqualTo("reserved_parameter"));
        }
    }

    private static URI golden(String name) {
        return URI.create(GOLDEN.at("urls").at(name).text());
    }

    private static Map<String, String> query(URI uri) {
        return OAuthRequestsTest.form(uri.getRawQuery());
    }
}
