package io.github.evergrant.login;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parameters of a query or of a form that a browser sent, in their order. */
final class Parameters {

    private Parameters() {}

    /** @throws IllegalArgumentException when one stands there twice or cannot be decoded */
    static Map<String, String> of(String encoded) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String name = decoded(pair.substring(0, equals));
                if (parameters.put(name, decoded(pair.substring(equals + 1))) != null) {
                    throw new IllegalArgumentException("a parameter stands there twice");
                }
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
