package io.github.evergrant.proofs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * A number that two processes share through memory: who watches it sees a change in less than a microsecond, while to be
 * woken by a pipe takes as long as what is to be interrupted.
 */
final class Beacon {

    private static final VarHandle NUMBER = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MappedByteBuffer page;

    /** @param file is made if it is not there */
    Beacon(Path file) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            this.page = channel.map(FileChannel.MapMode.READ_WRITE, 0, Integer.BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void show(int number) {
        NUMBER.setVolatile(page, 0, number);
    }

    /** Returns so long after that number, or a higher one, was shown. Spins. */
    void await(int number, long nanosAfter) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while ((int) NUMBER.getVolatile(page, 0) < number) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it was not shown within " + PATIENCE.toSeconds() + " s: " + number);
            }
            Thread.onSpinWait();
        }
        long shown = System.nanoTime();
        while (System.nanoTime() - shown < nanosAfter) {
            Thread.onSpinWait();
        }
    }
}
