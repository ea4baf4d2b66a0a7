package io.github.evergrant.renewal;

import java.time.Instant;

/** What there is to do, decided under the store mutex. */
sealed interface Step {

    /** Nothing: somebody renewed meanwhile. */
    record Have(Head head) implements Step {}

    /** Nothing before an instant. */
    record Wait(Instant until) implements Step {}

    /** Send this record's refresh token; the intent is durable. */
    record Send(Head current, Intent intent) implements Step {}
}
