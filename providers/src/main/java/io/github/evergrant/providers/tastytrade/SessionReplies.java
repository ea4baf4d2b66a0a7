package io.github.evergrant.providers.tastytrade;

import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.RetryAfter;
import io.github.evergrant.login.Account;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.oauth.ReplyRules;
import io.github.evergrant.oauth.TokenReply;
import io.github.evergrant.renewal.Standing;
import io.github.evergrant.token.AccessToken;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code POST /sessions} answers (docs/protocols/tastytrade.md section 4.3), tolerantly: after a login by remember
 * token the reply holds the only live one.
 */
final class SessionReplies {

    /** What token data keep of whoever logged in, beside what they have names for. */
    private static final String USER = "user";

    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");

    private SessionReplies() {}

    /** Of a login by remember token: a no means that the token is spent, unless it asks for a code, as it may of a password. */
    static TokenReply read(HttpReply reply, ReplyRules rules, Secret... sent) {
        Optional<TokenResponse> granted = granted(reply, rules);
        if (granted.isPresent()) {
            return new TokenReply.Granted(granted.get());
        }
        if (reply.ok()) {
            return new TokenReply.Unreadable(reply.status(), "it holds no session token");
        }
        ErrorEnvelope error = ErrorEnvelope.in(reply, sent);
        if (error.isLocked()) {
            String why = error.sentence().isEmpty() ? "status " + reply.status() : error.sentence();
            return new TokenReply.Unavailable(reply.status(), why, ErrorEnvelope.lockedUntil(reply));
        }
        if (error.isTemporary()) {
            return new TokenReply.Unavailable(
                    reply.status(),
                    "status " + reply.status(),
                    RetryAfter.of(reply).orElse(null));
        }
        if (!error.json()) {
            return new TokenReply.Refused(reply.status(), "http_" + reply.status(), Wording.NO_JSON);
        }
        String asked = TastytradeCalls.code(error);
        if (asked.equals("device_challenge_required") || asked.startsWith("one_time_code_")) {
            return new TokenReply.Refused(
                    reply.status(),
                    Standing.INTERACTION_REQUIRED,
                    "tastytrade wants a one-time code; it answered " + error.sentence());
        }
        boolean spent = reply.status() == 401 || reply.status() == 403;
        String code = error.code().isEmpty() ? "http_" + reply.status() : error.code();
        return new TokenReply.Refused(reply.status(), spent ? "invalid_grant" : code, error.sentence());
    }

    /** The tokens of a success; nothing when there are none. */
    static Optional<TokenResponse> granted(HttpReply reply, ReplyRules rules) {
        Fields data = new Fields(data(reply));
        Secret session = token(data, "session-token");
        if (!reply.ok() || session == null) {
            return Optional.empty();
        }
        List<String> oddities = new ArrayList<>();
        Optional<Instant> end = data.time("session-expiration");
        if (end.isEmpty()) {
            oddities.add("the reply does not say when the session ends");
        }
        Duration assumed = rules.defaultLifetime();
        Expiry expiry = end.map(Expiry::at)
                .orElseGet(() -> assumed == null
                        ? Expiry.never()
                        : Expiry.at(reply.sentAt().plus(assumed)));
        TokenData tokens = new TokenData(
                        rules.defaultResourceServer(),
                        session,
                        token(data, "remember-token"),
                        AccessToken.BARE,
                        Scopes.NONE,
                        expiry,
                        // Whose it is stays as the login said it, whatever later replies tell of their user.
                        null,
                        Map.of())
                .withExtra(user(data));
        return Optional.of(new TokenResponse(
                Map.of(rules.defaultResourceServer(), tokens), null, reply.sentAt(), Map.of(), oddities));
    }

    /** Who logged in, by the name that they used. */
    static Account account(HttpReply reply, String login) {
        return new Account(login, identity(new Fields(data(reply))).orElse(null));
    }

    /** As the Python library keeps it with a session, by names with underscores. */
    private static Map<String, @Nullable Object> user(Fields data) {
        Fields told = new Fields(HostileJson.asObject(data.all().get("user")));
        if (told.all().isEmpty()) {
            return Map.of();
        }
        Map<String, @Nullable Object> user = new LinkedHashMap<>();
        user.put("email", told.text("email").orElse(null));
        user.put("external_id", told.text("external-id").orElse(null));
        user.put("is_confirmed", told.flag("is-confirmed").orElse(null));
        for (String name : List.of("username", "name", "nickname")) {
            user.put(name, told.text(name).orElse(null));
        }
        return Map.of(USER, user);
    }

    private static Optional<String> identity(Fields data) {
        Fields user = new Fields(HostileJson.asObject(data.all().get("user")));
        return Customer.identity(user.text("email"), user.text("external-id"));
    }

    private static @Nullable Secret token(Fields data, String name) {
        return data.text(name)
                .filter(text -> VISIBLE.matcher(text).matches())
                .map(Secret::of)
                .orElse(null);
    }

    /** Empty when there is none. */
    static Map<String, @Nullable Object> data(HttpReply reply) {
        try {
            return HostileJson.asObject(HostileJson.read(reply.text()).object().get("data"));
        } catch (HostileJson.Malformed e) {
            return Map.of();
        }
    }
}
