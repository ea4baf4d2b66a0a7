package io.github.evergrant.renewal;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** How long a provider in trouble is left alone. */
final class CoolDown {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private CoolDown() {}

    /** Doubling and jittered, the first at most a second, at most thirty unless the server asked for more. */
    static Instant until(Instant now, int failures, @Nullable Instant askedFor) {
        long most = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(failures - 1, 10));
        long jittered = ThreadLocalRandom.current().nextLong(most / 2, most + 1);
        Instant ours = now.plusMillis(jittered);
        return askedFor != null && askedFor.isAfter(ours) ? askedFor : ours;
    }
}
