package io.github.evergrant.renewal;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What there is to do, decided under the store mutex. */
sealed interface Step {

    /** Nothing: somebody renewed meanwhile. */
    record Have(Head head) implements Step {}

    /** Nothing before an instant. */
    record Wait(Instant until) implements Step {}

    /**
     * Send this record's refresh token; the intent is durable.
     *
     * @param facts what was kept of the session at that login
     * @param exchange the way to the provider that follows from them
     * @param login which login the record descends from: by the time the answer is here, there may be another
     * @param before the intent with which the same token was sent before, or null when it was not
     */
    record Send(
            Head current,
            Intent intent,
            String login,
            Map<String, @Nullable Object> facts,
            Exchange exchange,
            @Nullable Intent before)
            implements Step {}
}
