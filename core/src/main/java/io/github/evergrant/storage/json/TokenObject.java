package io.github.evergrant.storage.json;

import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Token data as the JSON object that the Globus formats hold for one resource server. */
public final class TokenObject {

    private static final Set<String> KNOWN = Set.copyOf(List.of(
            "resource_server",
            "identity_id",
            "scope",
            "access_token",
            "refresh_token",
            "expires_at_seconds",
            "token_type"));

    /** What an object of format 1.0 always has. */
    private static final List<String> OFTEN_NULL = List.of("refresh_token", "token_type");

    private static final int MAX_EXTRA_DEPTH = 64;

    private TokenObject() {}

    /**
     * What is wrong with an object, in words without values; null when it can be read.
     *
     * <p>The same objects are good here as in the Python library, except that it takes true for the number 1. Without a
     * time one is good too, as for its first generation, which looks at no field.
     */
    public static @Nullable String flaw(@Nullable Object stored) {
        if (!(stored instanceof Map<?, ?> map)) {
            return "it is not an object";
        }
        for (String name : List.of("resource_server", "scope", "access_token")) {
            if (!(map.get(name) instanceof String)) {
                return name + " is not a string";
            }
        }
        for (String name : List.of("identity_id", "refresh_token", "token_type")) {
            if (map.get(name) != null && !(map.get(name) instanceof String)) {
                return name + " is not a string";
            }
        }
        Object expiry = map.get("expires_at_seconds");
        return expiry == null || expiry instanceof Long || expiry instanceof BigInteger
                ? null
                : "expires_at_seconds is not an integer";
    }

    /**
     * Reads an object.
     *
     * @param resourceServer what it is stored under, which counts more than what it says itself
     * @throws MalformedJson that says the {@link #flaw} when there is one
     */
    public static TokenData parse(String resourceServer, @Nullable Object stored) throws MalformedJson {
        String flaw = flaw(stored);
        if (flaw == null && stored instanceof Map<?, ?> map) {
            return read(resourceServer, map);
        }
        throw new MalformedJson(String.valueOf(flaw));
    }

    /**
     * Reads an object without a {@link #flaw}.
     *
     * @param resourceServer what it is stored under, which counts more than what it says itself
     */
    public static TokenData read(String resourceServer, Map<?, ?> map) {
        Map<String, @Nullable Object> extra = new LinkedHashMap<>();
        for (Map.Entry<?, ?> property : map.entrySet()) {
            if (!KNOWN.contains((String) property.getKey())) {
                extra.put((String) property.getKey(), property.getValue());
            }
        }
        String refresh = text(map, "refresh_token");
        return new TokenData(
                resourceServer,
                Secret.of(String.valueOf(map.get("access_token"))),
                // Python may write an empty one, which refreshes nothing.
                refresh == null || refresh.isEmpty() ? null : Secret.of(refresh),
                text(map, "token_type"),
                Scopes.parse(String.valueOf(map.get("scope"))),
                expiry(map.get("expires_at_seconds")),
                text(map, "identity_id"),
                extra);
    }

    /**
     * Writes an object of format 2.0: a field without a value is left out.
     *
     * @param stored what it replaces, whose unknown fields are kept; null when nothing was there
     */
    public static Map<String, @Nullable Object> write(TokenData data, @Nullable Object stored) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("resource_server", data.resourceServer());
        putIfKnown(object, "identity_id", data.identityId());
        object.put("scope", data.scopes().text());
        object.put("access_token", data.accessToken().reveal());
        putIfKnown(object, "refresh_token", reveal(data.refreshToken()));
        object.put("expires_at_seconds", data.expiry().epochSecond());
        putIfKnown(object, "token_type", data.tokenType());
        putExtras(object, stored, data.extra());
        return object;
    }

    /**
     * Writes an object for programs of either generation, as {@link #write} does, but with null where nothing is known: what
     * the first one wrote had that, and its readers fail without. What the second one wrote goes on without.
     *
     * @param stored what it replaces, whose unknown fields are kept; null when nothing was there
     */
    public static Map<String, @Nullable Object> writeForBoth(TokenData data, @Nullable Object stored) {
        Map<String, @Nullable Object> object = write(data, stored);
        for (String name : OFTEN_NULL) {
            if (!(stored instanceof Map<?, ?> map) || map.containsKey(name)) {
                object.putIfAbsent(name, null);
            }
        }
        return object;
    }

    /** Writes an object of format 1.0: it has no identity, and says null where nothing is known. */
    public static Map<String, @Nullable Object> writeFormat1(TokenData data, @Nullable Object stored) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("scope", data.scopes().text());
        object.put("access_token", data.accessToken().reveal());
        object.put("refresh_token", reveal(data.refreshToken()));
        object.put("token_type", data.tokenType());
        object.put("expires_at_seconds", data.expiry().epochSecond());
        object.put("resource_server", data.resourceServer());
        putExtras(object, stored, data.extra());
        return object;
    }

    private static void putExtras(
            Map<String, @Nullable Object> object, @Nullable Object stored, Map<String, @Nullable Object> extra) {
        if (stored instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> property : map.entrySet()) {
                if (!KNOWN.contains((String) property.getKey())) {
                    object.put((String) property.getKey(), property.getValue());
                }
            }
        }
        readable(extra).forEach((name, value) -> {
            if (!KNOWN.contains(name)) {
                object.put(name, value);
            }
        });
    }

    /**
     * Those further fields that can be read again wherever they are written: the whole document must be readable with
     * them, and tokens are worth more than a server's oddities.
     */
    public static Map<String, @Nullable Object> readable(Map<String, @Nullable Object> extra) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        extra.forEach((name, value) -> {
            if (JsonText.isWhole(name) && JsonText.isReadable(value, MAX_EXTRA_DEPTH)) {
                all.put(name, value);
            }
        });
        return all;
    }

    private static void putIfKnown(Map<String, @Nullable Object> object, String name, @Nullable String value) {
        if (value != null) {
            object.put(name, value);
        }
    }

    private static @Nullable String reveal(@Nullable Secret secret) {
        return secret == null ? null : secret.reveal();
    }

    private static @Nullable String text(Map<?, ?> map, String name) {
        return map.get(name) instanceof String text ? text : null;
    }

    private static Expiry expiry(@Nullable Object seconds) {
        return seconds instanceof Long number
                ? Expiry.ofEpochSecond(number)
                // Missing, or larger than any time we know.
                : seconds instanceof BigInteger big && big.signum() < 0
                        ? Expiry.ofEpochSecond(Long.MIN_VALUE)
                        : Expiry.never();
    }
}
