package io.github.evergrant.lease;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One lock file as the whole JVM shares it: its only channel, which bytes are held, and the mutex of its threads.
 *
 * <p>An operating system drops all locks a process has on a file when the process closes any descriptor of that file.
 * So there is one channel per file and JVM, and it stays open. The table of them holds JDK types alone and hangs in the
 * system properties, where a second class loader's copy of this class finds it.
 */
final class LockTable {

    private static final String KEY = "io.github.evergrant.lease.table";

    private static final FileAttribute<?>[] PRIVATE =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                    }
                    : new FileAttribute<?>[0];

    /** Held here too: a program that replaces the system properties must not have our channels collected and closed. */
    private static final ConcurrentMap<String, Object> ALL = all();

    private final Path file;
    private final ConcurrentMap<String, Object> shared;

    private LockTable(Path file, ConcurrentMap<String, Object> shared) {
        this.file = file;
        this.shared = shared;
    }

    @SuppressWarnings("unchecked")
    private static ConcurrentMap<String, Object> all() {
        return (ConcurrentMap<String, Object>)
                System.getProperties().computeIfAbsent(KEY, key -> new ConcurrentHashMap<String, Object>());
    }

    @SuppressWarnings("unchecked")
    static LockTable of(Path file) {
        Object mine = ALL.computeIfAbsent(file.toString(), key -> newEntry());
        return new LockTable(file, (ConcurrentMap<String, Object>) mine);
    }

    private static ConcurrentMap<String, Object> newEntry() {
        ConcurrentMap<String, Object> entry = new ConcurrentHashMap<>();
        entry.put("held", new ConcurrentHashMap<Long, Object>());
        entry.put("mutex", new ReentrantLock());
        entry.put("opening", new ReentrantLock());
        return entry;
    }

    /** What is held in this JVM: a byte's {@link java.nio.channels.FileLock}, or anything else while it is being taken. */
    @SuppressWarnings("unchecked")
    ConcurrentMap<Long, Object> held() {
        return (ConcurrentMap<Long, Object>) entry("held");
    }

    /** Keeps the threads of this JVM apart before the file keeps its processes apart. */
    ReentrantLock mutex() {
        return (ReentrantLock) entry("mutex");
    }

    /**
     * The channel to lock with.
     *
     * <p>A file that somebody deleted no longer excludes anybody, so it is made anew; locks on the former file stay with
     * its channel, which is left to its holders.
     */
    FileChannel channel(Consumer<Path> whenMade) throws IOException {
        ReentrantLock opening = (ReentrantLock) entry("opening");
        opening.lock();
        try {
            FileChannel open = (FileChannel) shared.get("channel");
            Object known = shared.get("key");
            if (open == null || !open.isOpen() || known == null || !known.equals(keyOfFile())) {
                open = open(whenMade);
                shared.put("channel", open);
                Object key = keyOfFile();
                shared.put("key", key == null ? "none" : key);
            }
            return open;
        } finally {
            opening.unlock();
        }
    }

    private FileChannel open(Consumer<Path> whenMade) throws IOException {
        boolean fresh = !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        FileChannel channel =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), PRIVATE);
        if (fresh) {
            whenMade.accept(file);
        }
        return channel;
    }

    /** Which file stands at the path now; a file system without such keys gives the path itself. Does not open it. */
    private @Nullable Object keyOfFile() throws IOException {
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return key == null ? file.toString() : key.toString();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private Object entry(String name) {
        Object value = shared.get(name);
        if (value == null) {
            throw new AssertionError("the table of locks was tampered with: " + name);
        }
        return value;
    }
}
