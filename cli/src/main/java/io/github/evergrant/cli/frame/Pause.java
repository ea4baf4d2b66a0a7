package io.github.evergrant.cli.frame;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How the program waits. */
@FunctionalInterface
public interface Pause {

    /** Until the time is over. */
    Pause REAL = duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos());

    void of(Duration duration) throws InterruptedException;
}
