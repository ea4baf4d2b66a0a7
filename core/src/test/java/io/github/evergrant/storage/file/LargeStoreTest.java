package io.github.evergrant.storage.file;

import static io.github.evergrant.storage.file.JsonFiles.file;
import static io.github.evergrant.storage.file.JsonFiles.renew;
import static io.github.evergrant.storage.file.JsonFiles.store;
import static io.github.evergrant.storage.file.JsonFiles.text;
import static io.github.evergrant.storage.file.JsonFiles.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.MalformedDocument;
import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.testing.ForkedJvm;
import io.github.evergrant.token.TokenData;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores of many sessions, and of more than is read. */
final class LargeStoreTest {

    private static final int MANY = 100_000;

    @TempDir
    private Path folder;

    private static String name(int number) {
        String digits = Integer.toString(number);
        return "session-" + "0".repeat(6 - digits.length()) + digits;
    }

    /** As a Python program would write it. */
    private Path many(int extra) throws IOException {
        Path path = file(folder, "");
        String more = "x".repeat(extra);
        try (var out = Files.newBufferedWriter(path)) {
            out.write("{\"data\": {");
            for (int i = 0; i < MANY; i++) {
                out.write((i == 0 ? "" : ", ") + "\"" + name(i)
                        + "\": {\"rs\": {\"resource_server\": \"rs\", \"scope\": \""
                        + more + "\", \"access_token\": \"at-" + i
                        + "\", \"expires_at_seconds\": 1767398400, \"token_type\": \"Bearer\"}}");
            }
            out.write("}, \"format_version\": \"2.0\", \"globus-sdk.version\": \"4.9.0\"}");
        }
        return path;
    }

    /** JSON as the storage reads it, which shows what was read. */
    private static final class ShownStorage extends FileTokenStorage {

        private @Nullable TokenDocument latest;

        ShownStorage(Path path) {
            super("shown", path, StorageOptions.DEFAULT);
        }

        @Override
        protected TokenDocument empty() {
            return JsonDocument.empty(path(), false);
        }

        @Override
        protected TokenDocument parse(byte[] bytes) throws MalformedDocument {
            return parse(bytes, new DocumentPart.All());
        }

        @Override
        TokenDocument parse(byte[] bytes, DocumentPart part) throws MalformedDocument {
            TokenDocument document = JsonDocument.parse(path(), bytes, part);
            latest = document;
            return document;
        }

        /** How many records of a namespace there are in what was read last. */
        long records(String namespace) throws MalformedDocument {
            TokenDocument document = Objects.requireNonNull(latest);
            return document.resourceServers(namespace).stream()
                    .filter(name -> isThere(document, namespace, name))
                    .count();
        }

        private static boolean isThere(TokenDocument document, String namespace, String name) {
            try {
                return document.read(namespace, name).resourceServer().equals(name);
            } catch (MalformedDocument e) {
                return false;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("W22: of a thousand records of one session the one that is asked for is read, and no other")
    void of_a_thousand_records_the_one_that_is_asked_for_is_read(boolean format1) throws Exception {
        Map<String, TokenData> all = new LinkedHashMap<>();
        for (int i = 0; i < 1000; i++) {
            all.put("rs-" + i, token("rs-" + i, "at-" + i));
        }
        byte[] text = format1 ? JsonDocuments.format1(all) : JsonDocuments.format2("DEFAULT", all);
        Path path = file(folder, new String(text, StandardCharsets.UTF_8));
        ShownStorage storage = new ShownStorage(path);
        assertThat(storage.read("DEFAULT", "rs-500")).contains(token("rs-500", "at-500"));
        assertThat(storage.records("DEFAULT")).isEqualTo(1);
        assertThat(storage.read("DEFAULT", "absent")).isEmpty();
        assertThat(storage.records("DEFAULT")).isZero();
        assertThat(storage.read("DEFAULT")).hasSize(1000);
        assertThat(storage.records("DEFAULT")).isEqualTo(1000);
        file(folder, text(path).replace("\"at-", "7, \"was\": \"at-").replace("7, \"was\": \"at-500\"", "\"at-500\""));
        assertThat(storage.read("DEFAULT")).containsOnlyKeys("rs-500");
        assertThat(storage.read("DEFAULT", "rs-500")).contains(token("rs-500", "at-500"));
    }

    @Test
    void a_hundred_thousand_sessions_are_listed_looked_up_and_renewed() throws IOException {
        JsonTokenStorage storage = JsonTokenStorage.open(many(0));
        assertThat(storage.namespaces()).hasSize(MANY).startsWith("session-000000", "session-000001");
        assertThat(storage.read("session-054321", "rs")).contains(token("rs", "at-54321"));
        assertThat(renew(storage, "session-099999", token("rs", "renewed"))).isTrue();
        assertThat(storage.read("session-099999")).isEqualTo(Map.of("rs", token("rs", "renewed")));
        assertThat(storage.read("session-099998")).isEqualTo(Map.of("rs", token("rs", "at-99998")));
        assertThat(storage.namespaces()).hasSize(MANY);
    }

    @Test
    void fifty_megabytes_are_read_in_a_heap_of_128() throws IOException {
        Path path = many(400);
        assertThat(Files.size(path)).isBetween(50L << 20, 60L << 20);
        // Its heap is that large.
        try (ForkedJvm reader = ForkedJvm.start(StoreProgram.class, "json:" + path)) {
            assertThat(reader.ask("read session-054321 rs")).isEqualTo("at-54321");
            assertThat(reader.ask("namespaces")).isEqualTo(Integer.toString(MANY));
            assertThat(reader.ask("read session-099999 rs")).isEqualTo("at-99999");
            assertThat(reader.ask("read nobody rs")).isEqualTo("none");
        }
    }

    private static void assertTooLarge(Path path, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(StorageFailure.class, e -> {
                    assertThat(e.code()).isEqualTo("store_too_large");
                    assertThat(e.advice()).contains("SQLite");
                })
                .hasMessageContaining(path + " ")
                .hasMessageContaining("larger than 64 MB");
    }

    @Test
    void a_file_of_more_than_is_read_is_named_and_left_alone() throws IOException {
        Path path = file(folder, "{");
        long size = (64L << 20) + 1;
        try (RandomAccessFile huge = new RandomAccessFile(path.toFile(), "rw")) {
            huge.setLength(size);
        }
        JsonTokenStorage storage = JsonTokenStorage.open(path);
        assertTooLarge(path, () -> storage.read("DEFAULT"));
        assertTooLarge(path, storage::namespaces);
        assertTooLarge(path, () -> store(storage, "DEFAULT", token("rs", "at")));
        assertTooLarge(path, () -> storage.remove("DEFAULT"));
        assertThat(Files.size(path)).isEqualTo(size);
    }

    @Test
    void nothing_is_written_that_could_not_be_read_again() throws IOException {
        JsonTokenStorage storage = JsonTokenStorage.open(folder.resolve("tokens.json"));
        store(storage, "DEFAULT", token("rs", "at"));
        storage.storeConfiguration("DEFAULT", "c", Map.of("k", 1L));
        String before = text(storage.path());
        String large = "x".repeat(64 << 20);
        assertTooLarge(
                storage.path(),
                () -> store(storage, "DEFAULT", token("more", "at").withExtra(Map.of("more", large))));
        assertThatThrownBy(() -> storage.storeConfiguration("DEFAULT", "c", Map.of("k", large)))
                .hasMessageContaining("what it held is intact");
        assertThat(text(storage.path())).isEqualTo(before);
        assertThat(storage.configuration("DEFAULT", "c")).contains(Map.of("k", 1L));
        try (var files = Files.walk(folder)) {
            assertThat(files).noneMatch(each -> each.toString().endsWith(".tmp"));
        }
    }
}
