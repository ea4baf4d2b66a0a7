package io.github.evergrant.renewal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The real clock, moved forward by hand. */
final class ShiftedClock implements InstantSource {

    private volatile Duration shift = Duration.ZERO;

    void forward(Duration by) {
        shift = shift.plus(by);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(shift);
    }
}
