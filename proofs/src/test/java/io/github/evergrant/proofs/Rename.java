package io.github.evergrant.proofs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;

/**
 * The moment at which another file gets the name of one, as whoever looks from outside sees it: so a process can be met
 * between two files of one save, where it comes to no {@link Crossing}.
 *
 * @param former which file has the name before
 */
record Rename(Path file, Object former) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The next one. */
    static Rename of(Path file) {
        return new Rename(file, key(file));
    }

    private static Object key(Path file) {
        try {
            return Objects.requireNonNull(
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey(), "no file key");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns so long after it. Spins. */
    void await(long nanosAfter) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (key(file).equals(former)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it was not replaced within " + PATIENCE.toSeconds() + " s: " + file);
            }
        }
        long seen = System.nanoTime();
        while (System.nanoTime() - seen < nanosAfter) {
            Thread.onSpinWait();
        }
    }
}
