package io.github.evergrant.providers.globus.service;

import java.time.Duration;
import java.time.Instant;

/** How time passes between the attempts of a client. Safe for many threads. */
public interface Pace {

    /** The present, by the clock that the replies' sending times are read from. */
    Instant now();

    /**
     * Waits.
     *
     * @throws InterruptedException at once, when the thread is interrupted before or meanwhile
     */
    void pause(Duration duration) throws InterruptedException;

    /** A number from 0 (included) to 1 (not included), so that clients that failed together do not come back together. */
    double random();

    /** The system's clock, and real waits. */
    static Pace real() {
        return new RealPace();
    }
}
