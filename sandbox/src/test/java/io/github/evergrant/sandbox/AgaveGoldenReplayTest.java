package io.github.evergrant.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.sandbox.server.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Requests the real {@code agavepy} sent, byte for byte but for host and secrets, and the shape of what it got. */
final class AgaveGoldenReplayTest {

    private static final String OLD = "py-0.8-0.9/wire/";
    private static final String NEW = "py-1.0/wire/";

    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());
    private final Caller caller = new Caller(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    static Stream<String> captures() {
        return Stream.of(
                        numbered(OLD + "a-init-create-token", 3),
                        numbered(OLD + "c-refresh", 1),
                        numbered(OLD + "h-subscribe-subscriptions-delete", 4),
                        numbered(OLD + "m-restore-refresh", 1),
                        numbered(OLD + "n-constructor-create", 1),
                        numbered(OLD + "n2-constructor-impersonate", 1),
                        numbered(NEW + "p1-constructor-create", 1),
                        numbered(NEW + "p3-refresh", 1),
                        numbered(NEW + "p7-clients-create", 1),
                        numbered(NEW + "s-auto-refresh-json", 3),
                        numbered(NEW + "s-auto-refresh-xml", 3),
                        numbered(NEW + "t-resource-style", 8))
                .flatMap(each -> each);
    }

    private static Stream<String> numbered(String name, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(number -> name + "-0" + number);
    }

    @ParameterizedTest
    @MethodSource("captures")
    void a_captured_request_gets_an_answer_of_the_captured_shape(String name) throws IOException {
        String tenant = name.contains("-xml-") ? "tacc.prod" : "sd2e";
        prepare(name, tenant);
        String[] captured = parts(resource(name + ".response.txt"));

        String[] reply = parts(RawConnection.exchangeOnce(sandbox, request(name, tenant)));

        assertThat(reply[0]).startsWith(captured[0].substring(0, "HTTP/1.1 200 ".length()));
        String type = header(captured[0], "Content-Type");
        assertThat(header(reply[0], "Content-Type")).startsWith(type);
        if (type.equals("application/json")) {
            assertShape(Json.parse(captured[1]), Json.parse(reply[1]), name);
        } else {
            assertThat(reply[1].replaceAll("with key: [^<]*", "with key: old")).isEqualTo(captured[1]);
        }
    }

    /** What the mock tenant of the captures had already. */
    private void prepare(String name, String tenant) {
        if (name.contains("/h-") || (name.contains("/t-") && !name.endsWith("01"))) {
            String client = name.contains("/h-") ? "client-name" : "via-resource";
            String made = caller.form(
                            "/agave/" + tenant + "/clients/v2",
                            Caller.basic("demo", "demo-password"),
                            "clientName",
                            client,
                            "description",
                            "d")
                    .body();
            assertThat(made).contains("\"status\":\"success\"");
        }
        if (name.endsWith("t-resource-style-03")) {
            // The mock had no client that the gateway makes by itself, and the first of the list is compared.
            caller.send(caller.request(
                            "/agave/sd2e/clients/v2/DefaultApplication",
                            "Authorization",
                            Caller.basic("demo", "demo-password"))
                    .DELETE()
                    .build());
        }
    }

    private String request(String name, String tenant) throws IOException {
        String[] parts = parts(resource(name + ".request.txt"));
        Map<String, String> secrets = secrets(name);
        String body = substituted(parts[1], secrets);
        String head = substituted(parts[0], secrets)
                .replaceFirst(" /tenants ", " /agave/tenants ")
                .replaceFirst(" /(token|clients|profiles)", " /agave/" + tenant + "/$1")
                .replace("{host}", sandbox.base().getAuthority())
                .replaceFirst("Content-Length: \\d+", "Content-Length: " + body.length());
        return head.replace("\n", "\r\n") + "\r\n\r\n" + body;
    }

    /** What each capture's secrets become here. */
    private Map<String, String> secrets(String name) {
        Map<String, String> secrets = new LinkedHashMap<>();
        secrets.put(base64("ada:s3cret pass&word"), base64("demo:demo-password"));
        secrets.put("s3cret+pass%26word", "demo-password");
        secrets.put("username=ada", "username=demo");
        secrets.put("username=admin", "username=demo");
        secrets.put("token_username=demo", "token_username=other");
        for (int i = 1; i <= 4; i++) {
            secrets.put(
                    base64("key-000" + i + ":sec-000" + i),
                    base64(SandboxPeople.AGAVE_CLIENT.id() + ":" + SandboxPeople.AGAVE_CLIENT.secret()));
        }
        JsonNode granted = caller.control("grant", "{\"dialect\":\"agave\"}");
        if (name.endsWith("-01") && name.contains("s-auto-refresh")) {
            caller.control("expire", "{\"dialect\":\"agave\"}");
        }
        for (String refresh : new String[] {"ref-0001", "ref-0003", "ref-old"}) {
            secrets.put(refresh, Caller.text(granted, "refresh_token"));
        }
        secrets.put("Bearer old", "Bearer " + Caller.text(granted, "access_token"));
        secrets.put("Bearer acc-0001", "Bearer " + Caller.text(granted, "access_token"));
        return secrets;
    }

    private static String substituted(String text, Map<String, String> secrets) {
        String result = text;
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            result = result.replace(secret.getKey(), secret.getValue());
        }
        return result;
    }

    /** Every field that was captured is there, in its place and of the same type; words of the protocol are the same words. */
    private static void assertShape(JsonNode captured, JsonNode actual, String where) {
        assertThat(actual.getNodeType()).as(where).isEqualTo(captured.getNodeType());
        if (captured.isArray()) {
            assertShape(captured.get(0), actual.get(0), where + "[0]");
        }
        assertThat(actual.propertyNames()).as(where).containsExactlyElementsOf(captured.propertyNames());
        captured.properties().forEach(field -> {
            String name = field.getKey();
            String place = where + "." + name;
            assertShape(field.getValue(), actual.get(name), place);
            if (name.matches("status|message|version|tier|callbackUrl|api[A-Z].*|scope|token_type|code|description")) {
                assertThat(actual.get(name).asString().replace("demo", "ada"))
                        .as(place)
                        .isEqualTo(field.getValue().asString());
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

    private static String header(String head, String name) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElse("");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = AgaveGoldenReplayTest.class.getResourceAsStream("/golden/agave/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
