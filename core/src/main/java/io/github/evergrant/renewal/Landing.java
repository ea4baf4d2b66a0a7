package io.github.evergrant.renewal;

import io.github.evergrant.token.TokenResponse;
import org.jspecify.annotations.Nullable;

/**
 * What became of a renewal.
 *
 * @param head the record the caller gets
 * @param response the whole response, when it became the session's newest; null when somebody else was first
 */
record Landing(Head head, @Nullable TokenResponse response) {

    static Landing found(Head head) {
        return new Landing(head, null);
    }
}
