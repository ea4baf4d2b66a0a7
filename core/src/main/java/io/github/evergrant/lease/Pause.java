package io.github.evergrant.lease;

import java.util.concurrent.locks.LockSupport;

/** Waiting that an interrupt neither cuts short nor gets lost in. */
public final class Pause {

    private Pause() {}

    /** Waits; an interrupt before or meanwhile is still pending afterwards. */
    public static void nanos(long nanos) {
        long end = System.nanoTime() + nanos;
        boolean interrupted = false;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            // A pending interrupt would make every further park return at once.
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
