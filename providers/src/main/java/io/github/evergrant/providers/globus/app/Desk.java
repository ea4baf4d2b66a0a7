package io.github.evergrant.providers.globus.app;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.providers.globus.scope.GlobusScope;
import io.github.evergrant.providers.globus.scope.GlobusScopes;
import java.util.List;
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

    private final AtomicReference<@Nullable Visit> current = new AtomicReference<>();
    private volatile @Nullable Visit last;

    /** Somebody's turn, until its end: whether anything was done, or why it failed. */
    static final class Visit {

        private final Thread visitor = Thread.currentThread();
        private final List<GlobusScope> asked;
        private final CompletableFuture<Boolean> end = new CompletableFuture<>();

        private Visit(List<GlobusScope> asked) {
            this.asked = GlobusScopes.merge(asked);
        }

        private boolean askedFor(List<GlobusScope> wanted) {
            return covers(asked, wanted);
        }

        private static boolean covers(List<GlobusScope> asked, List<GlobusScope> wanted) {
            return wanted.stream()
                    .allMatch(each -> asked.stream()
                            .anyMatch(ours -> ours.name().equals(each.name())
                                    && (each.optional() || !ours.optional())
                                    && covers(ours.dependencies(), each.dependencies())));
        }
    }

    /** Whether this thread is at the desk. */
    boolean isMine() {
        Visit now = current.get();
        return now != null && now.visitor.equals(Thread.currentThread());
    }

    /** The visit that ended last, so that it can be seen later whether there was one since; null before the first. */
    @Nullable
    Visit last() {
        return last;
    }

    /**
     * Does something when it is this thread's turn.
     *
     * @param asked the scopes that are asked for
     */
    void visit(List<GlobusScope> asked, Runnable work) {
        if (isMine()) {
            work.run();
            return;
        }
        while (true) {
            Visit mine = new Visit(asked);
            Visit other = current.compareAndExchange(null, mine);
            if (other == null) {
                run(mine, work);
                return;
            }
            await(other, false);
        }
    }

    /**
     * Does something, unless somebody is at the desk, or was there since this thread looked: then their end is this one's.
     *
     * @param asked the scopes that are needed, and asked for
     * @param seen the {@link #last} visit when this thread looked whether anything is needed
     * @return false when somebody else was there and succeeded, but had asked for less
     * @throws EvergrantException what they failed of
     */
    boolean visitOrShare(List<GlobusScope> asked, @Nullable Visit seen, Runnable work) {
        if (isMine()) {
            work.run();
            return true;
        }
        while (true) {
            Visit mine = new Visit(asked);
            Visit other = current.compareAndExchange(null, mine);
            if (other == null) {
                // Looked at by whoever is at the desk: nobody can come and go meanwhile.
                Visit since = last;
                if (since == null || since.equals(seen) || !since.askedFor(asked)) {
                    run(mine, work);
                    return true;
                }
                leave(mine);
                await(since, true);
                return true;
            }
            if (await(other, true)) {
                return other.askedFor(asked);
            }
        }
    }

    private void run(Visit mine, Runnable work) {
        try {
            work.run();
            end(mine);
            mine.end.complete(true);
        } catch (RuntimeException | Error e) {
            end(mine);
            mine.end.completeExceptionally(e);
            throw e;
        }
    }

    private void end(Visit mine) {
        last = mine;
        current.set(null);
    }

    private void leave(Visit mine) {
        current.set(null);
        mine.end.complete(false);
    }

    /** @return whether anything was done */
    private static boolean await(Visit other, boolean share) {
        try {
            return other.end.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TemporarilyUnavailable(
                    Problem.of("interrupted", "the wait for somebody else's login was interrupted"), null);
        } catch (ExecutionException e) {
            if (share && e.getCause() instanceof EvergrantException theirs) {
                throw theirs;
            }
            return false;
        }
    }
}
