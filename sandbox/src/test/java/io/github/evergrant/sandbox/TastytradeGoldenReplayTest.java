package io.github.evergrant.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.sandbox.server.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Requests the real {@code tastytrade} sent, byte for byte but for host and secrets, and the shape of what it got. */
final class TastytradeGoldenReplayTest {

    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());
    private final Caller caller = new Caller(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    static Stream<String> captures() {
        return Stream.of(
                        numbered("login-password", 1, 2),
                        numbered("login-remember-me", 1, 2),
                        numbered("login-with-remember-token", 1, 2),
                        numbered("login-with-remember-token-and-remember-me", 1, 2),
                        numbered("login-password-and-remember-token-both", 1, 2),
                        numbered("login-cert", 1, 1),
                        numbered("login-not-tos-compliant", 1, 2),
                        numbered("oauth-session", 1, 2),
                        numbered("oauth-session-cert", 1, 1),
                        numbered("oauth-refresh-twice", 1, 2),
                        numbered("customer-as-vendor-sends-it-today", 1, 3),
                        numbered("session-calls", 1, 7),
                        numbered("context-manager", 3, 3),
                        numbered("validate-false", 1, 1))
                .flatMap(each -> each);
    }

    private static Stream<String> numbered(String name, int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(number -> name + "/" + name + "-0" + number);
    }

    @ParameterizedTest
    @MethodSource("captures")
    void a_captured_request_gets_an_answer_of_the_captured_shape(String name) throws IOException {
        String[] captured = parts(resource(name + ".mock-response.http"));

        String[] reply = parts(RawConnection.exchangeOnce(sandbox, request(name)));

        assertThat(reply[0]).startsWith(captured[0].substring(0, "HTTP/1.1 200".length()));
        if (captured[1].isEmpty()) {
            assertThat(reply[1]).isEmpty();
        } else {
            assertShape(Json.parse(captured[1]), Json.parse(reply[1]), name);
        }
    }

    private String request(String name) throws IOException {
        String[] parts = parts(resource(name + ".request.http"));
        String environment = parts[0].contains("Host: api.cert.") ? "certification" : "production";
        Map<String, String> secrets = secrets(name, environment);
        String body = substituted(parts[1], secrets);
        String head = substituted(parts[0], secrets)
                .replaceFirst(" /", " /tastytrade/" + environment + "/")
                .replaceFirst("Host: [^\n]+", "Host: " + sandbox.base().getAuthority())
                .replaceFirst("Content-Length: \\d+", "Content-Length: " + body.length());
        return head.replace("\n", "\r\n") + "\r\n\r\n" + body;
    }

    /** What each capture's secrets become here. */
    private Map<String, String> secrets(String name, String environment) {
        Map<String, String> secrets = new LinkedHashMap<>();
        secrets.put("\"login\":\"janedoe\"", "\"login\":\"demo\"");
        secrets.put("\"password\":\"pass w0rd!\u00e9\"", "\"password\":\"demo-password\"");
        secrets.put("\"password\":\"pass w0rd!\u00c3\u00a9\"", "\"password\":\"demo-password\"");
        secrets.put("\"password\":\"pw\"", "\"password\":\"demo-password\"");
        String client = environment.equals("production")
                ? SandboxPeople.TASTYTRADE_CLIENT.id()
                : SandboxPeople.TASTYTRADE_CERTIFICATION_CLIENT.id();
        JsonNode granted = caller.control("grant", "{\"dialect\":\"tastytrade\",\"client\":\"" + client + "\"}");
        String secret = String.valueOf(SandboxPeople.TASTYTRADE_CLIENT.secret());
        secrets.put("\"client_secret\":\"CLIENT-SECRET\"", "\"client_secret\":\"" + secret + "\"");
        secrets.put("\"client_secret\":\"S\"", "\"client_secret\":\"" + secret + "\"");
        String refresh = "\"refresh_token\":\"" + Caller.text(granted, "refresh_token") + "\"";
        secrets.put("\"refresh_token\":\"REFRESH-TOKEN\"", refresh);
        secrets.put("\"refresh_token\":\"R\"", refresh);
        secrets.put("Bearer ACCESS-1", "Bearer " + Caller.text(granted, "access_token"));
        secrets.put("Bearer ACCESS-2", "Bearer " + Caller.text(granted, "access_token"));
        if (!name.contains("validate-false")) {
            JsonNode session = session(environment);
            secrets.put("Authorization: SESS-1", "Authorization: " + Caller.text(session, "session-token"));
            secrets.put(
                    "\"remember-token\":\"REMEMBER-1\"",
                    "\"remember-token\":\"" + Caller.text(session, "remember-token") + "\"");
        }
        return secrets;
    }

    private JsonNode session(String environment) {
        return Json.parse(caller.json(
                                "/tastytrade/" + environment + "/sessions",
                                "{\"login\":\"demo\",\"remember-me\":true,\"password\":\"demo-password\"}")
                        .body())
                .get("data");
    }

    private static String substituted(String text, Map<String, String> secrets) {
        String result = text;
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            result = result.replace(secret.getKey(), secret.getValue());
        }
        return result;
    }

    /** Every field that was captured is there and of the same type. */
    private static void assertShape(JsonNode captured, JsonNode actual, String where) {
        // Those captures have more than the service tells of everybody.
        boolean rich = where.matches(".*session-calls-0[123].*");
        assertThat(actual.getNodeType()).as(where).isEqualTo(captured.getNodeType());
        if (captured.isArray() && !captured.isEmpty()) {
            assertShape(captured.get(0), actual.get(0), where + "[0]");
        }
        // A capture of a session that never asked for a remember token has one all the same; the service sends none
        // then.
        captured.properties().stream()
                .filter(field -> actual.has(field.getKey())
                        || !(rich
                                || field.getKey().equals("remember-token")
                                || field.getKey().equals("refresh_token")))
                .forEach(field -> {
                    assertThat(actual.has(field.getKey()))
                            .as(where + "." + field.getKey())
                            .isTrue();
                    assertShape(field.getValue(), actual.get(field.getKey()), where + "." + field.getKey());
                });
    }

    private static String[] parts(String text) {
        String lines = text.replace("\r\n", "\n");
        int end = lines.indexOf("\n\n");
        return end < 0
                ? new String[] {lines.strip(), ""}
                : new String[] {
                    lines.substring(0, end), lines.substring(end + 2).strip()
                };
    }

    private static String resource(String name) throws IOException {
        try (InputStream in =
                TastytradeGoldenReplayTest.class.getResourceAsStream("/golden/tastytrade/v10.3.0/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
