package io.github.evergrant.lease;

import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** A session's byte of a lock file, held. */
final class HeldByte implements Lease {

    private final LockTable table;
    private final Path file;
    private final long position;
    private final FileLock lock;
    private final AtomicBoolean closed = new AtomicBoolean();

    HeldByte(LockTable table, Path file, long position, FileLock lock) {
        this.table = table;
        this.file = file;
        this.position = position;
        this.lock = lock;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                LockFile.release(lock, file);
            } finally {
                // After the file's byte: the next thread asks the file only when this JVM is done with it.
                table.held().remove(position, lock);
            }
        }
    }
}
