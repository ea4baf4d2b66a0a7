package io.github.evergrant.storage.file;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.lease.Pause;
import io.github.evergrant.storage.StorageOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that what other programs write into a store file while we replace it is not lost with that file.
 *
 * <p>Each file that was replaced is looked at once its successor is durable, and stays open for a second to be looked at
 * again: an open that found the name just before the rename may truncate later. Safe for many threads.
 */
final class Salvages {

    private static final long WATCHED = TimeUnit.SECONDS.toNanos(1);
    private static final long TURN_MILLIS = 250;
    private static final int MOST_WATCHED = 64;
    private static final int FEWER_WATCHED = 32;
    private static final int MOST_BYTES = 16 << 20;

    /** How long another program may have the replaced file open before it has written. */
    private static final long UNFINISHED = TimeUnit.SECONDS.toNanos(4);

    /** As long after something was put, a program that had loaded the file before may rewrite it without that. */
    private static final long QUIET = TimeUnit.SECONDS.toNanos(1);

    private static final long LONGEST = TimeUnit.SECONDS.toNanos(10);

    private final StorePlace place;
    private final StorageOptions options;
    private final ConcurrentLinkedDeque<Watched> watched = new ConcurrentLinkedDeque<>();
    private final Queue<Salvage> needed = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean looking = new AtomicBoolean();

    /** Of who looks later, while they do: whoever closes waits for them. */
    private final Semaphore turn = new Semaphore(1);

    private volatile boolean closed;

    Salvages(StorePlace place, StorageOptions options) {
        this.place = place;
        this.options = options;
    }

    private record Watched(Salvage salvage, long since) {}

    /** Takes over a file that was just replaced. Only looks: what there is to do is done by {@link #run}. */
    void add(FileTokenStorage format, Salvage salvage) {
        if (salvage.isNeeded()) {
            needed.add(salvage);
            return;
        }
        watched.add(new Watched(salvage, System.nanoTime()));
        int count = 0;
        int bytes = 0;
        for (Watched each : watched) {
            count++;
            bytes += each.salvage().size();
        }
        List<Salvage> oldest = new ArrayList<>();
        // Several at once: to wake a thread for each would take longer than all else that is done here.
        int most = count > MOST_WATCHED ? FEWER_WATCHED : MOST_WATCHED;
        while (count > most || bytes > MOST_BYTES) {
            Watched each = watched.poll();
            if (each == null) {
                break;
            }
            count--;
            bytes -= each.salvage().size();
            oldest.add(each.salvage());
        }
        if (!oldest.isEmpty()) {
            // Only then the disk's room is given back, which takes as long as half a save.
            ForkJoinPool.commonPool().execute(() -> oldest.forEach(Salvage::close));
        }
        lookLater(format);
    }

    private void lookLater(FileTokenStorage format) {
        if (!watched.isEmpty() && looking.compareAndSet(false, true)) {
            CompletableFuture.delayedExecutor(TURN_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(() -> {
                        if (turn.tryAcquire()) {
                            try {
                                takeTurn(format);
                            } finally {
                                turn.release();
                            }
                        } else {
                            looking.set(false);
                            lookLater(format);
                        }
                    });
        }
    }

    private void takeTurn(FileTokenStorage format) {
        if (closed) {
            return;
        }
        look(WATCHED);
        looking.set(false);
        lookLater(format);
        if (isNeeded()) {
            run(format);
        }
    }

    /** Looks at all that are watched, and lets go of those that have been for long enough. */
    private void look(long longEnough) {
        for (int count = watched.size(); count > 0; count--) {
            Watched each = watched.poll();
            if (each == null) {
                return;
            }
            if (each.salvage().isNeeded()) {
                needed.add(each.salvage());
            } else if (System.nanoTime() - each.since() >= longEnough) {
                each.salvage().close();
            } else {
                watched.add(each);
            }
        }
    }

    /** Looks at all that are watched for the last time. Nothing is written any more when this returns. */
    void close(FileTokenStorage format) {
        closed = true;
        boolean ours = waitForTurn();
        try {
            look(0);
            run(format);
            look(0);
        } finally {
            if (ours) {
                turn.release();
            }
        }
    }

    /** A save gives up after three seconds. */
    private boolean waitForTurn() {
        try {
            return turn.tryAcquire(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether another program has written into a file that was replaced. */
    boolean isNeeded() {
        return !needed.isEmpty();
    }

    /**
     * Puts what other programs wrote into replaced files into the present one, and follows that until it stays there: a
     * program that had loaded it before may undo it. Outside of the store's mutex, since it waits for them.
     *
     * <p>Never fails: what was to be stored for the caller is stored.
     */
    void run(FileTokenStorage format) {
        List<Salvage> mine = new ArrayList<>();
        try {
            long began = System.nanoTime();
            long quietSince = began;
            Object sign = "unknown";
            boolean again = false;
            boolean last = false;
            while (true) {
                boolean news = takeOver(mine);
                if (mine.isEmpty()) {
                    return;
                }
                for (Salvage each : mine) {
                    news |= each.look(format);
                }
                Object now = StorePlace.sign(place.real());
                if (news || last || again || !now.equals(sign)) {
                    again = put(format, mine, StorePlace.isRewritten(sign, now));
                    sign = now;
                    if (again) {
                        quietSince = System.nanoTime();
                        last = false;
                    }
                }
                if (mine.stream().allMatch(Salvage::isDone)) {
                    return;
                }
                long time = System.nanoTime();
                if (last || time - began > LONGEST) {
                    return;
                }
                boolean whole = mine.stream().allMatch(Salvage::isWhole);
                last = time - quietSince > (whole ? QUIET : UNFINISHED);
                Pause.nanos(ThreadLocalRandom.current().nextLong(2_000_000, 15_000_000));
            }
        } catch (IOException | RuntimeException e) {
            warn("what it wrote cannot be read (" + e.getClass().getSimpleName() + ")");
        } finally {
            if (!mine.stream().allMatch(Salvage::isWhole)) {
                warn("it left no whole document");
            }
            // Two programs may have had the same file open, so it is watched on.
            mine.forEach(each -> watched.add(new Watched(each, System.nanoTime())));
            lookLater(format);
        }
    }

    private boolean takeOver(List<Salvage> mine) {
        boolean any = false;
        for (Salvage next = needed.poll(); next != null; next = needed.poll()) {
            mine.add(next);
            any = true;
        }
        return any;
    }

    /** @return whether it is worth looking again */
    private static boolean put(FileTokenStorage format, List<Salvage> mine, boolean byOthers) {
        try {
            if (!format.exists() || merge(format, mine, format.readAll(), byOthers) == null) {
                return false;
            }
            boolean put = format.rewriteOnly(document -> merge(format, mine, document, false));
            mine.forEach(Salvage::merged);
            return put;
        } catch (EvergrantException e) {
            // Another program is writing it just now, or holds the mutex: it is tried again.
            return true;
        }
    }

    private static @Nullable TokenDocument merge(
            FileTokenStorage format, List<Salvage> mine, TokenDocument document, boolean byOthers) {
        TokenDocument current = document;
        TokenDocument changed = null;
        for (Salvage each : mine) {
            TokenDocument merged = each.mergeInto(current, format, byOthers);
            if (merged != null) {
                current = merged;
                changed = merged;
            }
        }
        return changed;
    }

    private void warn(String what) {
        options.warnings()
                .accept("Another program was writing the token store " + place.given() + " while it was replaced, and "
                        + what + "; what it stored there is lost.");
    }
}
