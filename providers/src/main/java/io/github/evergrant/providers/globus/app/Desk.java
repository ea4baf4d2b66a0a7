package io.github.evergrant.providers.globus.app;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.TemporarilyUnavailable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Where people log in: one at a time, since one person sits there.
 *
 * <p>Nobody who waits holds anything, and an interrupt ends the wait. A thread that is at the desk may come again. Safe for
 * many threads.
 */
final class Desk {

    /** Somebody's turn, until its end. */
    private record Visit(Thread visitor, CompletableFuture<@Nullable Void> end) {}

    private final AtomicReference<@Nullable Visit> current = new AtomicReference<>();

    /** Whether this thread is at the desk. */
    boolean isMine() {
        Visit now = current.get();
        return now != null && now.visitor().equals(Thread.currentThread());
    }

    /** Does something when it is this thread's turn. */
    void visit(Runnable work) {
        while (!tryVisit(work)) {
            Visit other = current.get();
            if (other != null) {
                await(other, false);
            }
        }
    }

    /**
     * Does something, unless somebody is at the desk: then waits for their end.
     *
     * @return false when somebody else was, and succeeded: it may be enough
     * @throws EvergrantException what they failed of
     */
    boolean visitOrShare(Runnable work) {
        while (true) {
            if (tryVisit(work)) {
                return true;
            }
            Visit other = current.get();
            if (other != null) {
                await(other, true);
                return false;
            }
        }
    }

    private boolean tryVisit(Runnable work) {
        if (isMine()) {
            work.run();
            return true;
        }
        Visit mine = new Visit(Thread.currentThread(), new CompletableFuture<>());
        if (!current.compareAndSet(null, mine)) {
            return false;
        }
        RuntimeException failure = null;
        try {
            work.run();
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        } finally {
            current.set(null);
            if (failure == null) {
                mine.end().complete(null);
            } else {
                mine.end().completeExceptionally(failure);
            }
        }
        return true;
    }

    private static void await(Visit other, boolean share) {
        try {
            other.end().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TemporarilyUnavailable(
                    Problem.of("interrupted", "the wait for somebody else's login was interrupted"), null);
        } catch (ExecutionException e) {
            if (share && e.getCause() instanceof EvergrantException theirs) {
                throw theirs;
            }
        }
    }
}
