package io.github.evergrant.renewal;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.token.TokenResponse;
import org.jspecify.annotations.Nullable;

/**
 * What became of a renewal.
 *
 * @param head the record the caller gets
 * @param warning why the record is not saved yet, or null when it is
 * @param response the whole response, when it became the session's newest; null when somebody else was first
 */
record Landing(
        Head head,
        @Nullable TokenResponse response,
        @Nullable EvergrantException warning) {

    static Landing found(Head head) {
        return new Landing(head, null, null);
    }
}
