package io.github.evergrant.storage;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.storage.json.Json;
import java.nio.charset.StandardCharsets;

/** Names of namespaces and resource servers: any text of whole characters. */
public final class Names {

    private Names() {}

    /**
     * A name that a medium can keep. Half a character, one of a pair of surrogates, has no place in UTF-8: two names would
     * become one, or a document one that nobody can read.
     *
     * @return the name
     * @throws InvalidInput code {@code name_unusable} when it holds half a character
     */
    public static String require(String name) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw new InvalidInput(
                    Problem.of("name_unusable", "The name " + Json.shown(name) + " holds half a character.")
                            .withAdvice("Use another name."));
        }
        return name;
    }
}
