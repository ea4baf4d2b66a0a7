package io.github.evergrant.storage.file;

import io.github.evergrant.lease.Pause;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Patience with a file that makes no sense: a program without locks may be writing it just now.
 *
 * <p>A file that changes is read again as long as the reader has time. One that stays as it is for twenty readings, a fifth of
 * a second, is not being written, unless that was begun a moment ago: on a busy machine who writes one half has to wait before
 * the other, and one that is empty was emptied to be written, by somebody who may wait for the disk. For one thread and one
 * reading.
 */
final class Rereading {

    /** Not a time: on a busy machine whoever writes is as slow as we are. */
    private static final int STILL = 20;

    private static final long EMPTIED_MILLIS = 3000;
    private static final long HALF_WRITTEN_MILLIS = 1500;

    /** What to do with it. */
    enum Advice {
        READ_AGAIN,
        IT_STAYS_SO,
        IT_KEEPS_CHANGING
    }

    private final Path file;
    private final long longest;
    private final long began = System.nanoTime();
    private @Nullable Object sign;
    private int same;

    Rereading(Path file, Duration longest) {
        this.file = file;
        this.longest = longest.toNanos();
    }

    /** Waits a moment if it is of use to read again. */
    Advice pause() {
        Object found = StorePlace.sign(file);
        same = found.equals(sign) ? same + 1 : 1;
        sign = found;
        if (same >= STILL && !StorePlace.isJustWritten(found, EMPTIED_MILLIS, HALF_WRITTEN_MILLIS)) {
            return Advice.IT_STAYS_SO;
        }
        if (System.nanoTime() - began >= longest) {
            return Advice.IT_KEEPS_CHANGING;
        }
        // Never in step with a program that writes at a steady pace.
        Pause.nanos(ThreadLocalRandom.current().nextLong(2_000_000, 20_000_000));
        return Advice.READ_AGAIN;
    }
}
