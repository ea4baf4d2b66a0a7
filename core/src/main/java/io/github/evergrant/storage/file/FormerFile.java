package io.github.evergrant.storage.file;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A store file that we are about to replace, kept open beyond that: a program that had opened it goes on writing there.
 *
 * <p>Only the store itself, on which nobody holds locks that a closing would drop. No channel: an interrupt would close
 * it. For one thread at a time.
 */
final class FormerFile implements Closeable {

    private static final int PART = 1 << 18;

    private final RandomAccessFile file;
    private final byte[] expected;
    private boolean open = true;

    private FormerFile(RandomAccessFile file, byte[] expected) {
        this.file = file;
        this.expected = expected;
    }

    /**
     * Opens what has the name now.
     *
     * @param expected what was read from it
     * @return null when there is none
     */
    static @Nullable FormerFile open(Path path, byte[] expected) throws IOException {
        try {
            return new FormerFile(new RandomAccessFile(path.toFile(), "r"), expected);
        } catch (FileNotFoundException e) {
            if (Files.notExists(path)) {
                return null;
            }
            throw e;
        }
    }

    /** Where an open file cannot be replaced, it is not watched: there no other program has it open at that moment either. */
    void letBeReplaced() throws IOException {
        if (!Unix.PRESENT) {
            close();
        }
    }

    byte[] expected() {
        return expected;
    }

    /** Whether it holds anything else than what was read. */
    boolean hasChanged() throws IOException {
        return hasChangedFrom(expected);
    }

    /** Whether it holds anything else. Byte for byte: time stamps are too coarse to show it. */
    boolean hasChangedFrom(byte[] text) throws IOException {
        if (!open) {
            return false;
        }
        if (text.length > PART && file.length() != text.length) {
            return true;
        }
        file.seek(0);
        // One byte more than is expected shows what has grown.
        byte[] part = new byte[Math.min(PART, text.length + 1)];
        int at = 0;
        for (int count = file.read(part); count >= 0; count = file.read(part)) {
            int to = at + count;
            if (to > text.length || !Arrays.equals(part, 0, count, text, at, to)) {
                return true;
            }
            at = to;
            if (at == text.length && count < part.length) {
                return false;
            }
        }
        return at < text.length;
    }

    /** What it holds now, also when it has no name any more. */
    byte[] content() throws IOException {
        long length = file.length();
        if (length > Failures.LIMIT) {
            throw new AtomicFile.TooLargeException();
        }
        byte[] all = new byte[(int) length];
        file.seek(0);
        int at = 0;
        for (int count = 0; at < all.length && count >= 0; at += Math.max(0, count)) {
            count = file.read(all, at, all.length - at);
        }
        return at == all.length ? all : Arrays.copyOf(all, at);
    }

    @Override
    public void close() throws IOException {
        open = false;
        file.close();
    }
}
