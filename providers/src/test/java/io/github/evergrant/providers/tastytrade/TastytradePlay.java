package io.github.evergrant.providers.tastytrade;

import io.github.evergrant.http.JdkHttpSender;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.Wire;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.testing.SandboxHand;
import io.github.evergrant.session.Session;
import io.github.evergrant.token.Secret;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** tastytrade, played by a sandbox over a real socket, and the hand that plays it. */
final class TastytradePlay implements AutoCloseable {

    final TastytradeProvider tastytrade = new TastytradeProvider();
    private final SandboxHand sandbox = new SandboxHand("tastytrade");
    final JdkHttpSender http = sandbox.http();

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
                sandbox.control("grant", "{\"dialect\":\"tastytrade\",\"client\":\"" + client + "\"}");
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
        sandbox.expire();
    }

    /** The next request of a kind is done, and its answer gets lost. */
    void loseAnswer(String kind) {
        sandbox.fault(kind, "\"do\":\"drop-after\"");
    }

    /** How many requests of a kind there were. */
    int requests(String kind) {
        return sandbox.requests(kind);
    }

    /** The headers by which each request says what sent it. */
    List<?> agents() {
        return ((List<?>) Objects.requireNonNull(sandbox.told("requests").get("requests")))
                .stream()
                        .map(HostileJson::asObject)
                        .map(entry -> HostileJson.asObject(entry.get("headers")).get("User-agent"))
                        .toList();
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
