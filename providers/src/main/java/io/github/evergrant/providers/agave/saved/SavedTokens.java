package io.github.evergrant.providers.agave.saved;

import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Secret;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A token pair with its times, as a saved session holds it (docs/protocols/agave.md section 4.2).
 *
 * @param accessToken the token to send
 * @param refreshToken the token that fetches a successor, or null
 * @param createdAt when it came, in seconds since 1970: a text or a number, as it was found; empty when not known
 * @param expiresIn how many seconds it lives: whatever the server sent, as a JSON value; null or empty when not known
 * @param expiresAt its end in words, for people
 */
public record SavedTokens(
        Secret accessToken,
        @Nullable Secret refreshToken,
        Object createdAt,
        @Nullable Object expiresIn,
        String expiresAt) {

    public SavedTokens {
        Objects.requireNonNull(accessToken, "accessToken");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }

    /**
     * A pair that a server has just granted.
     *
     * @param expiresIn what the reply says: a number, or the text of one
     */
    public static SavedTokens granted(
            Secret accessToken, @Nullable Secret refreshToken, Instant createdAt, Object expiresIn) {
        String created = Long.toString(createdAt.getEpochSecond());
        Map<String, @Nullable Object> times = new LinkedHashMap<>();
        times.put(Fields.CREATED, created);
        times.put(Fields.LIFETIME, expiresIn);
        String end = Times.text(Times.expiry(times).epochSecond());
        return new SavedTokens(accessToken, refreshToken, created, expiresIn, end);
    }

    /** Those of a record, or null when it has none. */
    static @Nullable SavedTokens of(Map<?, ?> record) {
        if (!Fields.hasTokens(record)) {
            return null;
        }
        String refresh = Fields.text(record, Fields.REFRESH);
        Object created = Fields.value(record, Fields.CREATED);
        return new SavedTokens(
                Secret.of(Fields.text(record, Fields.ACCESS)),
                refresh.isEmpty() ? null : Secret.of(refresh),
                created == null ? "" : created,
                Fields.value(record, Fields.LIFETIME),
                Fields.text(record, Fields.EXPIRES));
    }

    /** The five fields, as line A writes them: empty for nothing. */
    static Map<String, @Nullable Object> fields(@Nullable SavedTokens tokens) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        if (tokens == null) {
            Fields.OF_TOKENS.forEach(name -> fields.put(name, ""));
            return fields;
        }
        Secret refresh = tokens.refreshToken;
        fields.put(Fields.ACCESS, tokens.accessToken.reveal());
        fields.put(Fields.REFRESH, refresh == null ? "" : refresh.reveal());
        fields.put(Fields.CREATED, tokens.createdAt);
        fields.put(Fields.LIFETIME, tokens.expiresIn == null ? "" : tokens.expiresIn);
        fields.put(Fields.EXPIRES, tokens.expiresAt);
        return fields;
    }

    /** When the access token ends; one that does not say has ended. */
    public Expiry expiry() {
        return Times.expiry(fields(this));
    }

    /** Without what may be anything. */
    @Override
    public String toString() {
        return "SavedTokens[" + accessToken + ", refresh " + refreshToken + ", " + expiry() + "]";
    }
}
