package io.github.evergrant.providers.agave.saved;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What of a stored record stays when a session is saved over it. */
final class Saving {

    private Saving() {}

    /** @throws InvalidInput {@code client_name_missing} when the session's client has no name */
    static void requireClient(SavedSession session) {
        if (session.client().isEmpty()) {
            throw new InvalidInput(
                    Problem.of("client_name_missing", "A session can only be saved with a client's name.")
                            .withAdvice("Create a client first, or name the one that is used."));
        }
    }

    /** Completes a record that is to be stored by what there is already: the same client's fresher pair, and whatever it lacks. */
    static void complete(Map<String, @Nullable Object> record, Map<String, @Nullable Object> stored) {
        boolean sameClient = Fields.isBlank(record, Fields.KEY)
                || Fields.text(record, Fields.KEY).equals(Fields.text(stored, Fields.KEY));
        stored.forEach((field, value) -> {
            if (!Fields.isKnown(field)) {
                record.put(field, value);
            }
        });
        List<String> lasting = sameClient
                ? List.of(Fields.BASE_URL, Fields.DEV_URL, Fields.KEY, Fields.SECRET)
                : List.of(Fields.BASE_URL, Fields.DEV_URL);
        for (String field : lasting) {
            if (Fields.isBlank(record, field)) {
                record.put(field, stored.get(field));
            }
        }
        if (sameClient && Fields.createdAt(stored) > Fields.createdAt(record)) {
            Fields.OF_TOKENS.forEach(field -> record.put(field, stored.get(field)));
        }
    }
}
