package io.github.evergrant.renewal;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One flight per session and refresh token in this process.
 *
 * <p>A flight runs on a thread of its own: whoever waits for it may give up or be interrupted without disturbing it.
 * Safe for many threads; shared by the sessions of one door, which waits for what is in the air when it closes.
 */
public final class Flights {

    private final Map<String, CompletableFuture<Landing>> inTheAir = new ConcurrentHashMap<>();
    private final Map<Thread, Boolean> crews = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * Joins the flight of this key, or starts one.
     *
     * @param after what happens once everybody has the result, on the flight's thread
     */
    CompletableFuture<Landing> join(String key, Supplier<Landing> work, Consumer<Landing> after) {
        CompletableFuture<Landing> mine = new CompletableFuture<>();
        CompletableFuture<Landing> theirs = inTheAir.putIfAbsent(key, mine);
        if (theirs != null) {
            return theirs;
        }
        launch(() -> fly(key, mine, work, after), e -> {
            inTheAir.remove(key, mine);
            mine.completeExceptionally(e);
        });
        return mine;
    }

    /** Runs something that is waited for at the close, on a thread of its own. */
    void run(Runnable work) {
        launch(work, e -> {});
    }

    private void launch(Runnable work, Consumer<Throwable> grounded) {
        Thread crew = new Thread(
                () -> {
                    try {
                        work.run();
                    } finally {
                        crews.remove(Thread.currentThread());
                    }
                },
                "evergrant-renewal");
        // The door and a shutdown hook wait for it; a program that ends otherwise must not hang.
        crew.setDaemon(true);
        crews.put(crew, true);
        try {
            crew.start();
        } catch (Error e) {
            // No thread can be had: whoever waits must learn of it, and the next caller try again.
            crews.remove(crew);
            grounded.accept(e);
        }
    }

    /** Starts a flight of this key unless there is one. Nobody waits for it, and its failure stands in the journal. */
    @SuppressWarnings("FutureReturnValueIgnored")
    void start(String key, Supplier<Landing> work, Consumer<Landing> after) {
        join(key, work, after);
    }

    boolean areClosed() {
        return closed;
    }

    private void fly(String key, CompletableFuture<Landing> mine, Supplier<Landing> work, Consumer<Landing> after) {
        Landing landing;
        try {
            landing = work.get();
        } catch (RuntimeException | Error e) {
            inTheAir.remove(key, mine);
            mine.completeExceptionally(e);
            return;
        }
        // Removed first: whoever comes from now on looks at the storage, which has the result.
        inTheAir.remove(key, mine);
        mine.complete(landing);
        after.accept(landing);
    }

    /**
     * Closes: flights that have sent nothing yet give up, the others are waited for.
     *
     * @param patience how long at most
     * @return whether all have landed
     */
    public boolean close(Duration patience) {
        closed = true;
        long end = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        try {
            for (Thread crew : crews.keySet()) {
                while (crew.isAlive() && !crew.equals(Thread.currentThread()) && System.nanoTime() < end) {
                    try {
                        TimeUnit.NANOSECONDS.timedJoin(crew, Math.max(1, end - System.nanoTime()));
                    } catch (InterruptedException e) {
                        // The save comes first; the interrupt is handed on afterwards.
                        interrupted = true;
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return crews.keySet().stream().noneMatch(crew -> crew.isAlive() && !crew.equals(Thread.currentThread()));
    }

    /** @return the result, in time */
    static Landing await(CompletableFuture<Landing> flight, Duration patience)
            throws InterruptedException, TimeoutException {
        try {
            return flight.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
