package io.github.evergrant.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The real clock, put forward as far as a test says. */
final class SetClock implements InstantSource {

    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    void advance(Duration more) {
        ahead = ahead.plus(more);
    }
}
