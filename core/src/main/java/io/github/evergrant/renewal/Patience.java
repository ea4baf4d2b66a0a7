package io.github.evergrant.renewal;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How long one flight waits for others. By the monotonic clock; an interrupt does not shorten it. For one thread. */
final class Patience {

    private final long end;

    Patience(Duration patience) {
        this.end = System.nanoTime() + patience.toNanos();
    }

    boolean isOver() {
        return System.nanoTime() - end >= 0;
    }

    /** Waits 10 to 50 ms, so that many waiters do not knock together. */
    void pause() {
        park(TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextLong(10, 50)));
    }

    /** Waits until an instant of the wall clock, as far as patience reaches. */
    void until(Instant instant, Instant now) {
        park(Math.max(0, Duration.between(now, instant).toNanos()));
    }

    boolean reaches(Instant instant, Instant now) {
        return Duration.between(now, instant).toNanos() <= end - System.nanoTime();
    }

    private void park(long nanos) {
        long wake = System.nanoTime() + Math.min(nanos, end - System.nanoTime());
        for (long left = wake - System.nanoTime(); left > 0; left = wake - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }
}
