package io.github.evergrant.storage.json;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values that are to be stored as JSON, wherever that is. */
public final class JsonValues {

    private JsonValues() {}

    /**
     * A copy of a configuration object that every storage can write and read again, also inside of another object.
     *
     * @param name the object's
     * @throws InvalidInput {@code value_unusable} when it holds what is no JSON value, is nested too deep, or has a number
     *     of too many digits
     */
    public static Map<String, @Nullable Object> requireStorable(String name, Map<String, @Nullable Object> value) {
        try {
            Json.write(Map.of("of all", Map.of("one", value)));
            return Json.copy(value);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(Problem.of(
                            "value_unusable",
                            "The configuration " + Json.shown(name) + " cannot be stored: " + e.getMessage() + ".")
                    .withAdvice("Store something simpler."));
        }
    }
}
