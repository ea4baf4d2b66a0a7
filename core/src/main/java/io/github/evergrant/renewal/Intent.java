package io.github.evergrant.renewal;

import java.time.Duration;
import java.time.Instant;

/**
 * "This refresh token is about to be sent."
 *
 * @param id random: tells an owner that somebody took over
 * @param resourceServer whose record is renewed
 * @param parent the fingerprint of the record that is renewed
 * @param firstSent when this token was first sent for this renewal; an answer's life counts from there
 * @param until when an owner that still holds its lease may be taken for stopped
 * @param host the owner's machine
 * @param process the owner's process and its start, for people
 * @param answered whether the server has said something to each sending, though not tokens: nobody is in doubt then, but
 *     it may have acted all the same
 */
record Intent(
        String id,
        String resourceServer,
        String parent,
        Instant firstSent,
        Instant until,
        String host,
        String process,
        boolean answered) {

    /** How long an intent stands for a working owner. */
    static final Duration LIFE = Duration.ofSeconds(20);

    Intent withAnswer() {
        return new Intent(id, resourceServer, parent, firstSent, until, host, process, true);
    }

    boolean over(Instant now) {
        return now.isAfter(until);
    }
}
