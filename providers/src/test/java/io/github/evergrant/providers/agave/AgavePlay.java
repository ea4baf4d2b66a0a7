package io.github.evergrant.providers.agave;

import io.github.evergrant.http.JdkHttpSender;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.Wire;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.testing.SandboxHand;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;

/** Agave, played by a sandbox over a real socket, and the hand that plays it. */
final class AgavePlay implements AutoCloseable {

    static final AgaveUser DEMO = new AgaveUser("demo", Secret.of("demo-password"));

    final AgaveProvider agave = new AgaveProvider(Map.of());
    final ProviderData data;
    private final SandboxHand sandbox = new SandboxHand("agave");
    final JdkHttpSender http = sandbox.http();

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
        sandbox.expire();
    }

    /** So many requests of a kind are answered with a status and a body. */
    void answer(String kind, int times, int status, String body) {
        sandbox.answer(kind, times, status, body);
    }

    /** How many requests of a kind there were. */
    int requests(String kind) {
        return sandbox.requests(kind);
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
