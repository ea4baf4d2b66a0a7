package io.github.evergrant.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.http.HttpCall;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Our requests beside those of globus_sdk, field by field: statements 62, 63 and 64. */
final class OAuthRequestsTest {

    private static final URI BASE = URI.create("http://127.0.0.1:18765/");
    private static final Client NATIVE = Client.open("61338d24-54d5-408f-a10d-66c06b59f6d2");
    private static final Client CONFIDENTIAL =
            Client.confidential("aaaaaaaa-0000-4000-8000-000000000001", Secret.of("FAKE-SECRET"));
    private static final URI TOKEN = BASE.resolve("v2/oauth2/token");

    @Test
    @DisplayName("62: a native client redeems a code with its id and verifier, and no header")
    void a_native_client_redeems_a_code_with_its_id_and_verifier() {
        Map<String, String> form =
                captured("native_authorization_code_exchange").form();
        assertSame(
                "native_authorization_code_exchange",
                OAuthRequests.authorizationCode(
                        TOKEN,
                        NATIVE,
                        Secret.of(form.getOrDefault("code", "")),
                        BASE.resolve("v2/web/auth-code"),
                        Secret.of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")));
    }

    @Test
    @DisplayName("62: a confidential client redeems a code with a header, and no id")
    void a_confidential_client_redeems_a_code_with_basic() {
        Map<String, String> form =
                captured("confidential_authorization_code_exchange").form();
        assertSame(
                "confidential_authorization_code_exchange",
                OAuthRequests.authorizationCode(
                        TOKEN,
                        CONFIDENTIAL,
                        Secret.of(form.getOrDefault("code", "")),
                        URI.create("https://example.org/cb"),
                        null));
    }

    @Test
    @DisplayName("63: refreshing is the same: a native client names itself, a confidential one proves itself")
    void refreshing_is_the_same() {
        assertSame(
                "native_refresh",
                OAuthRequests.refresh(TOKEN, NATIVE, Secret.of("FAKE-RT-transfer.api.globus.org-0002")));
        assertSame(
                "confidential_refresh",
                OAuthRequests.refresh(TOKEN, CONFIDENTIAL, Secret.of("FAKE-RT-groups.api.globus.org-0003")));
    }

    @Test
    void client_credentials_are_the_same() {
        assertSame(
                "client_credentials",
                OAuthRequests.clientCredentials(
                        TOKEN,
                        CONFIDENTIAL,
                        Scopes.of(
                                "urn:globus:auth:scope:transfer.api.globus.org:all",
                                "urn:globus:auth:scope:search.api.globus.org:search")));
    }

    @Test
    @DisplayName("64: revocation is the same")
    void revocation_is_the_same() {
        URI revoke = BASE.resolve("v2/oauth2/token/revoke");
        assertSame("native_revoke", OAuthRequests.revoke(revoke, NATIVE, Secret.of("FAKE-AT")));
        assertSame("confidential_revoke", OAuthRequests.revoke(revoke, CONFIDENTIAL, Secret.of("FAKE-AT")));
    }

    @Test
    void userinfo_is_the_same() {
        assertSame("userinfo", OAuthRequests.userinfo(BASE.resolve("v2/oauth2/userinfo"), Secret.of("FAKE-AT")));
    }

    @Test
    void introspection_names_the_token_and_proves_the_client() {
        URI introspect = BASE.resolve("v2/oauth2/token/introspect");
        HttpCall call = OAuthRequests.introspect(introspect, CONFIDENTIAL, Secret.of("FAKE-AT"), Map.of());

        assertThat(form(text(call))).isEqualTo(Map.of("token", "FAKE-AT"));
        assertThat(call.headers().get("Authorization"))
                .isEqualTo(captured("introspect").headers().get("Authorization"));
        assertThat(form(text(OAuthRequests.introspect(introspect, NATIVE, Secret.of("FAKE-AT"), Map.of()))))
                .isEqualTo(Map.of("token", "FAKE-AT", "client_id", NATIVE.id()));
    }

    @Test
    void introspection_with_further_parameters_is_the_same() {
        assertSame(
                "introspect",
                OAuthRequests.introspect(
                        BASE.resolve("v2/oauth2/token/introspect"),
                        CONFIDENTIAL,
                        Secret.of("FAKE-AT"),
                        Map.of("include", "session_info")));
    }

    @Test
    void a_grant_that_only_one_server_has_is_the_same() {
        String dependent = "urn:globus:auth:grant_type:dependent_token";
        assertSame(
                "dependent_tokens_defaults",
                OAuthRequests.extension(TOKEN, CONFIDENTIAL, dependent, Map.of("token", "FAKE-USER-TOKEN")));
        assertSame(
                "dependent_tokens_offline_scope",
                OAuthRequests.extension(
                        TOKEN,
                        CONFIDENTIAL,
                        dependent,
                        Map.of(
                                "token",
                                "FAKE-USER-TOKEN",
                                "access_type",
                                "offline",
                                "scope",
                                "urn:globus:auth:scope:groups.api.globus.org:view_my_groups_and_memberships"
                                        + " urn:globus:auth:scope:search.api.globus.org:search")));
    }

    @Test
    void a_native_client_names_itself_in_any_grant() {
        assertThat(form(text(OAuthRequests.extension(TOKEN, NATIVE, "urn:x:y", Map.of("a", "b")))))
                .isEqualTo(Map.of("grant_type", "urn:x:y", "a", "b", "client_id", NATIVE.id()));
    }

    @Test
    void a_client_that_posts_its_secret_has_no_header() {
        Client posting = new Client("id", Secret.of("s&=%"), ClientAuthentication.POST);
        HttpCall call = OAuthRequests.refresh(TOKEN, posting, Secret.of("R +/=&"));

        assertThat(form(text(call)))
                .isEqualTo(Map.of(
                        "client_id", "id",
                        "client_secret", "s&=%",
                        "grant_type", "refresh_token",
                        "refresh_token", "R +/=&"));
        assertThat(call.headers()).doesNotContainKey("Authorization");
    }

    @Test
    void scopes_are_named_again_where_that_is_wanted_and_forms_have_no_charset() {
        HttpCall call = OAuthRequests.refresh(TOKEN, NATIVE, Secret.of("R"), Scopes.of("a", "b"));

        assertThat(form(text(call))).containsEntry("scope", "a b");
        assertThat(call.headers()).containsEntry("Content-Type", "application/x-www-form-urlencoded");
    }

    @Test
    void a_person_proves_themselves_with_name_and_password() {
        HttpCall call = OAuthRequests.password(TOKEN, CONFIDENTIAL, "ada", Secret.of("p &=ä"), Scopes.of("s"));

        assertThat(text(call)).isEqualTo("grant_type=password&username=ada&password=p+%26%3D%C3%A4&scope=s");
        assertThat(call.headers().getOrDefault("Authorization", "")).startsWith("Basic ");
    }

    /** RFC 6749 section 2.3.1: each part is form-encoded before they are joined. */
    @Test
    void basic_encodes_both_parts() {
        HttpCall call = OAuthRequests.refresh(TOKEN, Client.confidential("i:d", Secret.of("s c%")), Secret.of("R"));
        String header = call.headers().getOrDefault("Authorization", "");

        assertThat(new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8))
                .isEqualTo("i%3Ad:s+c%25");
    }

    @Test
    void the_query_of_an_endpoint_is_kept() {
        URI endpoint = URI.create("https://example.org/token?tenant=a%20b");

        assertThat(OAuthRequests.refresh(endpoint, NATIVE, Secret.of("R")).uri())
                .isEqualTo(endpoint);
    }

    private static void assertSame(String name, HttpCall ours) {
        Captured theirs = captured(name);
        assertThat(ours.method()).isEqualTo(theirs.method());
        assertThat(ours.uri()).hasToString("http://127.0.0.1:18765" + theirs.target());
        assertThat(form(text(ours))).isEqualTo(theirs.form());
        assertThat(ours.headers().get("Authorization"))
                .isEqualTo(theirs.headers().get("Authorization"));
        assertThat(ours.headers().get("Accept")).isEqualTo("application/json");
        @Nullable String type = theirs.headers().get("Content-Type");
        if (type == null) {
            assertThat(ours.headers()).doesNotContainKey("Content-Type");
        } else {
            assertThat(ours.headers().get("Content-Type")).startsWith(type);
        }
    }

    private static String text(HttpCall call) {
        return new String(call.body(), StandardCharsets.UTF_8);
    }

    record Captured(String method, String target, Map<String, String> headers, Map<String, String> form) {}

    private static Captured captured(String name) {
        Golden exchange = Golden.exchanges(name).get(0);
        Map<String, String> headers = exchange.at("headers").items().stream()
                .map(Golden::items)
                .collect(
                        Collectors.toMap(it -> it.get(0).text(), it -> it.get(1).text()));
        return new Captured(
                exchange.at("method").text(),
                exchange.at("target").text(),
                headers,
                form(exchange.at("body").text()));
    }

    static Map<String, String> form(String text) {
        return Arrays.stream(text.split("&"))
                .filter(it -> !it.isEmpty())
                .map(it -> it.split("=", 2))
                .collect(Collectors.toMap(it -> decoded(it[0]), it -> decoded(it[1])));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
