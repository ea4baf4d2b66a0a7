package io.github.evergrant.sandbox.tastytrade;

import io.github.evergrant.sandbox.server.Call;
import io.github.evergrant.sandbox.server.Json;
import io.github.evergrant.sandbox.server.Reply;
import io.github.evergrant.sandbox.server.Request;
import io.github.evergrant.sandbox.tastytrade.TastytradeSeed.Trader;
import io.github.evergrant.sandbox.token.AccessToken;
import io.github.evergrant.sandbox.token.Change;
import io.github.evergrant.sandbox.token.Client;
import io.github.evergrant.sandbox.token.Grant;
import io.github.evergrant.sandbox.token.Person;
import io.github.evergrant.sandbox.token.Randomness;
import io.github.evergrant.sandbox.token.TokenBook;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sessions by password or remember token. A remember token works once, and has a successor only where one is asked for. */
final class TastytradeSessions {

    /** Whom the session tokens are given to, which no OAuth application is. */
    static final Client PASSWORD = new Client("", null, "password sessions");

    private static final Duration LIFETIME = Duration.ofHours(24);
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final TastytradeSeed seed;
    private final TokenBook tokens;
    private final TastytradeChallenges challenges;
    private final Randomness random;
    private final InstantSource clock;
    private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

    TastytradeSessions(
            TastytradeSeed seed,
            TokenBook tokens,
            TastytradeChallenges challenges,
            Randomness random,
            InstantSource clock) {
        this.seed = seed;
        this.tokens = tokens;
        this.challenges = challenges;
        this.random = random;
        this.clock = clock;
    }

    private record Remembered(Person person, String environment, Instant until, AtomicBoolean spent) {}

    void clear() {
        remembered.clear();
        challenges.clear();
    }

    /** {@code POST /sessions}: a password wins over a remember token. */
    Call create(Request request, TastytradeEnvironment environment) {
        JsonNode fields = TastytradeReplies.fields(request);
        String token = TastytradeReplies.text(fields, "remember-token");
        return token == null || fields.has("password")
                ? new Call("sessions.password", any -> byPassword(any, environment))
                : new Call("sessions.remember", token, any -> byToken(any, token, environment));
    }

    private Reply byPassword(Request request, TastytradeEnvironment environment) {
        JsonNode fields = TastytradeReplies.fields(request);
        String login = need(fields, "login");
        String password = need(fields, "password");
        Trader trader = seed.traders().stream()
                .filter(each -> each.person().signsInWith(login, password))
                .findFirst()
                .orElseThrow(TastytradeReplies::invalidCredentials);
        challenges.pass(request, trader, environment);
        return open(request, trader.person(), environment);
    }

    private Reply byToken(Request request, String token, TastytradeEnvironment environment) {
        String login = need(TastytradeReplies.fields(request), "login");
        Remembered found = remembered.get(token);
        boolean good = found != null
                && found.environment().equals(environment.name())
                && (found.person().login().equals(login)
                        || found.person().username().equals(login))
                && clock.instant().isBefore(found.until());
        if (found == null || !good) {
            throw TastytradeReplies.invalidCredentials();
        }
        if (!found.spent().compareAndSet(false, true)) {
            tokens.reused();
            throw TastytradeReplies.invalidCredentials();
        }
        return open(request, found.person(), environment);
    }

    private Reply open(Request request, Person person, TastytradeEnvironment environment) {
        Grant grant = new Grant(person, PASSWORD, environment.audience(), List.of());
        AccessToken token = tokens.open(grant, tokens.lifetime(LIFETIME), false, request.changes())
                .access();
        ObjectNode json = Json.object();
        json.set("user", user(person));
        json.put("session-token", token.value());
        boolean asked = TastytradeReplies.fields(request).path("remember-me").asBoolean(false);
        if (asked && !request.changes().contains(Change.NO_REFRESH_TOKEN)) {
            String next = random.opaque("sandbox-rem-");
            remembered.put(
                    next,
                    new Remembered(person, environment.name(), clock.instant().plus(LIFETIME), new AtomicBoolean()));
            json.put("remember-token", next);
        }
        if (!request.changes().contains(Change.NO_EXPIRES_IN)) {
            json.put("session-expiration", MILLIS.format(token.expiresAt()));
        }
        return TastytradeReplies.data(201, json, "/sessions");
    }

    /** {@code POST /sessions/validate}. */
    Reply validate(Request request, TastytradeEnvironment environment) {
        AccessToken token = holder(request, environment)
                .orElseThrow(() -> TastytradeReplies.error(401, "invalid_session", "Session is invalid"));
        return TastytradeReplies.data(201, user(token.grant().person()), "/sessions/validate");
    }

    /** {@code DELETE /sessions}. What becomes of an OAuth token is unknown: it stays. */
    Reply destroy(Request request, TastytradeEnvironment environment) {
        AccessToken token = holder(request, environment).orElseThrow(TastytradeReplies::tokenInvalid);
        tokens.revoke(token.value(), PASSWORD);
        return new Reply(204, Map.of(), "");
    }

    /** A session token goes bare, an OAuth token behind {@code Bearer}; both in their own environment alone. */
    Optional<AccessToken> holder(Request request, TastytradeEnvironment environment) {
        String bearer = request.bearer();
        String bare = request.header("Authorization");
        String value = bearer == null ? bare : bearer;
        Client expected = bearer == null ? PASSWORD : environment.client();
        return Optional.ofNullable(value)
                .flatMap(tokens::access)
                .filter(token -> token.grant().client().equals(expected)
                        && token.grant().audience().equals(environment.audience()));
    }

    private static ObjectNode user(Person person) {
        return Json.object()
                .put("email", person.email())
                .put("username", person.login())
                .put("external-id", TastytradePapers.externalId('U', person))
                .put("is-confirmed", true);
    }

    private static String need(JsonNode fields, String name) {
        String value = TastytradeReplies.text(fields, name);
        if (value == null) {
            throw TastytradeReplies.invalid(name, "is missing");
        }
        return value;
    }
}
