package io.github.evergrant.providers.agave;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSettings;
import io.github.evergrant.http.JdkHttpSender;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.Wire;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.sandbox.Sandbox;
import io.github.evergrant.sandbox.SandboxSettings;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** Agave, played by a sandbox over a real socket, and the hand that plays it. */
final class AgavePlay implements AutoCloseable {

    static final AgaveUser DEMO = new AgaveUser("demo", Secret.of("demo-password"));

    final AgaveProvider agave = new AgaveProvider(Map.of());
    final ProviderData data;
    final JdkHttpSender http = new JdkHttpSender(HttpSettings.defaults(), InstantSource.system());
    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());

    /** @param tenant that of the sandbox to play with */
    AgavePlay(String tenant) {
        data = agave.describe(tenant, sandbox.base());
    }

    URI base() {
        return sandbox.base();
    }

    AgaveTenants tenants() {
        return new AgaveTenants(http, agave.tenants(sandbox.base()));
    }

    AgaveClients clients() {
        return new AgaveClients(data, DEMO, http);
    }

    LoginResult login(Client client) {
        return AgaveLogin.password(request(client), DEMO, wire());
    }

    LoginRequest request(Client client) {
        return LoginRequest.of(agave, data, client, Scopes.NONE);
    }

    Wire wire() {
        return new Wire(http, InstantSource.system());
    }

    /** All access tokens end now, and nobody is told. */
    void expire() {
        control("expire", "{\"dialect\":\"agave\"}");
    }

    /** So many requests of a kind are answered with a status and a body. */
    void answer(String kind, int times, int status, String body) {
        control(
                "faults",
                "[{\"dialect\":\"agave\",\"kind\":\"" + kind + "\",\"times\":" + times
                        + ",\"do\":\"status\",\"status\":" + status + ",\"body\":\""
                        + body.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"}]");
    }

    /** How many requests of a kind there were. */
    int requests(String kind) {
        try {
            Map<String, ?> stats = HostileJson.asObject(
                    HostileJson.read(send(HttpCall.get(sandbox.base().resolve("/_sandbox/stats"))))
                            .object()
                            .get("agave"));
            Object count = HostileJson.asObject(stats.get("requests")).get(kind);
            return count instanceof Number number ? number.intValue() : 0;
        } catch (HostileJson.Malformed e) {
            throw new AssertionError(e);
        }
    }

    private void control(String name, String body) {
        send(new HttpCall(
                "POST",
                sandbox.base().resolve("/_sandbox/" + name),
                Map.of("Content-Type", "application/json"),
                body.getBytes(StandardCharsets.UTF_8)));
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
