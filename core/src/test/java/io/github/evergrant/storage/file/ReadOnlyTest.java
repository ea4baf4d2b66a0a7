package io.github.evergrant.storage.file;

import static io.github.evergrant.storage.file.JsonFiles.store;
import static io.github.evergrant.storage.file.JsonFiles.text;
import static io.github.evergrant.storage.file.JsonFiles.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.testing.ForkedJvm;
import io.github.evergrant.testing.Powerless;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores in folders that cannot be written: what can be read is read, what cannot be kept is said, nothing is harmed. */
final class ReadOnlyTest {

    @TempDir
    private Path folder;

    private Path home = Path.of("");

    private JsonTokenStorage storage;
    private String before = "";

    @BeforeEach
    void makeOne() throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
        storage = JsonTokenStorage.open(home.resolve("tokens.json"));
        store(storage, "DEFAULT", token("rs", "at"));
        before = text(storage.path());
    }

    @AfterEach
    void letItBeDeleted() throws IOException {
        mode(home, "rwx------");
        Path journals = home.resolve("tokens.json.d");
        if (Files.exists(journals)) {
            mode(journals, "rwx------");
        }
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private ForkedJvm program() {
        return ForkedJvm.start(Powerless.words(), StoreProgram.class, storage.address());
    }

    private void assertOnlyReads(String code) {
        try (ForkedJvm program = program()) {
            assertThat(program.ask("read DEFAULT rs")).isEqualTo("at");
            assertThat(program.ask("namespaces")).isEqualTo("1");
            assertThat(program.ask("replace DEFAULT more")).isEqualTo(code);
            assertThat(program.ask("journal DEFAULT 10")).isEqualTo(code);
            assertThat(program.ask("read DEFAULT rs")).isEqualTo("at");
        }
        assertThat(text(storage.path())).isEqualTo(before);
    }

    @Test
    void a_folder_that_cannot_be_written_has_no_place_for_a_lock() throws IOException {
        Files.delete(home.resolve("tokens.json.lock"));
        mode(home, "r-x------");
        assertOnlyReads("lock_failed");
        try (ForkedJvm program = program()) {
            assertThat(program.ask("take DEFAULT")).isEqualTo("lock_failed");
        }
        try (var files = Files.list(home)) {
            assertThat(files).containsExactly(storage.path());
        }
    }

    @Test
    void a_folder_that_has_become_read_only_has_no_place_for_a_successor() throws IOException {
        mode(home, "r-x------");
        assertOnlyReads("store_unwritable");
    }

    @Test
    void a_folder_of_journals_that_cannot_be_written_keeps_those_it_has() throws IOException {
        storage.journal("DEFAULT").write(Map.of("k", 1L));
        mode(home.resolve("tokens.json.d"), "r-x------");
        try (ForkedJvm program = program()) {
            assertThat(program.ask("journal DEFAULT 10")).isEqualTo("written");
            assertThat(program.ask("journal other 10")).isEqualTo("store_unwritable");
            assertThat(program.ask("replace DEFAULT more")).isEqualTo("true");
        }
        assertThat(storage.journal("DEFAULT").read()).isEqualTo(Map.of("answer", "x".repeat(10)));
        assertThat(storage.read("DEFAULT")).containsOnlyKeys("rs", "more");
    }

    @Test
    void a_store_that_cannot_be_read_is_named() throws IOException {
        mode(storage.path(), "---------");
        try (ForkedJvm program = program()) {
            assertThat(program.ask("read DEFAULT rs")).isEqualTo("store_unreadable");
            assertThat(program.ask("replace DEFAULT more")).isEqualTo("store_unreadable");
        }
        mode(storage.path(), "rw-------");
        assertThat(text(storage.path())).isEqualTo(before);
    }
}
