package io.github.evergrant.lease;

import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The lock file beside a file store: byte 0 is the store's mutex, one further byte per session its lease.
 *
 * <p>Excludes threads, other copies of this class in the same JVM, and other processes of the machine. The end of a
 * process, however it comes, ends what it held. Safe for many threads; never closed.
 */
public final class LockFile implements Leases {

    private static final long MUTEX = 0;
    private static final Object BEING_TAKEN = "being taken";

    private final Supplier<Path> place;
    private final Consumer<Path> whenMade;
    private final Duration patience;

    /**
     * A lock file that is made when it is first needed.
     *
     * @param place gives the file's real path, and has made the folders above it
     * @param whenMade what else to do with the file once it was made
     */
    public LockFile(Supplier<Path> place, Consumer<Path> whenMade) {
        this(place, whenMade, Duration.ofSeconds(5));
    }

    LockFile(Supplier<Path> place, Consumer<Path> whenMade, Duration patience) {
        this.place = place;
        this.whenMade = whenMade;
        this.patience = patience;
    }

    @Override
    public Optional<Lease> tryTake(String namespace) {
        Path file = place.get();
        LockTable table = LockTable.of(file);
        long position = byteOf(namespace);
        // Two locks of one JVM on one byte are an error to the channel, not a refusal: threads are sorted out first.
        if (table.held().putIfAbsent(position, BEING_TAKEN) != null) {
            return Optional.empty();
        }
        FileLock lock = null;
        try {
            lock = tryLock(table, file, position);
        } finally {
            if (lock == null) {
                table.held().remove(position);
            } else {
                table.held().put(position, lock);
            }
        }
        return lock == null ? Optional.empty() : Optional.of(new HeldByte(table, file, position, lock));
    }

    /**
     * Runs something while no other thread or process is in the mutex.
     *
     * <p>The same thread may nest it. Waits five seconds at most; an interrupt does not end the wait and is still pending
     * afterwards.
     *
     * @param session whom a failure concerns
     * @throws StorageFailure code {@code store_locked} when others hold it too long
     */
    public <T extends @Nullable Object> T inMutex(@Nullable String session, Supplier<T> step) {
        Path file = place.get();
        LockTable table = LockTable.of(file);
        ReentrantLock threads = table.mutex();
        long end = System.nanoTime() + patience.toNanos();
        if (!tryUntil(threads, end)) {
            throw locked(file, session, "another thread");
        }
        try {
            if (threads.getHoldCount() > 1) {
                return step.get();
            }
            FileLock lock = lockUntil(table, file, end, session);
            table.held().put(MUTEX, lock);
            try {
                return step.get();
            } finally {
                table.held().remove(MUTEX);
                release(lock, file);
            }
        } finally {
            threads.unlock();
        }
    }

    /** Whether this thread is in the mutex. */
    public boolean isInMutex() {
        return LockTable.of(place.get()).mutex().isHeldByCurrentThread();
    }

    private static boolean tryUntil(ReentrantLock threads, long end) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return threads.tryLock(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private FileLock lockUntil(LockTable table, Path file, long end, @Nullable String session) {
        while (true) {
            FileLock lock = tryLock(table, file, MUTEX);
            if (lock != null) {
                return lock;
            }
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw locked(file, session, "another process");
            }
            long turn = ThreadLocalRandom.current().nextLong(10_000_000, 50_000_000);
            Pause.nanos(Math.min(left, turn));
        }
    }

    /**
     * Asks once. Never {@code lock()}: a thread that is interrupted in it closes the channel, and with it every lock of
     * the process on this file.
     */
    private @Nullable FileLock tryLock(LockTable table, Path file, long position) {
        try {
            return table.channel(whenMade).tryLock(position, 1, false);
        } catch (OverlappingFileLockException e) {
            // The same file by another name (a bind mount) in this JVM: somebody has it.
            return null;
        } catch (IOException e) {
            throw new StorageFailure(Problem.of("lock_failed", "The lock file " + file + " cannot be used.")
                    .withAdvice("Check who owns it, and who may write in its folder.")
                    .withCause(e));
        }
    }

    static void release(FileLock lock, Path file) {
        try {
            if (lock.acquiredBy().isOpen()) {
                lock.release();
            }
        } catch (IOException e) {
            throw new StorageFailure(Problem.of("lock_failed", "The lock file " + file + " cannot be released.")
                    .withCause(e));
        }
    }

    private StorageFailure locked(Path file, @Nullable String session, String who) {
        return new StorageFailure(Problem.of(
                        "store_locked",
                        "For " + patience.toSeconds() + " s " + who + " has held the lock " + file + ".")
                .withAdvice("Look for a stopped or hanging program that uses this store, and end it.")
                .withSession(session));
    }

    /** Byte 1 and on: 62 bits of the name's SHA-256, so that two sessions share a byte only by a miracle. */
    static long byteOf(String namespace) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(namespace.getBytes(StandardCharsets.UTF_8));
            long bits = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                bits = bits << 8 | (hash[i] & 0xff);
            }
            return 1 + (bits >>> 2);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
