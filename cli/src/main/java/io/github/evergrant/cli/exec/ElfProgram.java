package io.github.evergrant.cli.exec;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The first bytes of a program of Linux, as elf(5) describes them, where a word has 64 bits and its lowest byte comes first. */
final class ElfProgram {

    private static final byte[] MAGIC = {0x7f, 'E', 'L', 'F', 2, 1};
    private static final int HEADER = 64;
    private static final int TYPE = 16;
    private static final int MACHINE = 18;
    private static final int SEGMENTS = 32;
    private static final int SEGMENT_SIZE = 54;
    private static final int SEGMENT_COUNT = 56;
    private static final int SEGMENT = 56;
    private static final int FILE_OFFSET = 8;
    private static final int FILE_SIZE = 32;
    private static final int EXECUTABLE = 2;
    private static final int SHARED = 3;
    private static final int LOADER = 3;

    private ElfProgram() {}

    static boolean isElf(byte[] begin) {
        boolean all = begin.length >= HEADER;
        for (int i = 0; all && i < MAGIC.length; i++) {
            all = begin[i] == MAGIC[i];
        }
        return all;
    }

    /**
     * The path of the program that loads this one.
     *
     * @return empty when it needs none; null when it is for another machine, or more would have to be read to know
     */
    static @Nullable String loader(byte[] begin) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(begin).order(ByteOrder.LITTLE_ENDIAN);
        int type = all.getShort(TYPE);
        long from = all.getLong(SEGMENTS);
        int size = all.getShort(SEGMENT_SIZE);
        int count = all.getShort(SEGMENT_COUNT);
        if ((type != EXECUTABLE && type != SHARED)
                || all.getShort(MACHINE) != machine()
                || size != SEGMENT
                || count <= 0
                || from < HEADER
                || from > begin.length - (long) count * size) {
            return null;
        }
        for (int i = 0; i < count; i++) {
            int segment = (int) from + i * size;
            if (all.getInt(segment) == LOADER) {
                return text(begin, all.getLong(segment + FILE_OFFSET), all.getLong(segment + FILE_SIZE));
            }
        }
        return "";
    }

    /** Without the zero at its end. */
    private static @Nullable String text(byte[] begin, long from, long size) {
        return from > 0
                        && size > 1
                        && size <= begin.length
                        && from <= begin.length - size
                        && begin[(int) (from + size - 1)] == 0
                ? new String(begin, (int) from, (int) size - 1, StandardCharsets.ISO_8859_1)
                : null;
    }

    /** This machine's, as the JVM's own program says. */
    private static int machine() throws IOException {
        try (InputStream in = new FileInputStream("/proc/self/exe")) {
            byte[] begin = in.readNBytes(HEADER);
            return isElf(begin)
                    ? ByteBuffer.wrap(begin).order(ByteOrder.LITTLE_ENDIAN).getShort(MACHINE)
                    : -1;
        }
    }
}
