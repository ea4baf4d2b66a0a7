package io.github.evergrant.cli.globus;

import io.github.evergrant.cli.frame.Durations;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.providers.globus.service.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** Waits as the world outside does, and says so to whoever sits before it. */
record CommandPace(Invocation it) implements Pace {

    private static final Duration NOTICED = Duration.ofSeconds(1);

    @Override
    public Instant now() {
        return it.now();
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        if (duration.compareTo(NOTICED) >= 0 && it.outside().terminal().showsErrors()) {
            it.voice().say("evergrant: no good answer yet, trying again in " + Durations.words(duration) + " ...");
        }
        it.outside().pause().of(duration);
    }

    @Override
    public double random() {
        return ThreadLocalRandom.current().nextDouble();
    }
}
