package io.github.evergrant.storage.file;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what a file was last seen to hold: to compare it with that takes less than to read it, and what is known need
 * not be made sense of again.
 *
 * <p>Up to a size, and only as long as memory is not short. Safe for many threads.
 */
final class KnownText {

    /** Texts beyond that are not remembered, in bytes. */
    static final int LARGEST = 16 << 20;

    private volatile SoftReference<Known> last = new SoftReference<>(null);

    /** @param sign of the file, taken before it was read, or after it was written */
    private record Known(byte[] bytes, Object sign) {}

    void keep(byte[] bytes, Object sign) {
        last = new SoftReference<>(bytes.length <= LARGEST ? new Known(bytes, sign) : null);
    }

    /**
     * What a file holds most likely, since its sign is still the same; null when that is not known. For who compares
     * before he counts on it: time stamps are too coarse to show each change.
     */
    byte @Nullable [] likely(Object sign) {
        Known known = last.get();
        return known != null && known.sign().equals(sign) ? known.bytes() : null;
    }

    /**
     * Reads a file: the bytes that are known if it holds the same.
     *
     * @return null when there is none
     */
    byte @Nullable [] read(Path file) throws IOException {
        Known known = last.get();
        if (known != null) {
            try (FormerFile now = FormerFile.open(file, known.bytes())) {
                if (now == null || !now.hasChanged()) {
                    return now == null ? null : known.bytes();
                }
            }
        }
        return AtomicFile.read(file, Failures.LIMIT);
    }
}
