package io.github.evergrant.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.testing.ForkedJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LockFileTest {

    @TempDir
    private Path folder;

    private LockFile impatient() {
        return new LockFile(() -> folder.resolve("store.lock"), path -> {}, Duration.ofMillis(100));
    }

    @Test
    void bytes_of_sessions_are_positive_and_their_own() {
        Set<Long> bytes = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            bytes.add(LockFile.byteOf("session " + i));
        }
        assertThat(bytes).hasSize(10_000).allMatch(each -> each > 0 && each < Long.MAX_VALUE);
        // Part of the protocol between releases: a change would let two of them hold one session's lease.
        assertThat(LockFile.byteOf("DEFAULT")).isEqualTo(LockFile.byteOf("DEFAULT"));
        assertThat(LockFile.byteOf("")).isEqualTo(1 + (0xe3b0c44298fc1c14L >>> 2));
    }

    @Test
    void who_waits_too_long_for_another_thread_is_told_so() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        Thread holder = new Thread(
                () -> impatient().inMutex(null, () -> {
                    inside.countDown();
                    Pause.nanos(1);
                    awaitQuietly(enough);
                    return null;
                }),
                "holder");
        holder.start();
        inside.await();
        assertThatThrownBy(() -> impatient().inMutex("s", () -> "never"))
                .isInstanceOfSatisfying(StorageFailure.class, e -> {
                    assertThat(e.code()).isEqualTo("store_locked");
                    assertThat(e.session()).contains("s");
                    assertThat(e).hasMessageContaining("store.lock");
                });
        enough.countDown();
        holder.join();
        assertThat(impatient().<String>inMutex("s", () -> "free")).isEqualTo("free");
    }

    @Test
    void who_waits_too_long_for_another_process_is_told_so() throws Exception {
        Class<?> program = Class.forName("io.github.evergrant.storage.file.StoreProgram");
        try (ForkedJvm other = ForkedJvm.start(program, "json:" + folder.resolve("store"))) {
            assertThat(other.ask("step")).isEqualTo("inside");
            assertThatThrownBy(() -> impatient().inMutex("s", () -> "never"))
                    .isInstanceOfSatisfying(
                            StorageFailure.class, e -> assertThat(e.code()).isEqualTo("store_locked"))
                    .hasMessageContaining("another process");
        }
        assertThat(impatient().<String>inMutex("s", () -> "free")).isEqualTo("free");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_lock_that_cannot_be_made_is_named() {
        LockFile lock = new LockFile(() -> folder.resolve("missing/store.lock"), path -> {});
        assertThatThrownBy(() -> lock.tryTake("s"))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo("lock_failed"))
                .hasMessageContaining("missing");
        assertThatThrownBy(() -> lock.inMutex("s", () -> "x")).isInstanceOf(StorageFailure.class);
    }

    @Test
    void a_pause_is_not_cut_short_by_an_interrupt() {
        Thread.currentThread().interrupt();
        long start = System.nanoTime();
        Pause.nanos(20_000_000);
        long waited = System.nanoTime() - start;
        assertThat(Thread.interrupted()).isTrue();
        assertThat(waited).isGreaterThanOrEqualTo(20_000_000);
    }
}
