package io.github.evergrant.providers.globus.service;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Time that passes only in pauses, which take none; chance is always the same. Safe for all threads. */
public final class FakePace implements Pace, InstantSource {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
    private final double chance;

    public FakePace() {
        this(0.5);
    }

    public FakePace(double chance) {
        this.chance = chance;
    }

    /** How long was waited, each time. */
    public List<Duration> pauses() {
        return List.copyOf(pauses);
    }

    @Override
    public Instant now() {
        return now.get();
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        pauses.add(duration);
        advance(duration);
    }

    /** Time goes on without anybody waiting. */
    public void advance(Duration duration) {
        now.updateAndGet(at -> at.plus(duration));
    }

    @Override
    public double random() {
        return chance;
    }
}
