package io.github.evergrant.bench.subject;

import java.time.InstantSource;

/** The least that whoever hands out a token must do: see which it is, and what time it is. */
final class Floor implements Subject {

    private final InstantSource clock = InstantSource.system();
    private volatile Tokens held = Tokens.fresh();
    private final long until = held.expiresAt().toEpochMilli();

    @Override
    public Object token() {
        Tokens now = held;
        if (clock.millis() >= until) {
            throw new IllegalStateException("it took an hour");
        }
        return now.access();
    }
}
