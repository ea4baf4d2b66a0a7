package io.github.evergrant.providers.tastytrade.saved;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.providers.tastytrade.TastytradeProvider;
import io.github.evergrant.session.SessionFacts;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.storage.json.MalformedJson;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@link SerializedSession}s: text of JSON, byte for byte as Python's library writes it. Asks nobody. */
public final class SerializedSessions {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ssxx");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");
    private static final int MOST_BYTES = 1 << 20;

    private SerializedSessions() {}

    /** Whether a file's content is such a text; what else is wrong with it, {@link #read} says. */
    public static boolean isOne(byte[] content) {
        return content.length <= MOST_BYTES
                && object(content)
                        .filter(json -> json.containsKey("is_test") && json.containsKey("session_token"))
                        .isPresent();
    }

    /**
     * Reads one, of whatever release; which it was, its keys say.
     *
     * @throws InvalidInput {@code session_malformed} when it is none, or {@code session_useless} when nothing can be done with it
     */
    public static SerializedSession read(byte[] content) {
        Map<String, @Nullable Object> json = object(content).orElseThrow(() -> malformed("it is no JSON object"));
        if (!(json.get("is_test") instanceof Boolean test)) {
            throw malformed("is_test says neither true nor false");
        }
        boolean password = json.get("user") instanceof Map<?, ?>;
        return new SerializedSession(
                test,
                password,
                password ? null : secret(json, "provider_secret"),
                token(json, "session_token"),
                token(json, password ? "remember_token" : "refresh_token"),
                expiry(json),
                json);
    }

    /** Some programs keep the text as a JSON string once more. */
    private static Optional<Map<String, @Nullable Object>> object(byte[] content) {
        try {
            Object value = Json.read(content);
            if (value instanceof String text) {
                value = Json.read(text.getBytes(StandardCharsets.UTF_8));
            }
            return value instanceof Map<?, ?> ? Optional.of(map(value)) : Optional.empty();
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }

    @SuppressWarnings("unchecked") // what was read has no other keys than texts
    private static Map<String, @Nullable Object> map(Object value) {
        return (Map<String, @Nullable Object>) value;
    }

    private static @Nullable Secret token(Map<String, @Nullable Object> json, String name) {
        Secret found = secret(json, name);
        if (found != null && !VISIBLE.matcher(found.reveal()).matches()) {
            throw malformed(name + " holds characters that no token has");
        }
        return found;
    }

    private static @Nullable Secret secret(Map<String, @Nullable Object> json, String name) {
        Object value = json.get(name);
        if (value != null && !(value instanceof String)) {
            throw malformed(name + " is no text");
        }
        return value instanceof String text && !text.isEmpty() ? Secret.of(text) : null;
    }

    /** A text, a number of seconds, before that one of milliseconds; before that nothing at all. */
    private static Expiry expiry(Map<String, @Nullable Object> json) {
        Object end = json.get("session_expiration");
        Object millis = json.get("expires_at");
        if (end == null && millis instanceof Number number) {
            return seconds(number, 3);
        }
        if (end == null) {
            return Expiry.never();
        }
        if (end instanceof Number number) {
            return seconds(number, 0);
        }
        try {
            return Expiry.at(OffsetDateTime.parse(String.valueOf(end), TIME).toInstant());
        } catch (DateTimeException e) {
            throw malformed("session_expiration is no time as Python writes it");
        }
    }

    private static Expiry seconds(Number number, int scale) {
        double rough = number.doubleValue();
        if (Double.isNaN(rough)) {
            throw malformed("when the session ends is no number");
        }
        if (Math.abs(rough) >= Expiry.NEVER_SECONDS * Math.pow(10, scale)) {
            return rough > 0 ? Expiry.never() : Expiry.ofEpochSecond(0);
        }
        BigDecimal exact =
                new BigDecimal(number.toString()).movePointLeft(scale).setScale(9, RoundingMode.FLOOR);
        long whole = exact.setScale(0, RoundingMode.FLOOR).longValueExact();
        long nanos = exact.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValueExact();
        return Expiry.at(Instant.ofEpochSecond(whole, nanos));
    }

    private static InvalidInput malformed(String why) {
        return new InvalidInput(Problem.of(
                "session_malformed", "that is no session that Python's tastytrade library serialized: " + why));
    }

    /**
     * What there is to serialize of one of our sessions.
     *
     * @throws InvalidInput {@code other_provider} when it is none with tastytrade
     */
    public static SerializedSession of(SessionFacts facts, TokenData tokens) {
        if (!facts.provider().equals(new TastytradeProvider().id())) {
            throw new InvalidInput(Problem.of(
                    "other_provider", "the session is with " + facts.provider() + ", and not with tastytrade"));
        }
        boolean password = TastytradeProvider.isPassword(facts.tokenEndpoint());
        Map<String, @Nullable Object> other = new LinkedHashMap<>(tokens.extra());
        if (password) {
            other.putIfAbsent("user", user(facts));
        }
        return new SerializedSession(
                facts.environment().equals(TastytradeProvider.CERTIFICATION),
                password,
                password ? null : facts.client().secret(),
                SerializedSession.fetched(tokens),
                tokens.refreshToken(),
                tokens.expiry(),
                other);
    }

    private static Map<String, @Nullable Object> user(SessionFacts facts) {
        Map<String, @Nullable Object> user = new LinkedHashMap<>();
        user.put("email", null);
        user.put("external_id", facts.account().identityId());
        user.put("is_confirmed", null);
        user.put("username", facts.account().username());
        user.put("name", null);
        user.put("nickname", null);
        return user;
    }

    /**
     * As 10.3.0 reads it. Of a session without a quote token that has ended now, so that a new one is fetched.
     *
     * @param now when that is
     */
    public static String write10(SerializedSession session, Instant now) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("is_test", session.test());
        json.put("proxy", session.other().get("proxy"));
        ZoneId zone = session.password() ? ZoneOffset.UTC : NEW_YORK;
        String end = TIME.format(
                Instant.ofEpochSecond(session.expiry().epochSecond()).atZone(zone));
        Object known = session.other().get("streamer_expiration");
        Object quotes = known == null ? TIME.format(now.atZone(zone)) : known;
        if (session.password()) {
            json.put("user", session.other().get("user"));
            json.put("session_token", text(session.sessionToken()));
            json.put("remember_token", session.refresh() == null ? null : text(session.refresh()));
            json.put("session_expiration", end);
        } else {
            json.put("provider_secret", text(session.clientSecret()));
            json.put("refresh_token", text(session.refresh()));
            json.put("streamer_expiration", quotes);
            json.put("session_token", text(session.sessionToken()));
            json.put("session_expiration", end);
        }
        json.put("streamer_token", session.other().get("streamer_token"));
        json.put("dxlink_url", session.other().get("dxlink_url"));
        json.putIfAbsent("streamer_expiration", quotes);
        return Json.text(json);
    }

    /**
     * As 12 reads it.
     *
     * @throws InvalidInput {@code not_oauth} when it is a session by password, which 12 does not have
     */
    public static String write12(SerializedSession session) {
        if (session.password()) {
            throw new InvalidInput(
                    Problem.of("not_oauth", "the session is one by password, and Python's library has none since 11")
                            .withAdvice("write the form of 10, or log in by OAuth"));
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("is_test", session.test());
        json.put("provider_secret", text(session.clientSecret()));
        json.put("refresh_token", text(session.refresh()));
        json.put(
                "session_expiration",
                session.sessionToken() == null ? new BigDecimal("0.0") : seconds(session.expiry()));
        json.put("session_token", text(session.sessionToken()));
        Object options = session.other().get("client_kwargs");
        json.put("client_kwargs", options == null ? Map.of() : options);
        return Json.text(json);
    }

    /** As Python writes a float: a fraction in every case, and no zeros behind it. */
    private static Object seconds(Expiry expiry) {
        Instant end = expiry.end().orElse(null);
        if (end == null) {
            return Double.POSITIVE_INFINITY;
        }
        BigDecimal exact = BigDecimal.valueOf(end.getEpochSecond())
                .add(BigDecimal.valueOf(end.getNano(), 9))
                .setScale(6, RoundingMode.FLOOR)
                .stripTrailingZeros();
        return exact.scale() < 1 ? exact.setScale(1) : exact;
    }

    private static String text(@Nullable Secret secret) {
        return secret == null ? "" : secret.reveal();
    }
}
