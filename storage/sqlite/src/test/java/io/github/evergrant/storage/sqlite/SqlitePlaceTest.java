package io.github.evergrant.storage.sqlite;

import static io.github.evergrant.storage.sqlite.SqliteFiles.mode;
import static io.github.evergrant.storage.sqlite.SqliteFiles.query;
import static io.github.evergrant.storage.sqlite.SqliteFiles.store;
import static io.github.evergrant.storage.sqlite.SqliteFiles.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.testing.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a store is, by what name, and what stands beside it. */
final class SqlitePlaceTest {

    @TempDir
    private Path folder;

    @Test
    void the_scheme_is_found_and_the_home_folder_is_that_of_the_environment() {
        assertThat(TokenStorages.open("sqlite:~/t.db"))
                .isInstanceOf(SqliteTokenStorage.class)
                .extracting(TokenStorage::address)
                .isEqualTo("sqlite:" + Path.of(System.getenv("HOME"), "t.db"));
        assertThatThrownBy(() -> TokenStorages.open("nowhere:"))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.advice()).contains("sqlite:"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite:", "sqlite::memory:"})
    @DisplayName("27: a store in memory is another scheme")
    void a_file_needs_a_path(String address) {
        assertThatThrownBy(() -> TokenStorages.open(address))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("store_path_missing"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b.db",
                "what?mode=memory.db",
                "50%25.db",
                "#1&cache=shared.db",
                "é中😀.db",
                "file:x.db",
                ":memory:",
                ":resource:x"
            })
    void nothing_in_a_path_has_a_meaning_of_its_own(String name) throws IOException {
        Path path = folder.resolve(name);
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path)) {
            assertThat(storage.read("DEFAULT")).isEmpty();
            assertThat(store(storage, "DEFAULT", token("rs", "at"))).isTrue();
        }
        try (TokenStorage again = TokenStorages.open("sqlite:" + path)) {
            assertThat(again.read("DEFAULT")).containsOnlyKeys("rs");
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder(name, name + ".lock");
        }
    }

    @Test
    @DisplayName("20, 26, W14: folders are made 0700, the database 0600")
    void what_is_made_is_private() {
        Path path = folder.resolve("one/two/tokens.db");
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path)) {
            assertThat(folder.resolve("one")).doesNotExist();
            storage.storeConfiguration("DEFAULT", "c", Map.of());
            storage.journal("DEFAULT").write(Map.of("k", 1L));
        }
        assertThat(mode(folder.resolve("one"))).isEqualTo("rwx------");
        assertThat(mode(folder.resolve("one/two"))).isEqualTo("rwx------");
        assertThat(mode(path)).isEqualTo("rw-------");
        assertThat(mode(folder.resolve("one/two/tokens.db.lock"))).isEqualTo("rw-------");
        assertThat(mode(folder.resolve("one/two/tokens.db.d"))).isEqualTo("rwx------");
    }

    @Test
    @DisplayName("21, W24: a bare name is a file in the working folder")
    void a_bare_name_is_a_file_in_the_working_folder() {
        assertThat(TokenStorages.open("sqlite:tokens.db").address())
                .isEqualTo("sqlite:" + Path.of("tokens.db").toAbsolutePath());
        try (ForkedJvm there = SqliteProgram.start(List.of("env", "-C", folder.toString()), folder)) {
            assertThat(there.hear()).startsWith("ready");
            assertThat(there.ask("use sqlite:tokens.db")).isEqualTo("using");
            assertThat(there.ask("replace DEFAULT rs")).isEqualTo("true");
        }
        assertThat(folder.resolve("tokens.db")).isRegularFile();
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(folder.resolve("tokens.db"))) {
            assertThat(storage.read("DEFAULT")).containsOnlyKeys("rs");
        }
    }

    @Test
    @DisplayName("22: a link stays a link, and lock and journals stand beside what it leads to")
    void a_link_stays_a_link() throws IOException {
        Path real = Files.createDirectory(folder.resolve("real")).resolve("tokens.db");
        Path link = Files.createSymbolicLink(folder.resolve("link.db"), real);
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(link)) {
            store(storage, "DEFAULT", token("rs", "at"));
            assertThat(SqliteTokenStorage.open(real).read("DEFAULT")).containsOnlyKeys("rs");
            assertThat(storage.leases().tryTake("s")).isPresent();
            assertThat(SqliteTokenStorage.open(real).leases().tryTake("s")).isEmpty();
        }
        assertThat(link).isSymbolicLink();
        assertThat(folder.resolve("link.db.lock")).doesNotExist();
        assertThat(folder.resolve("real/tokens.db.lock")).exists();
    }

    @Test
    void a_sign_changes_with_records_and_journals_and_not_by_reading() {
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(folder.resolve("tokens.db"))) {
            Object none = storage.sign("DEFAULT");
            store(storage, "DEFAULT", token("rs", "at"));
            Object stored = storage.sign("DEFAULT");
            storage.read("DEFAULT");
            assertThat(storage.sign("DEFAULT")).isEqualTo(stored).isNotEqualTo(none);
            storage.journal("DEFAULT").write(Map.of("k", 1L));
            assertThat(storage.sign("DEFAULT")).isNotEqualTo(stored);
            assertThat(storage.sign("other")).isEqualTo(stored);
        }
    }

    @Test
    void a_closed_storage_can_still_save_and_keeps_no_connection() throws IOException {
        Path path = folder.resolve("tokens.db");
        SqliteTokenStorage storage = SqliteTokenStorage.open(path);
        store(storage, "DEFAULT", token("rs", "at"));
        assertThat(descriptors(path)).isEqualTo(1);
        storage.close();
        assertThat(descriptors(path)).isZero();
        assertThat(store(storage, "DEFAULT", token("late", "at"))).isTrue();
        assertThat(storage.read("DEFAULT")).containsOnlyKeys("rs", "late");
        assertThat(descriptors(path)).isZero();
    }

    private static long descriptors(Path file) throws IOException {
        try (var all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(each -> isSame(each, file)).count();
        }
    }

    private static boolean isSame(Path descriptor, Path file) {
        try {
            return Files.exists(descriptor) && Files.isSameFile(descriptor, file);
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void a_save_is_durable_before_it_is_said_to_be_done() {
        Path path = folder.resolve("tokens.db");
        store(SqliteTokenStorage.open(path), "DEFAULT", token("rs", "at"));
        // FULL, as Python has it: the driver's own setting, which we rely on.
        assertThat(query(path, "pragma synchronous")).containsExactly("2");
    }
}
