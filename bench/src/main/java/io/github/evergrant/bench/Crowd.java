package io.github.evergrant.bench;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Threads that do the same at the same moment. */
enum Crowd {
    PLATFORM {
        @Override
        Thread start(Runnable work) {
            Thread thread = new Thread(work, "caller");
            thread.setDaemon(true);
            thread.start();
            return thread;
        }
    },
    /** Of Java 21 and later (JEP 444). */
    VIRTUAL {
        @Override
        Thread start(Runnable work) throws ReflectiveOperationException {
            Method starting = STARTING;
            if (starting == null) {
                throw new IllegalStateException("this Java has no virtual threads");
            }
            return (Thread) starting.invoke(null, work);
        }

        @Override
        boolean isThere() {
            return STARTING != null;
        }
    };

    private static final @Nullable Method STARTING = starting();

    /**
     * @param failed how many had not what they wanted, or an exception
     * @param millis from the signal to start until the last one was done
     */
    record Result(int failed, double millis) {}

    private static @Nullable Method starting() {
        try {
            return Thread.class.getMethod("startVirtualThread", Runnable.class);
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    boolean isThere() {
        return true;
    }

    abstract Thread start(Runnable work) throws ReflectiveOperationException;

    /**
     * Lets many do something at once, and waits for all.
     *
     * @param work whether it had what it wanted
     */
    Result rush(int many, Callable<Boolean> work) throws InterruptedException, ReflectiveOperationException {
        CountDownLatch ready = new CountDownLatch(many);
        CountDownLatch signal = new CountDownLatch(1);
        AtomicInteger failed = new AtomicInteger();
        List<Thread> threads = new ArrayList<>(many);
        for (int i = 0; i < many; i++) {
            threads.add(start(() -> {
                ready.countDown();
                try {
                    signal.await();
                    if (!work.call()) {
                        failed.incrementAndGet();
                    }
                } catch (Exception e) {
                    failed.incrementAndGet();
                }
            }));
        }
        ready.await();
        long began = System.nanoTime();
        signal.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        return new Result(failed.get(), (System.nanoTime() - began) / 1e6);
    }
}
