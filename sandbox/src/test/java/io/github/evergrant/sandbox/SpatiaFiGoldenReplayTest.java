package io.github.evergrant.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.sandbox.server.Json;
import io.github.evergrant.sandbox.token.Client;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Requests that the tutorial and the package sent, byte for byte but for host and secrets, and the shape of what they got. */
final class SpatiaFiGoldenReplayTest {

    private static final String BASIC = "Authorization: Basic ";
    private static final String ASSERTION = "client_assertion=";

    /** When the captures were made: their assertions were good then. */
    private static final Instant THEN = Instant.ofEpochSecond(1_795_296_460);

    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults(), InstantSource.fixed(THEN));
    private final Caller caller = new Caller(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tutorial-full/01",
                "tutorial-full/02",
                "tutorial-full/03",
                "tutorial-full/04",
                "first-run/01",
                "first-run/02",
                "second-run-get_session/01",
                "second-run-get_session/02",
                "second-run-get_session/03",
                "two-tokens-two-jti/01",
                "two-tokens-two-jti/02",
                "short-secret/01",
                "bad-password/01",
                "server-rejects-token-401/02",
                "token-400-oauth-error/01",
                "token-401-fastapi-error/01",
            })
    void a_captured_request_gets_an_answer_of_the_captured_shape(String name) throws IOException {
        String[] captured = parts(resource(name + ".mock-response.http"));
        if (name.startsWith("token-4")) {
            String status = captured[0].split(" ", -1)[1];
            caller.fault("{\"dialect\":\"spatiafi\",\"kind\":\"token.client_credentials\",\"times\":1,"
                    + "\"do\":\"status\",\"status\":" + status + ",\"body\":"
                    + captured[1] + "}");
        }

        String[] reply = parts(RawConnection.exchangeOnce(sandbox, request(name)));

        assertThat(reply[0]).startsWith(captured[0].substring(0, "HTTP/1.1 200".length()));
        assertThat(reply[0]).containsIgnoringCase("\nContent-Type: application/json");
        assertShape(Json.parse(captured[1]), Json.parse(reply[1]), name);
    }

    private String request(String name) throws IOException {
        String[] parts = parts(resource(name + ".request.http"));
        String body = parts[1].contains(ASSERTION) ? resigned(parts[1], name) : parts[1];
        String head = parts[0].replaceFirst(" /api", " /spatiafi/api")
                .replaceFirst("Host: .*", "Host: " + sandbox.base().getAuthority())
                .replaceFirst("Content-Length: \\d+", "Content-Length: " + body.length());
        if (!name.startsWith("bad-password")) {
            head = head.replaceFirst(
                    BASIC + ".*", "Authorization: " + Caller.basic("demo@example.org", "demo-password"));
        }
        if (!name.startsWith("server-rejects")) {
            JsonNode granted = caller.control("grant", "{\"dialect\":\"spatiafi\"}");
            head = head.replaceFirst("Bearer .*", "Bearer " + Caller.text(granted, "access_token"));
        }
        return head.replace("\n", "\r\n") + "\r\n\r\n" + body;
    }

    /** The assertion for this host and by a client of the sandbox, and nothing else changed. */
    private String resigned(String body, String name) {
        int start = body.indexOf(ASSERTION) + ASSERTION.length();
        String[] jwt = body.substring(start).split("\\.", -1);
        boolean isShort = name.startsWith("short");
        Client client = isShort ? SandboxPeople.SPATIAFI_SHORT_CLIENT : SandboxPeople.SPATIAFI_CLIENT;
        String id = isShort ? "\"id\"" : "\"11111111-2222-4333-8444-555555555555\"";
        String claims = SpatiaFiSigning.text(jwt[1])
                .replace(id, "\"" + client.id() + "\"")
                .replace("https://auth.spatiafi.com", sandbox.base() + "/spatiafi");
        return body.substring(0, start) + SpatiaFiSigning.sign(SpatiaFiSigning.text(jwt[0]), claims, client);
    }

    /** Every field that was captured is there, in its place and of the same type; words of the protocol are the same words. */
    private static void assertShape(JsonNode captured, JsonNode actual, String where) {
        assertThat(actual.getNodeType()).as(where).isEqualTo(captured.getNodeType());
        assertThat(actual.propertyNames()).as(where).containsExactlyElementsOf(captured.propertyNames());
        captured.properties().forEach(field -> {
            JsonNode value = actual.get(field.getKey());
            assertShape(field.getValue(), value, where + "." + field.getKey());
            if (field.getKey().matches("token_type|detail|error|error_description|ok")) {
                assertThat(value).as(where).isEqualTo(field.getValue());
            }
        });
    }

    private static String[] parts(String text) {
        String lines = text.replace("\r\n", "\n");
        int end = lines.indexOf("\n\n");
        return end < 0
                ? new String[] {lines.strip(), ""}
                : new String[] {lines.substring(0, end), lines.substring(end + 2)};
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = SpatiaFiGoldenReplayTest.class.getResourceAsStream("/golden/spatiafi/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
