package io.github.evergrant.storage.file;

import static io.github.evergrant.storage.file.JsonFiles.file;
import static io.github.evergrant.storage.file.JsonFiles.renew;
import static io.github.evergrant.storage.file.JsonFiles.store;
import static io.github.evergrant.storage.file.JsonFiles.text;
import static io.github.evergrant.storage.file.JsonFiles.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.token.TokenData;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A storage that stays open remembers what its file held: whatever becomes of the file meanwhile, the file counts. */
final class KnownTextTest {

    private static final TokenData A = token("a", "a-1");

    @TempDir
    private Path folder;

    private final AtomicInteger renames = new AtomicInteger();
    private JsonTokenStorage storage = JsonTokenStorage.open(Path.of("none"));

    @BeforeEach
    void open() {
        Renamer counting = new Renamer() {
            @Override
            void replace(Path temporary, Path file) throws IOException {
                renames.incrementAndGet();
                super.replace(temporary, file);
            }
        };
        storage = JsonTokenStorage.openWith(counting, folder.resolve("tokens.json"), StorageOptions.DEFAULT);
        store(storage, "ours", A);
        store(storage, "theirs", token("b", "b-1"));
        renames.set(0);
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private boolean replace(TokenData before, TokenData after) {
        return storage.replace(
                "ours", Map.of(before.resourceServer(), before.fingerprint()), Map.of(after.resourceServer(), after));
    }

    /** Another program's rewriting in place that leaves no trace but the text: same file, same length, same time. */
    private void rewriteWithoutTrace(String before, String after) throws IOException {
        Path path = storage.path();
        Object sign = StorePlace.sign(path);
        FileTime written = Files.getLastModifiedTime(path);
        byte[] text = text(path).replace(before, after).getBytes(StandardCharsets.UTF_8);
        try (RandomAccessFile out = new RandomAccessFile(path.toFile(), "rw")) {
            out.write(text);
        }
        Files.setLastModifiedTime(path, written);
        assertThat(StorePlace.sign(path)).isEqualTo(sign);
        assertThat(text(path)).contains(after);
    }

    @Test
    void what_was_rewritten_without_a_trace_survives_a_save() throws IOException {
        rewriteWithoutTrace("b-1", "b-2");
        assertThat(replace(A, token("a", "a-2"))).isTrue();
        assertThat(storage.read("theirs", "b")).contains(token("b", "b-2"));
        assertThat(storage.read("ours", "a")).contains(token("a", "a-2"));
        assertThat(renames).hasValue(1);
    }

    @Test
    void what_was_rewritten_without_a_trace_is_read() throws IOException {
        assertThat(storage.read("theirs", "b")).contains(token("b", "b-1"));
        rewriteWithoutTrace("b-1", "b-2");
        assertThat(storage.read("theirs", "b")).contains(token("b", "b-2"));
        assertThat(storage.namespaces()).containsExactly("ours", "theirs");
    }

    @Test
    void a_record_that_was_rewritten_without_a_trace_has_moved() throws IOException {
        rewriteWithoutTrace("a-1", "a-2");
        assertThat(replace(A, token("a", "a-3"))).isFalse();
        assertThat(renames).hasValue(0);
        assertThat(replace(token("a", "a-2"), token("a", "a-3"))).isTrue();
        assertThat(storage.read("ours", "a")).contains(token("a", "a-3"));
    }

    @Test
    void a_record_that_moved_without_a_trace_to_what_was_seen_is_replaced() throws IOException {
        rewriteWithoutTrace("a-1", "a-2");
        assertThat(replace(token("a", "a-2"), token("a", "a-3"))).isTrue();
        assertThat(storage.read("ours", "a")).contains(token("a", "a-3"));
    }

    @Test
    void a_save_of_what_was_there_before_a_rewriting_without_a_trace_is_done() throws IOException {
        rewriteWithoutTrace("a-1", "a-2");
        assertThat(storage.replace("ours", Map.of("a", A.fingerprint()), Map.of("a", A)))
                .isFalse();
        assertThat(storage.read("ours", "a")).contains(token("a", "a-2"));
    }

    @Test
    void what_is_there_already_is_not_written() {
        assertThat(replace(A, A)).isTrue();
        assertThat(renames).hasValue(0);
    }

    @Test
    void a_namespace_that_could_not_be_read_and_was_mended_without_a_trace_takes_a_record() throws IOException {
        file(folder, text(storage.path()).replace("\"theirs\": {", "\"odd\": 77, \"theirs\": {"));
        assertThatThrownBy(() -> store(storage, "odd", A)).isInstanceOf(StorageFailure.class);
        rewriteWithoutTrace("\"odd\": 77", "\"odd\": {}");
        assertThat(store(storage, "odd", A)).isTrue();
        assertThat(storage.read("odd")).isEqualTo(Map.of("a", A));
        assertThat(storage.read("theirs")).containsKey("b");
    }

    @Test
    void a_file_that_took_the_place_of_ours_survives_whatever_its_time() throws IOException {
        Path path = storage.path();
        Path other = Files.writeString(folder.resolve("other"), text(path).replace("b-1", "b-2"));
        Files.setPosixFilePermissions(other, Files.getPosixFilePermissions(path));
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(path));
        Files.move(other, path, StandardCopyOption.ATOMIC_MOVE);
        assertThat(replace(A, token("a", "a-2"))).isTrue();
        assertThat(storage.read("theirs", "b")).contains(token("b", "b-2"));
        assertThat(renames).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100})
    void what_was_cut_off_is_reported_and_not_touched(int length) throws IOException {
        String cut = text(storage.path()).substring(0, length);
        Path path = file(folder, cut);
        assertThatThrownBy(() -> replace(A, token("a", "a-2")))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo("store_corrupt"));
        assertThat(text(path)).isEqualTo(cut);
    }

    @Test
    void what_grew_is_read_as_a_whole() {
        file(folder, text(storage.path()).replace("\"b-1\"", "\"b-1\", \"more\": [1, 2]"));
        assertThat(replace(A, token("a", "a-2"))).isTrue();
        assertThat(text(storage.path())).contains("\"more\": [1, 2]");
    }

    @Test
    void a_file_that_was_deleted_holds_nothing() throws IOException {
        Files.delete(storage.path());
        assertThat(replace(A, token("a", "a-2"))).isFalse();
        assertThat(storage.path()).doesNotExist();
        assertThat(store(storage, "ours", A)).isTrue();
        assertThat(storage.namespaces()).containsExactly("ours");
    }

    @Test
    void what_another_program_wrote_keeps_its_text_and_gets_our_name() {
        Path path = file(
                folder,
                "{\"globus-sdk.version\": \"4.9.0\", \"data\": {\"theirs\": {\"b\" : 7 }}, \"format_version\": \"2.0\"}");
        assertThat(store(storage, "ours", A)).isTrue();
        assertThat(text(path))
                .startsWith("{\"globus-sdk.version\": \"" + Writer.NAME + "\", \"data\": {\"theirs\": {\"b\" : 7 },"
                        + " \"ours\": {\"a\": {\"resource_server\": \"a\"")
                .endsWith("}}}, \"format_version\": \"2.0\"}");
        assertThat(storage.remove("theirs")).isTrue();
        assertThat(text(path)).contains("\"data\": {\"ours\": {");
        assertThat(storage.remove("ours")).isTrue();
        assertThat(text(path)).contains("\"data\": {},");
        assertThat(store(storage, "ours", A)).isTrue();
        assertThat(storage.read("ours")).isEqualTo(Map.of("a", A));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"é\"", "1, \"dup\": 2", "\n2"})
    void what_another_program_wrote_otherwise_is_read_and_written_as_a_whole(String value) throws Exception {
        file(folder, text(storage.path()).replace("{\"data\"", "{\"dup\": " + value + ", \"data\""));
        for (int i = 1; i < 4; i++) {
            assertThat(replace(token("a", "a-" + i), token("a", "a-" + (i + 1))))
                    .isTrue();
        }
        assertThat(Json.readObject(text(storage.path())).get("dup")).isIn("é", 2L);
        assertThat(storage.read("theirs")).containsKey("b");
    }

    @Test
    void storages_that_take_turns_see_what_each_other_saved() {
        JsonTokenStorage other = JsonTokenStorage.open(storage.path());
        for (int i = 1; i < 20; i++) {
            JsonTokenStorage next = i % 3 == 0 ? other : storage;
            assertThat(next.replace(
                            "ours",
                            Map.of("a", token("a", "a-" + i).fingerprint()),
                            Map.of("a", token("a", "a-" + (i + 1)))))
                    .isTrue();
        }
        assertThat(storage.read("ours", "a")).isEqualTo(other.read("ours", "a"));
        other.close();
    }

    @Test
    void of_many_threads_on_two_storages_nobody_undoes_another() throws Exception {
        JsonTokenStorage other = JsonTokenStorage.open(storage.path());
        int threads = 6;
        int rounds = 15;
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            JsonTokenStorage mine = i % 2 == 0 ? other : storage;
            String namespace = "thread-" + i;
            running.add(CompletableFuture.runAsync(
                    () -> {
                        assertThat(store(mine, namespace, token("rs", "at"))).isTrue();
                        for (int round = 0; round < rounds; round++) {
                            assertThat(renew(mine, namespace, token("rs", "at-" + round)))
                                    .isTrue();
                            assertThat(mine.read(namespace, "rs")).contains(token("rs", "at-" + round));
                        }
                    },
                    task -> new Thread(task, namespace).start()));
        }
        for (CompletableFuture<Void> each : running) {
            each.get(2, TimeUnit.MINUTES);
        }
        for (int i = 0; i < threads; i++) {
            assertThat(storage.read("thread-" + i)).isEqualTo(Map.of("rs", token("rs", "at-" + (rounds - 1))));
        }
        assertThat(storage.namespaces()).hasSize(2 + threads);
        other.close();
    }

    @Test
    void the_same_text_is_not_read_twice() throws IOException {
        KnownText known = new KnownText();
        Path path = storage.path();
        byte[] text = Files.readAllBytes(path);
        assertThat(known.likely(StorePlace.sign(path))).isNull();
        assertThat(known.read(path)).isEqualTo(text).isNotSameAs(text);
        known.keep(text, StorePlace.sign(path));
        assertThat(known.likely(StorePlace.sign(path))).isSameAs(text);
        assertThat(known.likely("another")).isNull();
        assertThat(known.read(path)).isSameAs(text);
        assertThat(known.read(folder.resolve("absent"))).isNull();
        known.keep(new byte[KnownText.LARGEST + 1], "large");
        assertThat(known.likely("large")).isNull();
        assertThat(known.read(path)).isEqualTo(text).isNotSameAs(text);
    }

    @Test
    void a_session_is_found_in_the_same_text_without_reading_the_others() throws Exception {
        JsonOutlines outlines = new JsonOutlines();
        byte[] text = Files.readAllBytes(storage.path());
        DocumentPart one = new DocumentPart.Entry("ours", "a");
        assertThat(outlines.section(text, one)).as("small").isNull();
        JsonSection first = outlines.section(text, new DocumentPart.Changing("ours"));
        JsonSection second = outlines.section(text.clone(), one);
        assertThat(first).isNotNull();
        assertThat(second).isNotNull();
        if (first != null && second != null) {
            assertThat(second.written()).isSameAs(first.written());
            assertThat(second.read("ours", "a")).isEqualTo(A);
            assertThat(second.isWrittenByEvergrant()).isTrue();
            assertThat(second.namespaces()).containsExactly("ours", "theirs");
            assertThat(first.bytes()).as("nothing has changed").isSameAs(text);
            assertThat(first.remove("ours")).isTrue();
            assertThat(new String(first.bytes(), StandardCharsets.US_ASCII)).startsWith("{\"data\": {\"theirs\": {");
        }
        assertThat(outlines.section(text, new DocumentPart.All())).isNull();
        assertThat(outlines.section(text, new DocumentPart.Names())).isNull();
        String more = "{\"more\": \"" + "x".repeat(KnownText.LARGEST) + "\", \"data\"";
        byte[] large = text(storage.path()).replace("{\"data\"", more).getBytes(StandardCharsets.US_ASCII);
        assertThat(outlines.section(large, one)).as("large").isNull();
        assertThat(outlines.section(large, new DocumentPart.Changing("ours"))).isNotNull();
        assertThat(outlines.section(large, one)).as("not remembered").isNull();
    }
}
