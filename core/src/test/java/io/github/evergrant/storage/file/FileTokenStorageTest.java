package io.github.evergrant.storage.file;

import static io.github.evergrant.storage.file.JsonFiles.file;
import static io.github.evergrant.storage.file.JsonFiles.mode;
import static io.github.evergrant.storage.file.JsonFiles.text;
import static io.github.evergrant.storage.file.JsonFiles.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.MalformedDocument;
import io.github.evergrant.storage.StorageOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the base of file storages does for a format it knows nothing of. */
final class FileTokenStorageTest {

    private static final String GOOD = "s rs at 1767398400\n.\n";

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();

    private LineTokenStorage open(boolean foreign) {
        return new LineTokenStorage(
                folder.resolve("tokens.txt"), StorageOptions.DEFAULT.withWarnings(warnings::add), foreign);
    }

    private LineTokenStorage open() {
        return open(false);
    }

    private Path put(String text) {
        return file(folder, "tokens.txt", text);
    }

    private static void assertFails(String code, ThrowingCallable call, String... words) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining("tokens.txt")
                .satisfies(e -> List.of(words).forEach(word -> assertThat(e).hasMessageContaining(word)));
    }

    @Test
    void records_of_any_format_are_read_replaced_and_removed() {
        LineTokenStorage storage = open();
        assertThat(storage.exists()).isFalse();
        assertThat(storage.replace("s", Map.of(), Map.of("rs", token("rs", "at"))))
                .isTrue();
        assertThat(text(storage.path())).isEqualTo(GOOD);
        assertThat(mode(storage.path())).isEqualTo("rw-------");
        assertThat(storage.address()).isEqualTo("lines:" + storage.path());
        assertThat(open().namespaces()).containsExactly("s");
        assertThat(open().read("s")).isEqualTo(Map.of("rs", token("rs", "at")));
        Object sign = storage.sign("s");
        assertThat(storage.replace(
                        "s", Map.of("rs", token("rs", "at").fingerprint()), Map.of("rs", token("rs", "at-2"))))
                .isTrue();
        assertThat(storage.sign("s")).isNotEqualTo(sign);
        assertThat(storage.replace("s", Map.of("rs", token("rs", "at").fingerprint()), Map.of()))
                .isFalse();
        assertThat(open().remove("s")).isTrue();
        assertThat(text(storage.path())).isEqualTo("\n.\n");
    }

    @Test
    void half_a_file_is_read_again_until_it_is_whole() throws Exception {
        put(GOOD.substring(0, 6));
        LineTokenStorage storage = open();
        CompletableFuture<Boolean> reader =
                CompletableFuture.supplyAsync(() -> storage.read("s").equals(Map.of("rs", token("rs", "at"))));
        Awaitility.await()
                .pollInterval(java.time.Duration.ofMillis(1))
                .until(() -> !storage.parsed.isEmpty() || reader.isDone());
        put(GOOD);
        assertThat(reader.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(storage.parsed).hasSizeGreaterThan(1);
    }

    @Test
    void a_file_that_stays_half_or_empty_is_reported_and_not_touched() {
        for (String text : List.of(GOOD.substring(0, 6), "")) {
            Path path = put(text);
            LineTokenStorage storage = open();
            String why = text.isEmpty() ? "it is empty" : "its last line is no full stop";
            assertFails("store_corrupt", () -> storage.read("s"), why);
            assertFails("store_corrupt", () -> storage.replace("s", Map.of(), Map.of("rs", token("rs", "x"))), why);
            assertFails("store_corrupt", () -> storage.remove("s"), why);
            assertThat(text(path)).isEqualTo(text);
            // Of an empty file, no subclass need think.
            assertThat(storage.parsed.isEmpty()).isEqualTo(text.isEmpty());
        }
    }

    @Test
    void a_bad_record_hides_no_other_is_named_and_survives_until_it_is_replaced() {
        Path path = put("s good at 1767398400\ns bad at soon\n.\n");
        assertThat(open().read("s")).containsOnlyKeys("good");
        assertThat(open().read("s", "absent")).isEmpty();
        assertFails("token_malformed", () -> open().read("s", "bad"), "\"s\"", "\"bad\"", "its end is not a number");
        assertThat(open().replace("s", Map.of(), Map.of("new", token("new", "at"))))
                .isTrue();
        assertThat(text(path)).contains("s bad at soon\n");
        assertThat(open().replace("s", Map.of(), Map.of("bad", token("bad", "mended"))))
                .isTrue();
        assertThat(open().read("s")).containsOnlyKeys("good", "bad", "new");
    }

    @Test
    void a_namespace_that_cannot_be_read_is_named_and_can_be_removed() {
        put("cursed rs at 1\n.\n");
        assertFails("token_malformed", () -> open().read("cursed"), "\"cursed\"", "it is cursed");
        assertFails("token_malformed", () -> open().read("cursed", "rs"), "it is cursed");
        assertFails("token_malformed", () -> open().replace("cursed", Map.of(), Map.of("b", token("b", "x"))));
        assertThat(open().remove("cursed")).isTrue();
        assertThat(open().namespaces()).isEmpty();
    }

    @Test
    void a_file_of_our_own_that_others_may_read_is_refused() throws IOException {
        Files.setPosixFilePermissions(put(GOOD), PosixFilePermissions.fromString("rw-r--r--"));
        assertFails("store_permissions", () -> open().read("s"));
    }

    @Test
    void a_file_of_another_program_that_others_may_read_is_warned_of_and_made_private() throws IOException {
        Path path = Files.setPosixFilePermissions(put(GOOD), PosixFilePermissions.fromString("rw-r--r--"));
        LineTokenStorage storage = open(true);
        assertThat(storage.read("s")).hasSize(1);
        assertThat(warnings).hasSize(1);
        assertThat(storage.remove("s")).isTrue();
        assertThat(mode(path)).isEqualTo("rw-------");
    }

    @Test
    void of_a_json_store_only_the_namespace_asked_for_is_read() throws MalformedDocument {
        JsonTokenStorage all = JsonTokenStorage.open(folder.resolve("tokens.json"));
        for (String each : List.of("a", "b")) {
            all.replace(each, Map.of(), Map.of("rs", token("rs", "at-" + each)));
        }
        byte[] bytes = text(all.path()).getBytes(StandardCharsets.UTF_8);
        TokenDocument one = all.parse(bytes, new DocumentPart.Namespace("a"));
        assertThat(one.read("a", "rs")).isEqualTo(token("rs", "at-a"));
        assertThatThrownBy(() -> one.resourceServers("b")).isInstanceOf(MalformedDocument.class);
        TokenDocument names = all.parse(bytes, new DocumentPart.Names());
        assertThat(names.namespaces()).containsExactly("a", "b");
        // What was not read cannot be written over by mistake.
        assertThatThrownBy(one::bytes).isInstanceOf(IllegalArgumentException.class);
    }
}
