package io.github.evergrant.providers.tastytrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.token.AccessToken;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every request that the real Python library was seen to send, beside the one that we send in its place. */
final class TastytradeGoldenTest {

    private static final String SESSION = "{\"data\":{\"session-token\":\"s\",\"token\":\"q\",\"items\":[],"
            + "\"account-number\":\"n\"},\"access_token\":\"a\"}";

    static Stream<String> captured() throws IOException, URISyntaxException {
        Path golden = Path.of(Objects.requireNonNull(TastytradeGoldenTest.class.getResource("/golden/tastytrade"))
                .toURI());
        try (Stream<Path> all = Files.walk(golden)) {
            return all
                    .map(file -> golden.relativize(file).toString())
                    .filter(file -> file.endsWith(".request.http"))
                    // A proxy's, see the command line's tests.
                    .filter(file -> !file.endsWith("proxy-http-01.request.http"))
                    // Of a login in the browser, see TastytradeSetUpTest.
                    .filter(file -> !file.contains("/oauth-login-"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("captured")
    void every_captured_request_is_sent_by_us_too(String file) {
        Captured theirs = Captured.at(file);
        String[] words = theirs.message().first().split(" ", -1);
        Recorder net = new Recorder().reply(200, SESSION);
        String environment =
                theirs.headers().getOrDefault("Host", "").contains(".cert.") ? "certification" : "production";
        switch (words[0] + " " + words[1]) {
            case "POST /sessions" -> {
                Map<String, @Nullable Object> body = Captured.json(theirs.body());
                if ("".equals(body.get("password"))) {
                    // What is blank is refused here: failed logins are counted there.
                    assertThatThrownBy(() -> order(theirs, body, environment)).isInstanceOf(InvalidInput.class);
                    return;
                }
                ProviderData data = net.tastytrade.describePassword(environment, null);
                TastytradeLogin.password(data, order(theirs, body, environment), null, net.wire());
            }
            case "POST /oauth/token" -> {
                Map<String, @Nullable Object> body = Captured.json(theirs.body());
                TastytradeLogin.oauth(
                        net.tastytrade.describe(environment, null),
                        Secret.of(String.valueOf(body.get("client_secret"))),
                        Secret.of(String.valueOf(body.get("refresh_token"))),
                        net.wire());
            }
            default -> {
                if (!call(net, environment, theirs, words)) {
                    return;
                }
            }
        }
        theirs.isSentBy(net.sent.get(0));
        assertThat(net.sent).hasSize(1);
    }

    private static PasswordOrder order(Captured theirs, Map<String, @Nullable Object> body, String environment) {
        Object password = body.get("password");
        Object token = body.get("remember-token");
        return new PasswordOrder(
                String.valueOf(body.get("login")),
                password instanceof String text ? Secret.of(text) : null,
                token instanceof String text ? new RememberToken(environment, Secret.of(text)) : null,
                Boolean.TRUE.equals(body.get("remember-me")),
                theirs.headers().get("X-Tastyworks-OTP"));
    }

    /** @return false where we send nothing, or something newer */
    private static boolean call(Recorder net, String environment, Captured theirs, String... words) {
        String authorization = theirs.headers().getOrDefault("Authorization", "");
        boolean password = !authorization.startsWith("Bearer ");
        ProviderData data = password
                ? net.tastytrade.describePassword(environment, null)
                : net.tastytrade.describe(environment, null);
        TokenData tokens = new TokenData(
                "tastytrade",
                Secret.of(authorization.replace("Bearer ", "")),
                null,
                password ? AccessToken.BARE : "Bearer",
                Scopes.NONE,
                Expiry.never(),
                null,
                Map.of());
        LoginResult login = new LoginResult(
                data,
                Client.open(""),
                Account.UNKNOWN,
                TokenResponse.of(net.now, tokens),
                LoginResult.Kind.REFRESH_TOKEN,
                Scopes.NONE);
        try (Evergrant door = net.door()) {
            TastytradeSession session = net.session(door, login);
            String path = words[1];
            switch (words[0] + " " + path) {
                case "GET /customers/me" -> session.customer();
                case "GET /customers/me/accounts" -> Accounts.get(session);
                case "GET /users/me/two-factor-method" -> session.secondFactor();
                case "GET /api-quote-tokens" -> session.quoteToken();
                case "POST /sessions/validate" -> session.validate();
                case "DELETE /sessions" -> {
                    session.destroy();
                    // A grant is ended on the vendor's pages alone.
                    return password;
                }
                default -> {
                    // The older name of /api-quote-tokens.
                    if (path.equals("/quote-streamer-tokens")) {
                        return false;
                    }
                    assertThat(path).startsWith("/customers/me/accounts/");
                    Accounts.get(session, path.substring(path.lastIndexOf('/') + 1));
                }
            }
            return true;
        } catch (EvergrantException e) {
            throw new AssertionError(theirs.message().first(), e);
        }
    }
}
