package io.github.evergrant.storage.sqlite;

import io.github.evergrant.storage.json.Json;
import io.github.evergrant.storage.json.MalformedJson;
import io.github.evergrant.storage.json.TokenObject;
import io.github.evergrant.token.TokenData;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a row of token data holds: a token object of format 1.0 or 2.0, or something that is none.
 *
 * @param value as JSON values; null when it is no JSON
 * @param flaw what is wrong with it, in words without values; null when it can be read
 */
record StoredToken(@Nullable Object value, @Nullable String flaw) {

    static StoredToken parse(@Nullable String text) {
        if (text == null) {
            return new StoredToken(null, "it is null");
        }
        try {
            Object value = Json.read(text.getBytes(StandardCharsets.UTF_8));
            return new StoredToken(value, TokenObject.flaw(value));
        } catch (MalformedJson e) {
            return new StoredToken(null, "it is no JSON (" + e.getMessage() + ")");
        }
    }

    /** Only without a flaw. */
    TokenData data(String resourceServer) {
        if (flaw == null && value instanceof Map<?, ?> object) {
            return TokenObject.read(resourceServer, object);
        }
        throw new IllegalStateException(flaw);
    }

    /** Without the value, which holds tokens. */
    @Override
    public String toString() {
        return "StoredToken[" + (flaw == null ? "readable" : flaw) + "]";
    }
}
