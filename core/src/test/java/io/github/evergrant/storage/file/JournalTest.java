package io.github.evergrant.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.Journal;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {

    private static final int SLOT = 128 << 10;

    @TempDir
    private Path folder;

    private JsonTokenStorage storage() {
        return JsonTokenStorage.open(folder.resolve("tokens.json"));
    }

    private Journal journal() {
        return storage().journal("work/é");
    }

    private Path file() {
        try (var files = Files.list(folder.resolve("tokens.json.d"))) {
            return files.findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void damage(Path file, long offset) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.seek(offset);
            int former = out.read();
            out.seek(offset);
            out.write(former ^ 0xff);
        }
    }

    @Test
    void the_file_is_private_and_has_its_full_size_from_the_start() throws IOException {
        journal().write(Map.of("intent", "x"));
        assertThat(file().getFileName().toString()).matches("work__-[0-9a-f]{16}\\.journal");
        assertThat(JsonFiles.mode(file())).isEqualTo("rw-------");
        assertThat(Files.size(file())).isEqualTo(2L * SLOT);
        // Blocks, not a hole: a later write must take nothing from a full disk.
        assertThat(blocksInBytes(file())).isGreaterThanOrEqualTo(2L * SLOT);
        journal().write(Map.of("answer", "x".repeat(60_000)));
        assertThat(Files.size(file())).isEqualTo(2L * SLOT);
        journal().write(Map.of("answer", "x".repeat(70_000)));
        assertThat(Files.size(file())).isEqualTo(3L * SLOT);
        assertThat(journal().read()).isEqualTo(Map.of("answer", "x".repeat(70_000)));
    }

    @Test
    void a_file_has_a_safe_name_whatever_its_session_is_called() {
        for (String name :
                List.of("", "..", "../../x", "/etc/passwd", "a\\b", "\u001b[31m\u0000\n", "é😀", "n".repeat(10_000))) {
            storage().journal(name).write(Map.of("k", 1L));
            assertThat(file().getFileName().toString()).as(name).matches("[A-Za-z0-9_-]{0,32}-[0-9a-f]{16}\\.journal");
            storage().journal(name).delete();
        }
        assertThat(folder).isDirectoryContaining("glob:**/tokens.json.{d,lock}");
        assertThat(folder.resolve("tokens.json.d")).isEmptyDirectory();
    }

    private static long blocksInBytes(Path file) throws IOException {
        Process du = new ProcessBuilder("du", "-B1", file.toString()).start();
        String line = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Long.parseLong(line.substring(0, line.indexOf('\t')));
    }

    @Test
    void of_a_torn_write_the_former_state_is_left_and_the_next_write_works() throws IOException {
        journal().write(Map.of("n", 1L));
        journal().write(Map.of("n", 2L));
        damage(file(), SLOT + 64 + 3);
        assertThat(journal().read()).isEqualTo(Map.of("n", 1L));
        journal().write(Map.of("n", 3L));
        assertThat(journal().read()).isEqualTo(Map.of("n", 3L));
    }

    @Test
    void a_torn_header_counts_as_a_torn_write() throws IOException {
        journal().write(Map.of("n", 1L));
        journal().write(Map.of("n", 2L));
        for (int offset : new int[] {0, 8, 16, 20}) {
            damage(file(), SLOT + offset);
            assertThat(journal().read()).isEqualTo(Map.of("n", 1L));
            damage(file(), SLOT + offset);
            assertThat(journal().read()).isEqualTo(Map.of("n", 2L));
        }
    }

    @Test
    void two_torn_slots_are_reported_and_not_touched() throws IOException {
        journal().write(Map.of("n", 1L));
        damage(file(), 70);
        byte[] before = Files.readAllBytes(file());
        assertCorrupt(() -> journal().read());
        assertCorrupt(() -> journal().write(Map.of("n", 2L)));
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
        journal().delete();
        assertThat(journal().read()).isEmpty();
        journal().write(Map.of("n", 3L));
        assertThat(journal().read()).isEqualTo(Map.of("n", 3L));
    }

    @Test
    void a_file_of_another_length_is_reported() throws IOException {
        journal().write(Map.of("n", 1L));
        for (int length : new int[] {0, 1, 63, SLOT, 2 * SLOT - 1}) {
            Files.write(file(), new byte[length]);
            assertCorrupt(() -> journal().read());
        }
    }

    private void assertCorrupt(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(StorageFailure.class, e -> {
                    assertThat(e.code()).isEqualTo("journal_corrupt");
                    assertThat(e.session()).contains("work/é");
                })
                .hasMessageContaining(file().toString());
    }

    @Test
    void the_folder_may_be_deleted_while_the_journal_is_in_use() throws IOException {
        Journal journal = journal();
        journal.write(Map.of("n", 1L));
        try (var all = Files.walk(folder.resolve("tokens.json.d"))) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
        assertThat(journal.read()).isEmpty();
        journal.write(Map.of("n", 2L));
        assertThat(journal.read()).isEqualTo(Map.of("n", 2L));
    }

    @Test
    void what_a_killed_writer_left_of_a_journal_goes_when_it_is_made_anew_or_forgotten() throws IOException {
        journal().write(Map.of("n", 1L));
        Path journal = file();
        Path half = journal.resolveSibling("." + journal.getFileName() + ".tmp");
        Files.writeString(half, "half of a journal, and its tokens");
        journal().writeAlone(Map.of("n", 2L));
        assertThat(half).doesNotExist();
        Files.writeString(half, "half of a journal, and its tokens");
        journal().write(Map.of("n", "x".repeat(SLOT)));
        assertThat(half).doesNotExist();
        Files.writeString(half, "half of a journal, and its tokens");
        journal().delete();
        assertThat(half).doesNotExist();
        assertThat(journal).doesNotExist();
    }

    @Test
    void what_will_hardly_change_is_small_and_grows_when_it_does() throws IOException {
        journal().write(Map.of("n", 1L));
        assertThat(journal().mayBeLast()).isFalse();
        journal().writeAlone(Map.of("n", 2L));
        assertThat(Files.size(file())).isEqualTo(2L << 10);
        assertThat(journal().mayBeLast()).isTrue();
        assertThat(journal().read()).isEqualTo(Map.of("n", 2L));
        journal().writeAlone(Map.of("n", "x".repeat(60_000)));
        assertThat(journal().mayBeLast()).isTrue();
        journal().write(Map.of("n", 3L));
        assertThat(Files.size(file())).isEqualTo(2L * SLOT);
        assertThat(journal().mayBeLast()).isFalse();
        assertThat(journal().read()).isEqualTo(Map.of("n", 3L));
    }

    @Test
    void readers_without_locks_see_whole_states_in_order() throws Exception {
        Journal journal = journal();
        journal.write(state(0));
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (long n = 1; !stop.get(); n++) {
                journal.write(state(n));
            }
        });
        try {
            long last = 0;
            for (int i = 0; i < 500; i++) {
                Map<String, ?> seen = journal.read();
                long n = seen.get("n") instanceof Long number ? number : -1;
                assertThat(seen).isEqualTo(state(n));
                assertThat(n).isGreaterThanOrEqualTo(last);
                last = n;
            }
        } finally {
            stop.set(true);
            writer.get();
        }
    }

    private static Map<String, @Nullable Object> state(long n) {
        return Map.of("n", n, "text", Long.toString(n).repeat((int) (n % 50) * 100));
    }
}
