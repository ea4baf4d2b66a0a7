package io.github.evergrant.storage.validation;

import io.github.evergrant.token.TokenData;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Token data that is about to be handed out.
 *
 * @param namespace where it was read
 * @param resourceServer whose record was asked for, or null when all were
 * @param records what is handed out, by resource server; empty when what was asked for is not there
 * @param all reads everything that the namespace holds, for demands that concern the whole
 */
public record Reading(
        String namespace,
        @Nullable String resourceServer,
        Map<String, TokenData> records,
        Supplier<Map<String, TokenData>> all) {

    /** A reading of all records. */
    static Reading of(String namespace, Map<String, TokenData> records) {
        return new Reading(namespace, null, records, () -> records);
    }
}
