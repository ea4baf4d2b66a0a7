package io.github.evergrant.renewal;

import io.github.evergrant.lease.Lease;
import io.github.evergrant.storage.TokenStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * How long one flight waits for others: by the monotonic clock, and no longer than its door is open.
 *
 * <p>An interrupt does not shorten it. For one thread.
 */
final class Patience {

    /** How soon a waiter notices that its door was closed. */
    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(50);

    private static final int SHORT_PAUSES = 30;

    private final long end;
    private final BooleanSupplier closed;
    private int pauses;

    Patience(Duration patience) {
        this(patience, () -> false);
    }

    Patience(Duration patience, BooleanSupplier closed) {
        this.end = System.nanoTime() + patience.toNanos();
        this.closed = closed;
    }

    boolean isClosed() {
        return closed.getAsBoolean();
    }

    boolean isOver() {
        return closed.getAsBoolean() || System.nanoTime() - end >= 0;
    }

    /**
     * Waits 10 to 50 ms, so that many waiters do not knock together; longer when it has been waiting for long, so that
     * they leave the processor to the one they wait for.
     */
    void pause() {
        long most = pauses++ < SHORT_PAUSES ? 50 : 250;
        park(TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextLong(most / 5, most)));
    }

    /** Takes a session's lease from whoever gives it back in time; nothing when nobody does. */
    Optional<Lease> lease(TokenStorage storage, String session) {
        Optional<Lease> lease = storage.leases().tryTake(session);
        while (lease.isEmpty() && !isOver()) {
            pause();
            lease = storage.leases().tryTake(session);
        }
        return lease;
    }

    /** @throws io.github.evergrant.error.TemporarilyUnavailable when nobody gives it back in time */
    Lease leaseOrFail(TokenStorage storage, String session) {
        return lease(storage, session)
                .orElseThrow(() -> Problems.unavailable(session, "renewal_blocked", "a renewal is under way", null));
    }

    /** Waits until an instant of the wall clock, as far as patience reaches. */
    void until(Instant instant, Instant now) {
        park(Math.max(0, Duration.between(now, instant).toNanos()));
    }

    boolean reaches(Instant instant, Instant now) {
        return !isOver() && Duration.between(now, instant).toNanos() <= end - System.nanoTime();
    }

    private void park(long nanos) {
        long wake = System.nanoTime() + Math.min(nanos, end - System.nanoTime());
        for (long left = wake - System.nanoTime();
                left > 0 && !closed.getAsBoolean();
                left = wake - System.nanoTime()) {
            LockSupport.parkNanos(this, Math.min(left, SLICE));
        }
    }
}
