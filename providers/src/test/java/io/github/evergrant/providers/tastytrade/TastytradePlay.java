package io.github.evergrant.providers.tastytrade;

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
import io.github.evergrant.session.Session;
import io.github.evergrant.token.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** tastytrade, played by a sandbox over a real socket, and the hand that plays it. */
final class TastytradePlay implements AutoCloseable {

    final TastytradeProvider tastytrade = new TastytradeProvider();
    final JdkHttpSender http = new JdkHttpSender(HttpSettings.defaults(), InstantSource.system());
    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());

    ProviderData oauth(String environment) {
        return tastytrade.describe(environment, sandbox.base());
    }

    ProviderData password() {
        return tastytrade.describePassword(null, sandbox.base());
    }

    Wire wire() {
        return new Wire(http, InstantSource.system());
    }

    /** A login with a grant that somebody made on the vendor's pages. */
    LoginResult oauthLogin(String environment) {
        String client = environment.equals("production") ? "sandbox-tastytrade" : "sandbox-tastytrade-certification";
        Map<String, @Nullable Object> granted =
                Captured.json(control("grant", "{\"dialect\":\"tastytrade\",\"client\":\"" + client + "\"}"));
        return TastytradeLogin.oauth(
                oauth(environment),
                Objects.requireNonNull(TastytradeProvider.SANDBOX_CLIENT.secret()),
                Secret.of(String.valueOf(granted.get("refresh_token"))),
                wire());
    }

    LoginResult passwordLogin(String name, @Nullable ChallengeAnswers answers) {
        return TastytradeLogin.password(
                password(), PasswordOrder.of(name, Secret.of(name + "-password")), answers, wire());
    }

    TastytradeSession session(Session session) {
        return TastytradeSession.of(session, http, InstantSource.system());
    }

    /** All tokens end now, and nobody is told. */
    void expire() {
        control("expire", "{\"dialect\":\"tastytrade\"}");
    }

    /** The next request of a kind is done, and its answer gets lost. */
    void loseAnswer(String kind) {
        control("faults", "[{\"dialect\":\"tastytrade\",\"kind\":\"" + kind + "\",\"do\":\"drop-after\"}]");
    }

    /** How many requests of a kind there were. */
    int requests(String kind) {
        Map<String, ?> stats = HostileJson.asObject(
                Captured.json(send(HttpCall.get(sandbox.base().resolve("/_sandbox/stats"))))
                        .get("tastytrade"));
        Object count = HostileJson.asObject(stats.get("requests")).get(kind);
        return count instanceof Number number ? number.intValue() : 0;
    }

    /** The headers by which each request says what sent it. */
    List<?> agents() {
        Object all = Captured.json(send(HttpCall.get(sandbox.base().resolve("/_sandbox/requests"))))
                .get("requests");
        return ((List<?>) Objects.requireNonNull(all))
                .stream()
                        .map(HostileJson::asObject)
                        .map(entry -> HostileJson.asObject(entry.get("headers")).get("User-agent"))
                        .toList();
    }

    private String control(String name, String body) {
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
