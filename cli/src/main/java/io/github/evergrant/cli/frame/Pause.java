package io.github.evergrant.cli.frame;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How the program waits. */
@FunctionalInterface
public interface Pause {

    /** Until the time is over. */
    Pause REAL = new Real();

    void of(Duration duration) throws InterruptedException;

    /** Not a lambda: the first one of a program takes longer to make than all else that a short one does. */
    final class Real implements Pause {

        private Real() {}

        @Override
        public void of(Duration duration) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        }
    }
}
