package io.github.evergrant.providers.tastytrade;

import io.github.evergrant.http.HttpCall;
import io.github.evergrant.storage.json.Json;
import java.net.URI;
import java.util.Map;

/** What requests have in common (docs/protocols/tastytrade.md section 3.1). */
final class Wording {

    /** Of a refusal by what stands before the API. */
    static final String NO_JSON =
            "the answer is no JSON: its front end refuses programs whose User-Agent is not like product/version";

    private Wording() {}

    /** A request with JSON. */
    static HttpCall post(URI uri, Map<String, Object> body) {
        return call("POST", uri, Json.write(body));
    }

    /** A request without a body; it says all the same that it is JSON, as the service's users have always done. */
    static HttpCall bare(String method, URI uri) {
        return call(method, uri, new byte[0]);
    }

    private static HttpCall call(String method, URI uri, byte[] body) {
        return new HttpCall(
                method, uri, Map.of("Accept", "application/json", "Content-Type", "application/json"), body);
    }
}
