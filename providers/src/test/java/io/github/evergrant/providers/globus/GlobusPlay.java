package io.github.evergrant.providers.globus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSettings;
import io.github.evergrant.http.JdkHttpSender;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.Introspection;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.TokenReplyLogin;
import io.github.evergrant.login.Wire;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.sandbox.Sandbox;
import io.github.evergrant.sandbox.SandboxSettings;
import io.github.evergrant.session.LooseTokens;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** Globus, played by a sandbox over a real socket, and the hand that plays it. */
final class GlobusPlay implements AutoCloseable {

    static final String GROUPS = "groups.api.globus.org";
    static final String SCOPE = "urn:globus:auth:scope:groups.api.globus.org:view_my_groups_and_memberships";

    final GlobusProvider globus = new GlobusProvider(Map.of());
    final ProviderData data;
    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());
    private final JdkHttpSender http =
            new JdkHttpSender(HttpSettings.fromEnvironment(Map.of()), InstantSource.system());

    GlobusPlay() {
        data = globus.describe(null, sandbox.base());
    }

    /** The API that lists groups. */
    URI groups() {
        return sandbox.base().resolve("/globus/groups/v2/groups/my_groups");
    }

    LoginRequest request() {
        return LoginRequest.of(globus, data, GlobusProvider.SANDBOX_PUBLIC_CLIENT, Scopes.of(SCOPE));
    }

    /** A login for Groups alone. */
    LoginResult login(String user) {
        return read(
                control("grant", "{\"dialect\":\"globus\",\"user\":\"" + user + "\",\"scopes\":[\"" + SCOPE + "\"]}"));
    }

    LoginResult read(String reply) {
        return TokenReplyLogin.read(request(), reply, InstantSource.system());
    }

    /** The same login, by somebody with this identity. */
    static LoginResult as(String identity, LoginResult login) {
        return new LoginResult(
                login.provider(),
                login.client(),
                new Account(identity + "@example.org", identity),
                login.response(),
                login.kind(),
                login.scopes());
    }

    /** A login's tokens in somebody's hand, with this end of the access token. */
    LooseTokens loose(TokenData tokens, Instant expiry) {
        return LooseTokens.ofRefreshToken(
                        data,
                        GlobusProvider.SANDBOX_PUBLIC_CLIENT,
                        GROUPS,
                        tokens.refresh().orElseThrow())
                .with(tokens.accessToken(), expiry);
    }

    /** All access tokens end now, and nobody is told. */
    void expire() {
        control("expire", "{\"dialect\":\"globus\"}");
    }

    /** So many requests of a kind are answered with a status. */
    void answer(String kind, int times, int status) {
        control(
                "faults",
                "[{\"dialect\":\"globus\",\"kind\":\"" + kind + "\",\"times\":" + times
                        + ",\"do\":\"status\",\"status\":" + status + "}]");
    }

    /** How many requests of a kind there were. */
    int requests(String kind) {
        String stats = send(HttpCall.get(sandbox.base().resolve("/_sandbox/stats")));
        int at = stats.indexOf("\"" + kind + "\":");
        return at < 0
                ? 0
                : Integer.parseInt(stats.substring(at + kind.length() + 3).split("[,}]", 2)[0]);
    }

    /** All requests as they were received. */
    String log() {
        return send(HttpCall.get(sandbox.base().resolve("/_sandbox/requests")));
    }

    /** Whether the provider still takes a token. */
    boolean active(Secret token) {
        return Introspection.of(
                        data, GlobusProvider.SANDBOX_CONFIDENTIAL_CLIENT, token, new Wire(http, InstantSource.system()))
                .active();
    }

    String control(String name, String body) {
        return send(new HttpCall(
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
