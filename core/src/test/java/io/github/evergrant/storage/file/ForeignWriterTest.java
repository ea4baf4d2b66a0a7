package io.github.evergrant.storage.file;

import static io.github.evergrant.storage.file.JsonFiles.file;
import static io.github.evergrant.storage.file.JsonFiles.golden;
import static io.github.evergrant.storage.file.JsonFiles.renew;
import static io.github.evergrant.storage.file.JsonFiles.store;
import static io.github.evergrant.storage.file.JsonFiles.text;
import static io.github.evergrant.storage.file.JsonFiles.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.token.TokenData;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs without locks that rewrite the store in place from what they read earlier, as the Python library does. */
final class ForeignWriterTest {

    @TempDir
    private Path folder;

    private JsonTokenStorage open() {
        return JsonTokenStorage.open(folder.resolve("tokens.json"));
    }

    /** Records that, when they are asked for, let another program write first: between our read and our rename. */
    private static final class Gate extends AbstractMap<String, TokenData> {

        private final Map<String, TokenData> records;
        private final Runnable foreignWrite;

        Gate(TokenData record, Runnable foreignWrite) {
            this.records = Map.of(record.resourceServer(), record);
            this.foreignWrite = foreignWrite;
        }

        @Override
        public boolean isEmpty() {
            return records.isEmpty();
        }

        @Override
        public Set<Entry<String, TokenData>> entrySet() {
            foreignWrite.run();
            return records.entrySet();
        }
    }

    private Runnable once(Runnable write) {
        AtomicBoolean done = new AtomicBoolean();
        return () -> {
            if (done.compareAndSet(false, true)) {
                write.run();
            }
        };
    }

    @Test
    @DisplayName("ForeignStoreBetweenReadAndRenameSurvives")
    void a_foreign_store_between_read_and_rename_survives() {
        store(open(), "DEFAULT", token("a", "a-1"));
        String before = text(open().path());
        // As long as the former text: neither size nor time would tell.
        Runnable foreign = once(() -> file(folder, before.replace("a-1", "a-2")));
        assertThat(open().replace("DEFAULT", Map.of(), new Gate(token("b", "b-1"), foreign)))
                .isTrue();
        assertThat(open().read("DEFAULT")).isEqualTo(Map.of("a", token("a", "a-2"), "b", token("b", "b-1")));
    }

    @Test
    void a_foreign_store_of_the_same_record_makes_us_lose() {
        store(open(), "DEFAULT", token("a", "a-1"));
        String before = text(open().path());
        Runnable foreign = once(() -> file(folder, before.replace("a-1", "a-2")));
        assertThat(open().replace(
                                "DEFAULT",
                                Map.of("a", token("a", "a-1").fingerprint()),
                                new Gate(token("a", "ours"), foreign)))
                .isFalse();
        assertThat(open().read("DEFAULT", "a")).contains(token("a", "a-2"));
    }

    @Test
    void a_foreign_store_that_makes_the_file_survives() {
        Runnable foreign = once(() -> file(folder, golden("json/v4.9.0-2.0-client-credentials.json")));
        assertThat(open().replace("DEFAULT", Map.of(), new Gate(token("b", "b-1"), foreign)))
                .isTrue();
        assertThat(open().read("DEFAULT")).containsKeys("b", "transfer.api.globus.org", "search.api.globus.org");
    }

    @Test
    void a_program_that_never_stops_writing_is_reported_and_nothing_of_ours_is_left() throws IOException {
        store(open(), "DEFAULT", token("a", "a-1"));
        AtomicInteger round = new AtomicInteger();
        Runnable foreign = () -> JsonFiles.store(open(), "other", token("rs" + round.incrementAndGet(), "at"));
        assertThatThrownBy(() -> open().replace("DEFAULT", Map.of(), new Gate(token("b", "b-1"), foreign)))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo("store_busy"));
        assertThat(open().read("DEFAULT")).containsOnlyKeys("a");
        try (var files = Files.list(folder)) {
            assertThat(files).noneMatch(each -> each.toString().endsWith(".tmp"));
        }
    }

    @Test
    @DisplayName("RestoredWithoutExtrasStillCountsAsSeen")
    void a_record_that_python_stored_again_without_our_fields_counts_as_seen() {
        TokenData ours = token("rs", "at-1").withIdentityId("me").withExtra(Map.of("x", 1L));
        store(open(), "DEFAULT", ours);
        file(folder, text(open().path()).replace(", \"x\": 1", "").replace("\"identity_id\": \"me\", ", ""));
        assertThat(open().read("DEFAULT", "rs")).contains(token("rs", "at-1"));
        assertThat(open().replace("DEFAULT", Map.of("rs", ours.fingerprint()), Map.of("rs", token("rs", "at-2"))))
                .isTrue();
    }

    @Test
    void the_journal_stays_with_a_file_that_python_upgraded() {
        file(folder, golden("json/v4.9.0-migrate-1.0-before.json"));
        Map<String, Object> state = Map.of("provider", "globus", "client", Map.of("id", "61338d24"));
        open().journal("DEFAULT").write(Map.copyOf(state));
        file(folder, golden("json/v4.9.0-migrate-2.0-after-store.json"));
        assertThat(open().namespaces()).containsExactly("DEFAULT", "other");
        assertThat(open().read("DEFAULT")).hasSize(2);
        assertThat(open().journal("DEFAULT").read()).isEqualTo(state);
        assertThat(renew(open(), "DEFAULT", token("auth.globus.org", "new"))).isTrue();
        assertThat(open().journal("DEFAULT").read()).isEqualTo(state);
    }

    @Test
    @DisplayName("CorruptStoreAtSaveKeepsTheAnswer (storage half)")
    void a_store_that_is_corrupt_at_the_save_keeps_the_answer() {
        store(open(), "DEFAULT", token("rs", "at-1"));
        open().journal("DEFAULT").write(Map.of("intent", true));
        String half = text(open().path()).substring(0, 50);
        file(folder, half);
        open().journal("DEFAULT").write(Map.of("answer", "at-2"));
        assertThatThrownBy(() -> open().replace(
                                "DEFAULT",
                                Map.of("rs", token("rs", "at-1").fingerprint()),
                                Map.of("rs", token("rs", "at-2"))))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo("store_corrupt"));
        assertThat(text(open().path())).isEqualTo(half);
        assertThat(open().journal("DEFAULT").read()).isEqualTo(Map.of("answer", "at-2"));
    }

    @Test
    @DisplayName("W3: a reader beside a program that rewrites in place sees a former or newer document each time")
    void half_a_document_is_read_again() throws Exception {
        String one = golden("json/v4.9.0-2.0-two-namespaces.json");
        String two = golden("json/v4.9.0-2.0-after-remove.json");
        file(folder, one);
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (int i = 0; !stop.get(); i++) {
                rewriteInPlace(i % 2 == 0 ? two : one);
                LockSupport.parkNanos(2_000_000);
            }
        });
        try {
            for (int i = 0; i < 300; i++) {
                assertThat(open().read("DEFAULT").size()).isBetween(2, 3);
            }
        } finally {
            stop.set(true);
            writer.get();
        }
    }

    private void rewriteInPlace(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (FileOutputStream out = new FileOutputStream(open().path().toFile())) {
            out.write(bytes, 0, bytes.length / 2);
            Thread.onSpinWait();
            out.write(bytes, bytes.length / 2, bytes.length - bytes.length / 2);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void a_file_that_stands_half_written_for_a_moment_is_not_damaged() throws Exception {
        Path path = folder.resolve("tokens.json");
        String whole = "{\"data\": {}, \"format_version\": \"2.0\", \"globus-sdk.version\": \"4.9.0\"}";
        Files.writeString(path, whole.substring(0, 20));
        long written = System.nanoTime();
        CompletableFuture<List<String>> reading = CompletableFuture.supplyAsync(() -> open().namespaces());
        // Twice as long as a file that stands still is looked at.
        Awaitility.await().until(() -> System.nanoTime() - written > 400_000_000L);
        Files.writeString(path, whole);

        assertThat(reading.get(1, TimeUnit.MINUTES)).isEmpty();
    }
}
