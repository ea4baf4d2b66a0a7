package io.github.evergrant.providers.agave.saved;

import io.github.evergrant.storage.MalformedDocument;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one saved record, whichever of the four writers wrote it (docs/protocols/agave.md sections 4.2 and 4.4.4).
 */
final class Fields {

    static final String TENANT = "tenantid";
    static final String BASE_URL = "baseurl";
    static final String DEV_URL = "devurl";
    static final String SECRET = "apisecret";
    static final String KEY = "apikey";
    static final String USERNAME = "username";
    static final String ACCESS = "access_token";
    static final String REFRESH = "refresh_token";
    static final String CREATED = "created_at";
    static final String LIFETIME = "expires_in";
    static final String EXPIRES = "expires_at";
    static final String NAME = "client_name";

    /** In the order in which line A writes them. */
    static final List<String> ALL =
            List.of(TENANT, BASE_URL, DEV_URL, SECRET, KEY, USERNAME, ACCESS, REFRESH, CREATED, LIFETIME, EXPIRES);

    static final List<String> OF_TOKENS = List.of(ACCESS, REFRESH, CREATED, LIFETIME, EXPIRES);

    /** Other names of the same, in {@code .agpy} and now and then in {@code current}. */
    private static final Map<String, String> LONG_NAMES =
            Map.of(TENANT, "tenant_id", BASE_URL, "api_server", KEY, "api_key", SECRET, "api_secret", ACCESS, "token");

    private static final Set<String> KNOWN = Set.of(
            TENANT,
            BASE_URL,
            DEV_URL,
            SECRET,
            KEY,
            USERNAME,
            ACCESS,
            REFRESH,
            CREATED,
            LIFETIME,
            EXPIRES,
            NAME,
            "tenant_id",
            "api_server",
            "api_key",
            "api_secret",
            "token");

    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE / 4);

    private Fields() {}

    /** Whether it has a name and a meaning, so that it is not merely kept. */
    static boolean isKnown(String name) {
        return KNOWN.contains(name);
    }

    /** The value of a field, by its short or its long name. */
    static @Nullable Object value(Map<?, ?> record, String name) {
        Object value = record.get(name);
        String longName = LONG_NAMES.get(name);
        return value == null && longName != null ? record.get(longName) : value;
    }

    /** A field as text: nothing where there is none, or null. */
    static String text(Map<?, ?> record, String name) {
        Object value = value(record, name);
        return value instanceof String text ? text : value instanceof Number number ? number.toString() : "";
    }

    /** Whether anything stands in a field. */
    static boolean isBlank(Map<?, ?> record, String name) {
        Object value = value(record, name);
        return value == null || value.equals("");
    }

    /** Whole seconds, from a number or the text of one, with a fraction or without; nothing of anything else. */
    static OptionalLong seconds(Map<?, ?> record, String name) {
        Object value = value(record, name);
        if (!(value instanceof Number) && !(value instanceof String)) {
            return OptionalLong.empty();
        }
        try {
            BigDecimal number = new BigDecimal(value.toString().trim());
            // A number of a thousand digits, or with an exponent of a million, is no time.
            boolean sane =
                    number.precision() - number.scale() < 20 && number.abs().compareTo(LONGEST) < 0;
            return sane ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** When the tokens came, for telling which copy is the freshest; long ago when it does not say. */
    static long createdAt(Map<?, ?> record) {
        return seconds(record, CREATED).orElse(0);
    }

    static boolean hasTokens(Map<?, ?> record) {
        return !isBlank(record, ACCESS) || !isBlank(record, REFRESH);
    }

    /** The base URL as it is compared: without slashes at its end, its letters alike. */
    static String server(Map<?, ?> record) {
        return withoutSlash(text(record, BASE_URL)).toLowerCase(Locale.ROOT);
    }

    static String withoutSlash(String url) {
        int end = url.length();
        while (end > 0 && url.charAt(end - 1) == '/') {
            end--;
        }
        return url.substring(0, end);
    }

    /** @throws MalformedDocument when a token is no text */
    static void requireTokens(Map<?, ?> record) throws MalformedDocument {
        for (String name : List.of(ACCESS, REFRESH)) {
            Object value = value(record, name);
            if (value != null && !(value instanceof String)) {
                throw new MalformedDocument(name + " is not a string");
            }
        }
    }
}
