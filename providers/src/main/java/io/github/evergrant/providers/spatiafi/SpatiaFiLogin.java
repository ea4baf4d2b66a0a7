package io.github.evergrant.providers.spatiafi;

import io.github.evergrant.error.Problem;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.ClientCredentialsLogin;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.Wire;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Logins with SpatiaFi: by password, for a short while, and by app credentials (docs/protocols/spatiafi.md sections 3 and 5). */
public final class SpatiaFiLogin {

    private static final SpatiaFiCalls.Proof PASSWORD =
            new SpatiaFiCalls.Proof("wrong_password", "check username and password");

    /** How a refusal by the framework that the service is made with is read: it knows no codes of OAuth. */
    private static final Set<String> REFUSED = Set.of("http_400", "http_401", "http_403");

    /** Where a reply says nothing (section 5.4). */
    private static final Duration USUAL = Duration.ofMinutes(10);

    /** The year 9999: beyond it, a number is no time. */
    private static final long LAST = 253_402_300_799L;

    private SpatiaFiLogin() {}

    /**
     * A token for a password, by one request, never repeated: each failure may count against the account.
     *
     * @param data as {@link SpatiaFiProvider} describes it
     * @throws ProviderRefused {@code wrong_password}, or when the service says no otherwise
     * @throws io.github.evergrant.error.TemporarilyUnavailable when no usable answer came
     */
    public static BasicToken basic(ProviderData data, SpatiaFiUser user, HttpSender http) {
        SpatiaFiCalls calls = new SpatiaFiCalls(data.title(), http);
        HttpCall call =
                HttpCall.get(URI.create(data.endpoints().token() + "/basic")).withHeader("Authorization", user.basic());
        HttpReply reply = calls.send(call, "try again when the network works");
        Map<String, @Nullable Object> fields = calls.fields(reply, PASSWORD, user.password());
        String token = HostileJson.asText(fields.get("access_token"));
        if (token == null || !token.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw calls.unreadable("it holds no access token");
        }
        return new BasicToken(Secret.of(token), end(fields, reply.sentAt()));
    }

    /**
     * A session's beginning by app credentials, by one request, never repeated. The session renews itself in the same way.
     *
     * @param provider by whom the data was described
     * @throws ProviderRefused {@code invalid_client} when the credentials are not accepted, or when the service says no otherwise
     * @throws io.github.evergrant.error.TemporarilyUnavailable when no usable answer came
     */
    public static LoginResult appCredentials(
            SpatiaFiProvider provider, ProviderData data, AppCredentials credentials, Wire wire) {
        LoginRequest request = LoginRequest.of(provider, data, credentials.client(), Scopes.NONE);
        try {
            LoginResult login = ClientCredentialsLogin.run(request, wire);
            return credentials.userId() == null ? login : login.withAccount(new Account(null, credentials.userId()));
        } catch (ProviderRefused e) {
            if (e.providerCode().filter(REFUSED::contains).isEmpty()) {
                throw e;
            }
            throw new ProviderRefused(Problem.of("invalid_client", Objects.requireNonNull(e.getMessage()))
                    .withAdvice("check the client id and the client secret, or create new app credentials")
                    .withProviderCode(e.providerCode().orElse(null))
                    .withCause(e));
        }
    }

    /** What lives so long from when it was asked for counts more than a time by the server's clock. */
    private static Instant end(Map<String, @Nullable Object> fields, Instant sentAt) {
        long lifetime = seconds(fields.get("expires_in"));
        if (lifetime > 0) {
            return sentAt.plusSeconds(Math.min(lifetime, Duration.ofDays(3650).toSeconds()));
        }
        long end = seconds(fields.get("expires_at"));
        return end > 0 && end <= LAST ? Instant.ofEpochSecond(end) : sentAt.plus(USUAL);
    }

    private static long seconds(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }
}
