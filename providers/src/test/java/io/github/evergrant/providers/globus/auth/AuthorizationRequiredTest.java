package io.github.evergrant.providers.globus.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.oauth.AuthorizationUrl;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.oauth.Golden;
import io.github.evergrant.oauth.Pkce;
import io.github.evergrant.oauth.Written;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AuthorizationRequiredTest {

    static Stream<Golden> captured() {
        return Golden.read("globus/vectors/gare.json").items().stream();
    }

    @ParameterizedTest
    @MethodSource("captured")
    void a_captured_error_is_read_the_same_alone_and_in_a_reply(Golden one) {
        Optional<AuthorizationRequired> alone =
                AuthorizationRequired.read(one.at("input").value());
        // Where the other program fails, there is nothing.
        Object expected = one.has("gare") ? one.at("gare").value() : null;

        assertThat(alone.map(AuthorizationRequired::toJson).orElse(null)).isEqualTo(expected);
        assertThat(AuthorizationRequired.in(
                        reply(403, Written.json(one.at("input").value()))))
                .isEqualTo(alone);
    }

    @Test
    void every_captured_error_was_looked_at() {
        assertThat(captured()).hasSize(17);
    }

    @Test
    void the_whole_document_comes_first_then_its_errors() {
        String error = "{\"code\":\"X\",\"authorization_parameters\":{\"prompt\":\"login\"}}";

        assertThat(AuthorizationRequired.in(reply(403, "{\"errors\":[{},7,null," + error + "]}")))
                .map(AuthorizationRequired::code)
                .contains("X");
        assertThat(AuthorizationRequired.in(
                        reply(403, "{\"code\":\"Y\",\"authorization_parameters\":{},\"errors\":[" + error + "]}")))
                .map(AuthorizationRequired::code)
                .contains("Y");
        assertThat(AuthorizationRequired.in(reply(200, error))).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("W17: a body that is no such error is none, whatever it is")
    @ValueSource(
            strings = {
                "",
                "<html>",
                "null",
                "7",
                "\"text\"",
                "[]",
                "[{\"code\":\"X\",\"authorization_parameters\":{}}]",
                "{\"errors\":7}",
                "{\"errors\":[]}",
                "{\"code\":7,\"authorization_parameters\":{}}",
                "{\"code\":\"X\",\"authorization_parameters\":[]}",
                "{\"code\":\"X\",\"authorization_parameters\":{\"required_scopes\":\"a\"}}",
                "{\"code\":\"X\",\"authorization_parameters\":{\"required_scopes\":[7]}}",
                "{\"code\":\"X\",\"authorization_parameters\":{\"session_message\":[]}}",
                "{\"code\":\"X\",\"authorization_parameters\":{\"session_required_identities\":\"a,b\"}}",
                "{\"code\":\"ConsentRequired\",\"required_scopes\":[7]}",
                "{\"code\":\"ConsentRequired\",\"required_scopes\":[\"a\"],\"message\":7}",
                "{\"code\":\"ConsentRequired\",\"required_scope\":7}",
                "{\"code\":\"consentrequired\",\"required_scope\":\"a\"}",
                "{\"error\":\"dependent_consent_required\"}",
                "{\"error\":\"dependent_consent_required\",\"errors\":[]}",
                "{\"error\":\"dependent_consent_required\",\"errors\":[7]}",
                "{\"error\":\"dependent_consent_required\",\"errors\":[{\"unapproved_scopes\":7}]}"
            })
    void noSuchError(String body) {
        assertThat(AuthorizationRequired.in(reply(403, body))).isEmpty();
    }

    @Test
    @DisplayName("60: all session parameters arrive in the authorization request as captured")
    void requestParameters() {
        AuthorizationParameters parameters = new AuthorizationParameters(
                "hello & welcome",
                List.of("id1", "id2"),
                List.of("p1", "p2"),
                List.of("example.org"),
                true,
                List.of("ignored:here"),
                "login",
                Map.of("unknown", 7L));
        Golden golden = Golden.read("globus/http/authorize_urls.json");
        Map<String, String> all = new HashMap<>(parameters.ofRequest());
        all.putAll(Map.of("access_type", "offline", "prefill_named_grant", "My App on host", "extra", "1"));
        URI ours = new AuthorizationUrl(
                        URI.create("http://127.0.0.1:18765/v2/oauth2/authorize"),
                        Client.open("61338d24-54d5-408f-a10d-66c06b59f6d2"),
                        URI.create("http://127.0.0.1:18765/v2/web/auth-code"),
                        Scopes.of(
                                "openid",
                                "urn:globus:auth:scope:transfer.api.globus.org:all"
                                        + "[*https://auth.globus.org/scopes/6c54cade-bde5-45c1-bdea-f4bd71dba2cc/data_access]"),
                        Secret.of("abc 123"),
                        new Pkce(Secret.of(golden.at("verifier").text())),
                        null,
                        all)
                .uri();

        assertThat(pairs(ours.toString()))
                .isEqualTo(pairs(golden.at("urls")
                        .at("native_offline_all_session_params")
                        .text()));
        AuthorizationParameters without =
                new AuthorizationParameters("", null, List.of(), null, false, null, null, Map.of());
        assertThat(without.ofRequest()).isEqualTo(Map.of("session_required_mfa", "False"));
    }

    @Test
    void scopes_that_an_api_makes_up_are_refused_and_not_asked_for() {
        assertThat(AuthorizationParameters.ofScopes("a[b]", "a[c]").scopes().toString())
                .isEqualTo("[a[b c]]");
        assertThat(AuthorizationParameters.NONE.scopes()).isEmpty();
        assertThatThrownBy(() -> AuthorizationParameters.ofScopes("a[").scopes())
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("scope_malformed"));
    }

    private static Set<String> pairs(String uri) {
        return Arrays.stream(uri.substring(uri.indexOf('?') + 1).split("&"))
                .map(pair -> URLDecoder.decode(pair, StandardCharsets.UTF_8))
                .collect(Collectors.toSet());
    }

    private static HttpReply reply(int status, String body) {
        return new HttpReply(status, Map.of(), body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH);
    }
}
