package io.github.evergrant.providers.spatiafi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.authorizer.Authorizers;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.token.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each request that was captured, beside the one that we send for it: by the same person, client or token. */
final class SpatiaFiGoldenTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden/spatiafi");
    private static final String SECRET = "FAKE-app-secret-0123456789-abcdefghijklmnop";

    private final Recorder recorder = new Recorder();

    static List<String> requests() throws IOException {
        try (Stream<Path> files = Files.walk(GOLDEN)) {
            return files.map(file -> GOLDEN.relativize(file).toString())
                    .filter(name -> name.endsWith(".request.http"))
                    .map(name -> name.replace(".request.http", ""))
                    // What is said to a proxy has a test of its own.
                    .filter(name -> !Captured.text(name + ".request.http").startsWith("CONNECT "))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void there_are_captures_of_every_call() throws IOException {
        assertThat(requests())
                .hasSizeGreaterThan(25)
                .contains("first-run/02", "tutorial-full/04", "proxies-kwarg/02", "auto-refetch-when-expired/03");
    }

    @ParameterizedTest
    @DisplayName("spatiafi 1, spatiafi 6, spatiafi 27, spatiafi 31: every captured request is the one that we send")
    @MethodSource("requests")
    void every_captured_request_is_the_one_that_we_send(String name) {
        Captured captured = Captured.request(name);
        String path = URI.create(captured.message().address()).getPath();

        switch (path) {
            case "/api/v1/auth/jwt/token/basic" -> basic(captured);
            case "/api/v1/clients/" -> create(captured);
            case "/api/v1/auth/jwt/token" -> token(captured);
            default -> get(captured);
        }

        captured.isSentBy(recorder.only());
        if (path.endsWith("/token")) {
            isSameAssertion(captured, recorder.only());
        }
    }

    private void basic(Captured captured) {
        String[] pair =
                new String(Base64.getDecoder().decode(word(captured)), StandardCharsets.ISO_8859_1).split(":", 2);
        recorder.reply(200, "{\"access_token\":\"T\"}");
        SpatiaFiLogin.basic(
                recorder.data, new SpatiaFiUser(pair[0], Secret.of(pair[1]), StandardCharsets.ISO_8859_1), recorder);
    }

    private void create(Captured captured) {
        recorder.reply(201, "{\"client_id\":\"i\",\"client_secret\":\"s\"}");
        new SpatiaFiClients(recorder.data, recorder).create(new BasicToken(Secret.of(word(captured)), Recorder.NOW));
    }

    private void token(Captured captured) {
        recorder.reply(200, "{\"access_token\":\"T\"}");
        String id = String.valueOf(claims(captured.message().body()).get("iss"));
        Secret secret = Secret.of(id.equals("id") ? "short" : SECRET);
        SpatiaFiLogin.appCredentials(
                recorder.provider, recorder.data, new AppCredentials(null, id, secret), recorder.wire());
    }

    private void get(Captured captured) {
        recorder.reply(200, "{}");
        new SpatiaFiApi(recorder.data, recorder, Authorizers.bearer(Secret.of(word(captured))))
                .get(captured.message().address().replace("https://api.spatiafi.com/", ""));
    }

    /** The second word of the header that proves who it is. */
    private static String word(Captured captured) {
        return Objects.requireNonNull(captured.message().headers().get("Authorization"))
                .split(" ", 2)[1];
    }

    /** The same claims in the same order, of which only those differ that are another's each time. */
    private static void isSameAssertion(Captured captured, HttpCall ours) {
        Map<String, ?> theirs = claims(captured.message().body());
        Map<String, ?> claims = claims(new String(ours.body(), StandardCharsets.UTF_8));
        assertThat(claims.keySet()).containsExactlyElementsOf(theirs.keySet());
        for (String same : List.of("iss", "aud", "sub")) {
            assertThat(claims.get(same)).as(same).isEqualTo(theirs.get(same));
        }
        assertThat(lifetime(claims)).isEqualTo(lifetime(theirs));
        assertThat(String.valueOf(claims.get("jti")))
                .hasSameSizeAs(String.valueOf(theirs.get("jti")))
                .isNotEqualTo(theirs.get("jti"));
    }

    private static long lifetime(Map<String, ?> claims) {
        return ((Number) Objects.requireNonNull(claims.get("exp"))).longValue()
                - ((Number) Objects.requireNonNull(claims.get("iat"))).longValue();
    }

    private static Map<String, ?> claims(String body) {
        String payload = Captured.assertion(body).split("\\.", -1)[1];
        try {
            return HostileJson.read(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8))
                    .object();
        } catch (HostileJson.Malformed e) {
            throw new AssertionError(body, e);
        }
    }
}
