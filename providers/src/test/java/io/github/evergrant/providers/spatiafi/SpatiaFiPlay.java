package io.github.evergrant.providers.spatiafi;

import io.github.evergrant.http.JdkHttpSender;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.Wire;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.testing.SandboxHand;
import io.github.evergrant.token.Secret;
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
    private final SpatiaFiProvider provider = new SpatiaFiProvider();
    private final SandboxHand sandbox = new SandboxHand("spatiafi");
    public final JdkHttpSender http = sandbox.http();

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
        sandbox.expire();
    }

    /** So many requests of a kind are answered with a status and a body. */
    public void answer(String kind, int times, int status, String body) {
        sandbox.answer(kind, times, status, body);
    }

    /** Whatever was to be answered, is answered no more. */
    void work() {
        sandbox.faults("");
    }

    /** How many requests of a kind there were. */
    public int requests(String kind) {
        return sandbox.requests(kind);
    }

    /** The headers of the last request of a kind, by names in lower case. */
    Map<String, String> headers(String kind) {
        Map<String, String> headers = new HashMap<>();
        for (Object each : sandbox.told("requests").get("requests") instanceof List<?> all ? all : List.of()) {
            Map<String, ?> entry = HostileJson.asObject(each);
            if (kind.equals(entry.get("kind"))) {
                headers.clear();
                HostileJson.asObject(entry.get("headers"))
                        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.valueOf(values)));
            }
        }
        return headers;
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
