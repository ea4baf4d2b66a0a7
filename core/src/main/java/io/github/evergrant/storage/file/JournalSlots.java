package io.github.evergrant.storage.file;

import io.github.evergrant.lease.Pause;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A file of two slots that are written in turn, so that one of them is whole at any time.
 *
 * <p>A slot is a header of 64 bytes (magic, sequence, length, SHA-256 over these and the content, CRC-32 over the same), the
 * content, and room. The whole slot with the higher sequence counts. The file has its full size from the start, in bytes really
 * written: a later write takes nothing from a full disk. What is not expected to change has no room, and its file is
 * small.
 */
final class JournalSlots {

    private static final byte[] MAGIC = "EVGRNT01".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 64;
    private static final int HASHED = MAGIC.length + Long.BYTES + Integer.BYTES;
    private static final int HASH = 32;
    private static final int CRC = HASHED + HASH;
    private static final int ROOM = 64 << 10;

    /** All slots are so many of these. */
    private static final int UNIT = 1 << 10;

    private static final int READ_ATTEMPTS = 10;
    private static final long READ_PAUSE_NANOS = 5_000_000;

    /** What counts in a file. */
    static final class Current {

        /** Which slot holds it, 0 or 1. */
        final int index;

        final long sequence;

        /** How large the slots of the file are. */
        final int size;

        final byte[] content;

        Current(int index, long sequence, int size, byte[] content) {
            this.index = index;
            this.sequence = sequence;
            this.size = size;
            this.content = content;
        }

        /** Whether the other slot takes a content at all, and with room for more after it. */
        boolean takes(byte[] next, boolean withRoom) {
            return HEADER + next.length + (withRoom ? ROOM : 0) <= size;
        }
    }

    private JournalSlots() {}

    /**
     * Reads without a lock: a slot that is being written just now reads as torn, so a file without a whole slot is read
     * a few times.
     *
     * @return null when there is no file
     * @throws IOException when there is no whole slot, or no way to read
     */
    static @Nullable Current read(Path file) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
                Current current = newest(in);
                if (current != null) {
                    return current;
                }
            } catch (FileNotFoundException e) {
                if (Files.notExists(file)) {
                    return null;
                }
                throw e;
            }
            if (attempt == READ_ATTEMPTS) {
                throw new TornException();
            }
            Pause.nanos(READ_PAUSE_NANOS);
        }
    }

    /** No slot of a file is whole. */
    static final class TornException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Reads without waiting and without cryptography, which takes longer to load than the file to read: the CRC tells as well
     * whether a slot was torn. A file that was written before there was one has none.
     *
     * @return null unless the newer slot is whole
     */
    static byte @Nullable [] glance(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            int size = size(in);
            Current newer = size == 0 ? null : load(in, newer(in, size), size, true);
            return newer == null ? null : newer.content;
        }
    }

    private static @Nullable Current newest(RandomAccessFile in) throws IOException {
        int size = size(in);
        if (size == 0) {
            return null;
        }
        int first = newer(in, size);
        Current current = load(in, first, size, false);
        return current != null ? current : load(in, 1 - first, size, false);
    }

    /** Of each slot; 0 where no file of ours has such a size. */
    private static int size(RandomAccessFile in) throws IOException {
        long length = in.length();
        return length % (2L * UNIT) != 0 || length > 2L * (Failures.LIMIT + 2 * ROOM) ? 0 : (int) (length / 2);
    }

    /** Which slot counts, if it is whole. */
    private static int newer(RandomAccessFile in, int size) throws IOException {
        return sequence(in, 0) > sequence(in, size) ? 0 : 1;
    }

    private static long sequence(RandomAccessFile in, long offset) throws IOException {
        byte[] sequence = new byte[Long.BYTES];
        in.seek(offset + MAGIC.length);
        in.readFully(sequence);
        return ByteBuffer.wrap(sequence).getLong();
    }

    private static @Nullable Current load(RandomAccessFile in, int index, int size, boolean byCrc) throws IOException {
        byte[] header = new byte[HEADER];
        in.seek((long) index * size);
        in.readFully(header);
        ByteBuffer fields = ByteBuffer.wrap(header);
        byte[] magic = new byte[MAGIC.length];
        fields.get(magic);
        long sequence = fields.getLong();
        int length = fields.getInt();
        if (!Arrays.equals(magic, MAGIC) || length < 0 || length > size - HEADER) {
            return null;
        }
        byte[] content = new byte[length];
        in.readFully(content);
        boolean whole = byCrc
                ? fields.getInt(CRC) == crc(header, content)
                : Arrays.equals(Arrays.copyOfRange(header, HASHED, CRC), hash(header, content));
        return whole ? new Current(index, sequence, size, content) : null;
    }

    /** The bytes of a new file that holds just this. */
    static byte[] fresh(byte[] content, long sequence) {
        return file(content, sequence, HEADER + content.length + ROOM, ROOM);
    }

    /** The same without room. */
    static byte[] tight(byte[] content) {
        return file(content, 1, HEADER + content.length, UNIT);
    }

    private static byte[] file(byte[] content, long sequence, int least, int multiple) {
        int size = (least + multiple - 1) / multiple * multiple;
        return Arrays.copyOf(slot(content, sequence), 2 * size);
    }

    /** Whether a file may be one without room, by its size: one with room has more than that in each slot. */
    static boolean mayBeTight(Path file) {
        long length = file.toFile().length();
        return length > 0 && length <= 2L * ROOM;
    }

    /**
     * Writes into the slot that does not count, in place; durable when this returns true.
     *
     * @return false when the file was deleted or replaced meanwhile: what was written may have gone nowhere
     */
    static boolean writeOther(Path file, Current current, byte[] content) throws IOException {
        Unix.Stat before = Unix.stat(file);
        if (before == null) {
            return false;
        }
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            long length = out.length();
            if (length != 2L * current.size) {
                if (length == 0) {
                    // Opening it made it again: nobody else makes an empty one.
                    Files.deleteIfExists(file);
                }
                return false;
            }
            out.seek((1L - current.index) * current.size);
            out.write(slot(content, current.sequence + 1));
            out.getFD().sync();
        } catch (FileNotFoundException e) {
            if (Files.notExists(file)) {
                return false;
            }
            throw e;
        }
        Unix.Stat after = Unix.stat(file);
        return after != null && after.key().equals(before.key());
    }

    private static byte[] slot(byte[] content, long sequence) {
        ByteBuffer slot = ByteBuffer.allocate(HEADER + content.length);
        slot.put(MAGIC).putLong(sequence).putInt(content.length);
        slot.put(hash(slot.array(), content));
        slot.putInt(crc(slot.array(), content));
        slot.position(HEADER);
        slot.put(content);
        return slot.array();
    }

    private static int crc(byte[] header, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(header, 0, HASHED);
        crc.update(content, 0, content.length);
        return (int) crc.getValue();
    }

    private static byte[] hash(byte[] header, byte[] content) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            hash.update(header, 0, HASHED);
            return hash.digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
