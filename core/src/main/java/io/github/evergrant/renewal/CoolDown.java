package io.github.evergrant.renewal;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** How long a provider in trouble is left alone. */
final class CoolDown {

    static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Duration FIRST = Duration.ofSeconds(1);

    private CoolDown() {}

    /**
     * Doubling and jittered, the first at most a second, at most thirty unless the server asked for more.
     *
     * @param most a shorter bound than thirty seconds, of {@link Grace}; the server's wish comes before it
     */
    static Instant until(Instant now, int failures, Duration most, @Nullable Instant askedFor) {
        long bound =
                Math.min(Math.min(LONGEST.toMillis(), most.toMillis()), FIRST.toMillis() << Math.min(failures - 1, 10));
        long jittered = ThreadLocalRandom.current().nextLong(bound / 2, bound + 1);
        Instant ours = now.plusMillis(jittered);
        return askedFor != null && askedFor.isAfter(ours) ? askedFor : ours;
    }
}
