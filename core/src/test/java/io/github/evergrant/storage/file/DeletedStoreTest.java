package io.github.evergrant.storage.file;

import static io.github.evergrant.storage.file.JsonFiles.store;
import static io.github.evergrant.storage.file.JsonFiles.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.storage.Journal;
import io.github.evergrant.token.TokenData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store, its folder or its journals, deleted while in use: nothing is said to be kept that is gone. */
final class DeletedStoreTest {

    @TempDir
    private Path folder;

    private Path home = Path.of("");

    private JsonTokenStorage storage;

    @BeforeEach
    void makeOne() {
        home = folder.resolve("deep/er");
        storage = JsonTokenStorage.open(home.resolve("tokens.json"));
        store(storage, "DEFAULT", token("rs", "at"));
        storage.journal("DEFAULT").write(Map.of("k", 1L));
    }

    private static void deleteAll(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path journalFile() throws IOException {
        try (Stream<Path> all = Files.list(home.resolve("tokens.json.d"))) {
            return all.findFirst().orElseThrow();
        }
    }

    private void assertGone() {
        assertThat(storage.exists()).isFalse();
        assertThat(storage.read("DEFAULT")).isEmpty();
        assertThat(storage.namespaces()).isEmpty();
        assertThat(storage.remove("DEFAULT")).isFalse();
        assertThat(storage.replace("DEFAULT", Map.of("rs", token("rs", "at").fingerprint()), Map.of()))
                .isFalse();
        assertThat(storage.path()).doesNotExist();
    }

    private void assertUsable() {
        assertThat(store(storage, "DEFAULT", token("new", "at"))).isTrue();
        storage.journal("DEFAULT").write(Map.of("k", 2L));
        JsonTokenStorage other = JsonTokenStorage.open(storage.path());
        assertThat(other.read("DEFAULT")).containsOnlyKeys("new");
        assertThat(other.journal("DEFAULT").read()).isEqualTo(Map.of("k", 2L));
        assertThat(JsonFiles.mode(storage.path())).isEqualTo("rw-------");
    }

    @Test
    void a_store_that_is_deleted_while_in_use_is_gone_and_made_anew() throws IOException {
        Files.delete(storage.path());
        assertGone();
        assertThat(storage.journal("DEFAULT").read()).isEqualTo(Map.of("k", 1L));
        assertUsable();
    }

    @Test
    void a_folder_that_is_deleted_while_in_use_is_made_anew() {
        deleteAll(folder.resolve("deep"));
        assertGone();
        assertThat(storage.journal("DEFAULT").read()).isEmpty();
        assertUsable();
        assertThat(storage.leases().tryTake("DEFAULT")).isPresent();
        assertThat(JsonFiles.mode(home)).isEqualTo("rwx------");
    }

    @Test
    void a_store_deleted_between_read_and_rename_is_made_again_with_what_is_saved() {
        AtomicBoolean deleted = new AtomicBoolean();
        Map<String, TokenData> next = new AbstractMap<>() {

            // Asked for when the document has been read.
            @Override
            public Set<Entry<String, TokenData>> entrySet() {
                if (deleted.compareAndSet(false, true)) {
                    deleteAll(storage.path());
                }
                return Set.of(Map.entry("new", token("new", "at")));
            }
        };
        assertThat(storage.replace("DEFAULT", Map.of(), next)).isTrue();
        assertThat(deleted).isTrue();
        assertThat(JsonTokenStorage.open(storage.path()).read("DEFAULT")).containsOnlyKeys("new");
    }

    @Test
    void a_journal_deleted_between_read_and_write_is_not_written_into_nowhere() throws IOException {
        Path file = journalFile();
        JournalSlots.Current current = Objects.requireNonNull(JournalSlots.read(file));
        byte[] content = {'{', '}'};
        assertThat(JournalSlots.writeOther(file, current, content)).isTrue();
        Files.delete(file);
        assertThat(JournalSlots.writeOther(file, current, content)).isFalse();
        assertThat(file).doesNotExist();
        Files.createFile(file);
        assertThat(JournalSlots.writeOther(file, current, content)).isFalse();
        deleteAll(home.resolve("tokens.json.d"));
        assertThat(JournalSlots.writeOther(file, current, content)).isFalse();
    }

    @Test
    void a_journal_that_somebody_keeps_deleting_is_written_all_the_same() throws IOException {
        Path file = journalFile();
        Journal journal = storage.journal("DEFAULT");
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Void> deleter = CompletableFuture.runAsync(() -> {
            while (!stop.get()) {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        try {
            for (long i = 0; i < 200; i++) {
                journal.write(Map.of("k", i));
                assertThat(journal.read()).isIn(Map.of(), Map.of("k", i));
            }
        } finally {
            stop.set(true);
            deleter.join();
        }
        journal.write(Map.of("k", "last"));
        assertThat(journal.read()).isEqualTo(Map.of("k", "last"));
    }
}
