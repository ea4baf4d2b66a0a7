package io.github.evergrant.sandbox.server;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting that ends early when the sandbox closes. Safe for all threads. */
final class Pause implements AutoCloseable {

    private final CountDownLatch closing = new CountDownLatch(1);

    /** Waits that long; fails, so that the request is dropped, when the sandbox closes meanwhile. */
    void of(Duration time) throws InterruptedIOException {
        try {
            if (!time.isZero() && closing.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new InterruptedIOException("the sandbox is closing");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the sandbox is closing");
        }
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
