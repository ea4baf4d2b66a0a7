package io.github.evergrant.providers.spatiafi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSettings;
import io.github.evergrant.http.JdkHttpSender;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.Wire;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.sandbox.Sandbox;
import io.github.evergrant.sandbox.SandboxSettings;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** SpatiaFi, played by a sandbox over a real socket, and the hand that plays it. */
public final class SpatiaFiPlay implements AutoCloseable {

    public static final SpatiaFiUser DEMO = new SpatiaFiUser("demo", Secret.of("demo-password"));
    public static final String TOKEN = "token.client_credentials";

    public final ProviderData data;
    public final JdkHttpSender http = new JdkHttpSender(HttpSettings.defaults(), InstantSource.system());
    private final SpatiaFiProvider provider = new SpatiaFiProvider();
    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());

    public SpatiaFiPlay() {
        data = provider.describe(null, sandbox.base());
    }

    public AppCredentials create() {
        return new SpatiaFiClients(data, http).create(SpatiaFiLogin.basic(data, DEMO, http));
    }

    LoginResult login() {
        Secret secret = Objects.requireNonNull(SpatiaFiProvider.SANDBOX_CLIENT.secret());
        return login(new AppCredentials(null, SpatiaFiProvider.SANDBOX_CLIENT.id(), secret));
    }

    LoginResult login(AppCredentials credentials) {
        return SpatiaFiLogin.appCredentials(provider, data, credentials, new Wire(http, InstantSource.system()));
    }

    /** All access tokens end now, and nobody is told. */
    void expire() {
        control("expire", "{\"dialect\":\"spatiafi\"}");
    }

    /** So many requests of a kind are answered with a status and a body. */
    public void answer(String kind, int times, int status, String body) {
        control(
                "faults",
                "[{\"dialect\":\"spatiafi\",\"kind\":\"" + kind + "\",\"times\":" + times
                        + ",\"do\":\"status\",\"status\":" + status + ",\"body\":\"" + body.replace("\"", "\\\"")
                        + "\"}]");
    }

    /** Whatever was to be answered, is answered no more. */
    void work() {
        control("faults", "[]");
    }

    /** How many requests of a kind there were. */
    public int requests(String kind) {
        try {
            Map<String, ?> stats = HostileJson.asObject(
                    HostileJson.read(send(HttpCall.get(at("stats")))).object().get("spatiafi"));
            Object count = HostileJson.asObject(stats.get("requests")).get(kind);
            return count instanceof Number number ? number.intValue() : 0;
        } catch (HostileJson.Malformed e) {
            throw new AssertionError(e);
        }
    }

    /** The headers of the last request of a kind, by names in lower case. */
    Map<String, String> headers(String kind) {
        Map<String, String> headers = new HashMap<>();
        try {
            Object log = HostileJson.read(send(HttpCall.get(at("requests"))))
                    .object()
                    .get("requests");
            for (Object each : log instanceof List<?> all ? all : List.of()) {
                Map<String, ?> entry = HostileJson.asObject(each);
                if (kind.equals(entry.get("kind"))) {
                    headers.clear();
                    HostileJson.asObject(entry.get("headers"))
                            .forEach((name, values) ->
                                    headers.put(name.toLowerCase(Locale.ROOT), String.valueOf(values)));
                }
            }
        } catch (HostileJson.Malformed e) {
            throw new AssertionError(e);
        }
        return headers;
    }

    private URI at(String name) {
        return sandbox.base().resolve("/_sandbox/" + name);
    }

    private void control(String name, String body) {
        send(new HttpCall(
                "POST", at(name), Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8)));
    }

    private String send(HttpCall call) {
        try {
            HttpReply reply = http.send(call, Duration.ofSeconds(60), 1 << 20);
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            return reply.text();
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
