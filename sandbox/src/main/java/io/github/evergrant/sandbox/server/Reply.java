package io.github.evergrant.sandbox.server;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * An answer, whole and in memory.
 *
 * @param status the HTTP status, 200 to 599
 * @param headers by name; lengths and dates are added on the way out
 * @param body sent in UTF-8; may be empty
 */
public record Reply(int status, Map<String, String> headers, String body) {

    public Reply {
        headers = Map.copyOf(headers);
    }

    /** JSON that no one may cache. */
    public static Reply json(int status, JsonNode body) {
        return json(status, body.toString());
    }

    /** JSON text that no one may cache. */
    public static Reply json(int status, String body) {
        return new Reply(status, Map.of("Content-Type", "application/json", "Cache-Control", "no-store"), body);
    }

    /** An error in the form of RFC 6749. */
    public static Reply error(int status, String error, String description) {
        return json(status, Json.object().put("error", error).put("error_description", description));
    }

    /** Status 303: the browser fetches that address next. */
    public static Reply seeOther(String location) {
        return new Reply(
                303, Map.of("Location", location, "Cache-Control", "no-store", "Referrer-Policy", "no-referrer"), "");
    }

    /** The same reply with one header set. */
    public Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, body);
    }
}
