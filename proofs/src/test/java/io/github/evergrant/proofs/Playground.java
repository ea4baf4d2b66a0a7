package io.github.evergrant.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSettings;
import io.github.evergrant.http.JdkHttpSender;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.Wire;
import io.github.evergrant.sandbox.Sandbox;
import io.github.evergrant.sandbox.SandboxSettings;
import io.github.evergrant.token.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A sandbox over a real socket, logins with it, and what it saw. */
final class Playground implements AutoCloseable {

    private static final String CLOSE_WAIT = "08";
    static final JsonMapper JSON = JsonMapper.shared();

    private final Sandbox sandbox;
    private final SessionKind kind;
    private final JdkHttpSender http = new JdkHttpSender(HttpSettings.defaults(), InstantSource.system());

    /** @param kind of which session the sandbox is asked what it saw */
    Playground(SessionKind kind, SandboxSettings settings) {
        this.kind = kind;
        this.sandbox = Sandbox.start(settings);
    }

    /**
     * A renewal as the sandbox saw it.
     *
     * @param shown the refresh token, or what is in its place
     * @param status what it was answered, 0 while it is not
     */
    record Renewal(String shown, int status) {

        boolean isGranted() {
            return status == 200 || status == 201;
        }
    }

    URI base() {
        return sandbox.base();
    }

    Wire wire() {
        return new Wire(http, InstantSource.system());
    }

    /** A finished login of demo, whose token lives so long. */
    LoginResult login(Duration lifetime) {
        return kind.login(this, lifetime);
    }

    /**
     * A token reply as after a login of demo.
     *
     * @param more fields of the order, each behind a comma
     */
    String grant(String more, Duration lifetime) {
        return control(
                "grant", "{\"dialect\":\"" + kind.dialect() + "\",\"expires_in\":" + lifetime.toSeconds() + more + "}");
    }

    /** Has new tokens live so long meanwhile. */
    LoginResult living(Duration lifetime, Supplier<LoginResult> work) {
        control("lifetime", "{\"dialect\":\"" + kind.dialect() + "\",\"seconds\":" + lifetime.toSeconds() + "}");
        try {
            return work.get();
        } finally {
            control("lifetime", "{\"dialect\":\"" + kind.dialect() + "\"}");
        }
    }

    /** Whether the provider's API takes a token. */
    boolean accepts(Secret accessToken) {
        HttpCall call = HttpCall.get(kind.api(sandbox.base()));
        return send(call.withHeader("Authorization", kind.authorization(accessToken.reveal())))
                .ok();
    }

    int renewals() {
        return stats().path("requests").path(kind.renewal()).asInt(0);
    }

    /** How often a refresh token came that had been replaced, within grace or not; of what is never replaced, 0. */
    int reuses() {
        return stats().path("reuses").asInt(-1);
    }

    /** How many refreshes with one token there were at once, at most. */
    int mostAtOnce() {
        return stats().path("max_concurrent_refreshes").asInt(-1);
    }

    private JsonNode stats() {
        return get("stats").path(kind.dialect());
    }

    /** The number of the latest request. */
    long latest() {
        return get("requests?since=" + Long.MAX_VALUE / 10).path("last").asLong();
    }

    List<Renewal> renewalsSince(long number) {
        List<Renewal> all = new ArrayList<>();
        for (JsonNode request : get("requests?since=" + number).path("requests")) {
            if (request.path("kind").asString("").equals(kind.renewal())) {
                all.add(new Renewal(
                        kind.shown(request.path("body").asString("")),
                        request.path("status").asInt(0)));
            }
        }
        return all;
    }

    /**
     * Waits until all that dead processes have sent is worked on.
     *
     * <p>The system has ended their side of each connection; the sandbox's side stands in {@code CLOSE_WAIT} until the
     * sandbox has read it to its end. So a request that was on its way when its process died counts, and does not come
     * in the middle of what is done next.
     */
    void outliveTheDead() {
        Awaitility.await().pollInterval(Duration.ofMillis(2)).until(() -> !isLeftWithTheDead());
    }

    private boolean isLeftWithTheDead() {
        String port = ":"
                + HexFormat.of().withUpperCase().toHexDigits((short)
                        sandbox.base().getPort());
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .flatMap(Playground::lines)
                .map(line -> line.trim().split("\\s+"))
                .anyMatch(words -> words[1].endsWith(port) && words[3].equals(CLOSE_WAIT));
    }

    private static Stream<String> lines(String table) {
        try {
            return Files.exists(Path.of(table)) ? Files.readAllLines(Path.of(table)).stream() : Stream.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode get(String name) {
        return JSON.readTree(checked(HttpCall.get(URI.create(sandbox.base() + "/_sandbox/" + name))));
    }

    private String control(String name, String body) {
        return checked(new HttpCall(
                "POST",
                URI.create(sandbox.base() + "/_sandbox/" + name),
                Map.of("Content-Type", "application/json"),
                body.getBytes(StandardCharsets.UTF_8)));
    }

    private String checked(HttpCall call) {
        HttpReply reply = send(call);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.text();
    }

    private HttpReply send(HttpCall call) {
        try {
            return http.send(call, Duration.ofSeconds(60), 8 << 20);
        } catch (HttpFailure e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        http.close();
        sandbox.close();
    }
}
