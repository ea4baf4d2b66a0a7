package io.github.evergrant.proofs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The real clock, moved forward by hand: what really takes time takes it here too. For all threads. */
final class VirtualClock implements InstantSource {

    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    void forward(Duration by) {
        ahead = ahead.plus(by);
    }

    /** Does nothing when that instant has passed. */
    void forwardTo(Instant then) {
        Duration left = Duration.between(instant(), then);
        if (!left.isNegative()) {
            forward(left.plusMillis(1));
        }
    }

    /** By how much it is ahead of the real one. */
    Duration ahead() {
        return ahead;
    }
}
