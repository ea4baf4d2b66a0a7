package io.github.evergrant.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.sandbox.server.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Requests the real {@code globus_sdk} sent, byte for byte but for host and secrets, and whether the replies have the
 * shape of those it got. The captures in {@code golden/globus} that are not replayed concern Transfer.
 */
final class GoldenReplayTest {

    private static final String CAPTURED_HOST = "127.0.0.1:18765";
    private static final String CAPTURED_BASIC =
            "Basic YWFhYWFhYWEtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDAwMDAxOkZBS0UtU0VDUkVU";
    private static final String CONFIDENTIAL = SandboxPeople.GLOBUS_CONFIDENTIAL_CLIENT.id();

    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());
    private final Caller caller = new Caller(sandbox);
    private final Browser browser = new Browser(caller);

    @AfterEach
    void close() {
        sandbox.close();
    }

    static Stream<String> captures() {
        return Stream.of(
                "native_authorization_code_exchange",
                "native_bad_code",
                "confidential_authorization_code_exchange",
                "native_refresh",
                "confidential_refresh",
                "refresh_unknown_token",
                "client_credentials",
                "dependent_tokens_defaults",
                "dependent_tokens_offline_scope",
                "native_revoke",
                "confidential_revoke",
                "introspect",
                "userinfo",
                "openid_configuration_and_jwk",
                "get_consents",
                "groups_my_groups",
                "groups_my_groups_statuses");
    }

    @ParameterizedTest
    @MethodSource("captures")
    void a_captured_request_gets_an_answer_of_the_captured_shape(String name) throws IOException {
        Map<String, String> secrets = secrets(name);
        for (JsonNode exchange : capture(name)) {
            String reply = RawConnection.exchangeOnce(sandbox, request(exchange, secrets));
            String[] parts = reply.split("\r\n\r\n", 2);
            JsonNode captured = exchange.get("response");
            assertThat(parts[0]).startsWith("HTTP/1.1 " + captured.get("status").intValue() + " ");
            assertShape(captured.get("json"), Json.parse(parts[1]), name);
        }
    }

    @ParameterizedTest
    @MethodSource("authorizeUrls")
    void a_captured_authorize_url_shows_the_sign_in_page(String url) {
        String path = url.replace("http://" + CAPTURED_HOST + "/v2/oauth2/authorize", Browser.AUTHORIZE)
                .replace(encoded("http://" + CAPTURED_HOST + "/"), encoded(sandbox.base() + "/globus/auth/"));

        assertThat(caller.get(path).statusCode()).isEqualTo(200);
    }

    static Stream<String> authorizeUrls() throws IOException {
        return resource("authorize_urls.json").get("urls").values().stream().map(JsonNode::stringValue);
    }

    /** What each capture's secrets become here. */
    private Map<String, String> secrets(String name) {
        Map<String, String> secrets = new LinkedHashMap<>();
        secrets.put(CAPTURED_BASIC, Caller.basic());
        switch (name) {
            case "native_authorization_code_exchange" ->
                secrets.put(
                        "eyJzY29wZSI6ICJvcGVuaWQgdXJuOmdsb2J1czphdXRoOnNjb3BlOnRyYW5zZmVyLmFwaS5nbG9idXMub3JnOmFsbCIsICJvZmZsaW5lIjogdHJ1ZX0",
                        nativeCode());
            case "confidential_authorization_code_exchange" ->
                secrets.put(
                        "eyJzY29wZSI6ICJ1cm46Z2xvYnVzOmF1dGg6c2NvcGU6Z3JvdXBzLmFwaS5nbG9idXMub3JnOnZpZXdfbXlfZ3JvdXBzX2FuZF9tZW1iZXJzaGlwcyIsICJvZmZsaW5lIjogdHJ1ZX0",
                        confidentialCode());
            case "native_refresh" ->
                secrets.put(
                        "FAKE-RT-transfer.api.globus.org-0002",
                        granted("urn:globus:auth:scope:transfer.api.globus.org:all", null, "refresh_token"));
            case "confidential_refresh" ->
                secrets.put(
                        "FAKE-RT-groups.api.globus.org-0003",
                        granted(Caller.GROUPS_SCOPE, CONFIDENTIAL, "refresh_token"));
            case "dependent_tokens_defaults", "dependent_tokens_offline_scope" ->
                secrets.put(
                        "FAKE-USER-TOKEN",
                        granted(
                                "https://auth.globus.org/scopes/" + CONFIDENTIAL + "/all[" + Caller.GROUPS_SCOPE
                                        + " urn:globus:auth:scope:search.api.globus.org:search]",
                                null,
                                "access_token"));
            case "groups_my_groups", "groups_my_groups_statuses" ->
                secrets.put("FAKE-AT", granted(Caller.GROUPS_SCOPE, null, "access_token"));
            case "native_revoke", "introspect", "userinfo", "get_consents" ->
                secrets.put("FAKE-AT", granted("openid", null, "access_token"));
            case "confidential_revoke" -> secrets.put("FAKE-AT", granted("openid", CONFIDENTIAL, "access_token"));
            default -> {
                // The others carry no secret, or one that nobody knows.
            }
        }
        return secrets;
    }

    private String granted(String scope, @Nullable String client, String field) {
        String named = client == null ? "" : ",\"client\":\"" + client + "\"";
        return Caller.text(
                caller.control("grant", "{\"dialect\":\"globus\",\"scopes\":[\"" + scope + "\"]" + named + "}"), field);
    }

    private String nativeCode() {
        return browser.code(Browser.AUTHORIZE + "?"
                + Caller.query(
                        "client_id",
                        SandboxPeople.GLOBUS_PUBLIC_CLIENT.id(),
                        "redirect_uri",
                        Browser.codePage(sandbox),
                        "scope",
                        "openid urn:globus:auth:scope:transfer.api.globus.org:all",
                        "state",
                        "_default",
                        "response_type",
                        "code",
                        "code_challenge",
                        Browser.CHALLENGE,
                        "code_challenge_method",
                        "S256",
                        "access_type",
                        "offline"));
    }

    private String confidentialCode() {
        return browser.code(Browser.AUTHORIZE + "?"
                + Caller.query(
                        "client_id",
                        CONFIDENTIAL,
                        "redirect_uri",
                        "https://example.org/cb",
                        "scope",
                        Caller.GROUPS_SCOPE,
                        "state",
                        "_default",
                        "response_type",
                        "code",
                        "access_type",
                        "offline"));
    }

    private String request(JsonNode exchange, Map<String, String> secrets) {
        String body = substituted(exchange.get("body").stringValue(), secrets);
        String target = exchange.get("target").stringValue();
        StringBuilder text = new StringBuilder(exchange.get("method").stringValue())
                .append(' ')
                .append(target.startsWith("/v2/groups/") ? "/globus/groups" : "/globus/auth")
                .append(target)
                .append(" HTTP/1.1\r\n");
        for (JsonNode header : exchange.get("headers")) {
            String headerName = header.get(0).stringValue();
            String value = headerName.equals("Content-Length")
                    ? Integer.toString(body.length())
                    : substituted(header.get(1).stringValue(), secrets);
            text.append(headerName).append(": ").append(value).append("\r\n");
        }
        return text.append("\r\n").append(body).toString();
    }

    private String substituted(String text, Map<String, String> secrets) {
        String result = text.replace(
                        encoded("http://" + CAPTURED_HOST + "/"), encoded(sandbox.base() + "/globus/auth/"))
                .replace(CAPTURED_HOST, sandbox.base().getAuthority());
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            result = result.replace(secret.getKey(), secret.getValue());
        }
        return result;
    }

    /** Every field that was captured is there, of the same type; words of the protocol are the same words. */
    private static void assertShape(JsonNode captured, JsonNode actual, String where) {
        assertThat(actual.getNodeType()).as(where).isEqualTo(captured.getNodeType());
        if (captured.isArray() && !captured.isEmpty() && captured.get(0).isObject()) {
            assertThat(actual.size()).as(where).isEqualTo(captured.size());
            for (int i = 0; i < captured.size(); i++) {
                assertShape(captured.get(i), actual.get(i), where + "[" + i + "]");
            }
        }
        captured.properties().forEach(field -> {
            String name = field.getKey();
            assertThat(actual.has(name)).as(where + "." + name).isTrue();
            assertShape(field.getValue(), actual.get(name), where + "." + name);
            // A consent's "scope" is the scope's id.
            boolean isId = name.equals("scope") && captured.has("scope_name");
            if (!isId && name.matches("scope|resource_server|token_type|error|active|state|status|group_type")) {
                assertThat(actual.get(name)).as(where + "." + name).isEqualTo(field.getValue());
            }
        });
    }

    private static JsonNode capture(String name) throws IOException {
        for (JsonNode capture : resource("token_endpoint_and_clients.json")) {
            if (capture.get("name").stringValue().equals(name)) {
                return capture.get("exchanges");
            }
        }
        throw new AssertionError("there is no capture " + name);
    }

    private static JsonNode resource(String name) throws IOException {
        try (InputStream in = GoldenReplayTest.class.getResourceAsStream("/golden/globus/" + name)) {
            return Json.parse(new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
