package io.github.evergrant.storage.sqlite;

import static io.github.evergrant.storage.sqlite.SqliteFiles.assertFails;
import static io.github.evergrant.storage.sqlite.SqliteFiles.bytes;
import static io.github.evergrant.storage.sqlite.SqliteFiles.file;
import static io.github.evergrant.storage.sqlite.SqliteFiles.golden;
import static io.github.evergrant.storage.sqlite.SqliteFiles.mode;
import static io.github.evergrant.storage.sqlite.SqliteFiles.store;
import static io.github.evergrant.storage.sqlite.SqliteFiles.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.StorageOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqlitePermissionTest {

    private static final String FOREIGN = "sqlite/v4.9.0-tokenstorage.db";

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();

    private final StorageOptions options = StorageOptions.DEFAULT.withWarnings(warnings::add);

    private static void open(Path path) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
    }

    @Test
    @DisplayName("19, W14: a database of another program that others may read is read with one warning, then private")
    void a_foreign_database_open_to_others_is_read_with_one_warning() throws IOException {
        Path path = file(folder, golden(FOREIGN));
        open(path);
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path, options)) {
            assertThat(storage.read("DEFAULT")).hasSize(3);
            assertThat(storage.namespaces()).hasSize(2);
            assertThat(warnings).singleElement().asString().contains("chmod 600 " + path);
            assertThat(mode(path)).isEqualTo("rw-r--r--");
            assertThat(store(storage, "DEFAULT", token("rs", "at"))).isTrue();
            assertThat(mode(path)).isEqualTo("rw-------");
            assertThat(storage.read("DEFAULT")).hasSize(4);
            assertThat(warnings).hasSize(1);
        }
    }

    @Test
    void the_first_journal_makes_a_foreign_database_private_and_it_is_still_read() throws IOException {
        Path path = file(folder, golden(FOREIGN));
        open(path);
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path, options)) {
            storage.journal("DEFAULT").write(Map.of("intent", true));
            assertThat(mode(path)).isEqualTo("rw-------");
            assertThat(storage.read("DEFAULT")).hasSize(3);
        }
    }

    @Test
    void on_request_a_foreign_database_open_to_others_is_refused() throws IOException {
        Path path = file(folder, golden(FOREIGN));
        open(path);
        try (SqliteTokenStorage strict = SqliteTokenStorage.open(path, options.withStrictPermissions(true))) {
            assertFails("store_permissions", path, () -> strict.read("DEFAULT"));
            assertFails("store_permissions", path, () -> store(strict, "DEFAULT", token("rs", "at")));
        }
        assertThat(mode(path)).isEqualTo("rw-r--r--");
        assertThat(bytes(path)).isEqualTo(golden(FOREIGN));
        assertThat(warnings).isEmpty();
    }

    @Test
    void our_own_database_open_to_others_is_refused_with_the_command_that_mends_it() throws IOException {
        Path path = folder.resolve("tokens.db");
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path, options)) {
            store(storage, "DEFAULT", token("rs", "at"));
            open(path);
            assertThatThrownBy(() -> storage.read("DEFAULT")).isInstanceOfSatisfying(StorageFailure.class, e -> {
                assertThat(e.code()).isEqualTo("store_permissions");
                assertThat(e.advice()).isEqualTo("chmod 600 " + path);
            });
            assertFails("store_permissions", path, () -> store(storage, "DEFAULT", token("rs2", "at")));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            assertThat(storage.read("DEFAULT")).containsOnlyKeys("rs");
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void a_database_with_our_folder_beside_it_is_our_own() throws IOException {
        Path path = file(folder, golden(FOREIGN));
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path, options)) {
            storage.journal("DEFAULT").write(Map.of("intent", true));
            open(path);
            assertFails("store_permissions", path, () -> storage.read("DEFAULT"));
        }
    }

    @Test
    void a_file_open_to_others_that_is_no_database_is_neither_trusted_nor_made_private() throws IOException {
        Path path = file(folder, golden("negative/not-a-db.db"));
        open(path);
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path, options)) {
            assertFails("store_format_unknown", path, () -> storage.read("DEFAULT"));
            assertFails("store_format_unknown", path, () -> store(storage, "DEFAULT", token("rs", "at")));
        }
        assertThat(mode(path)).isEqualTo("rw-r--r--");
    }

    @Test
    @DisplayName("RootDoesNotTakeOverTheFile")
    void root_does_not_take_over_the_file() throws IOException {
        Path path = file(folder, golden(FOREIGN));
        assumeTrue(isRoot(path), "only root can");
        give(path);
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path, options)) {
            assertThat(store(storage, "DEFAULT", token("rs", "at"))).isTrue();
            storage.journal("DEFAULT").write(Map.of("k", 1L));
            storage.storeConfiguration("DEFAULT", "c", Map.of());
        }
        try (var all = Files.walk(folder)) {
            assertThat(all.filter(each -> !each.equals(folder)))
                    .hasSize(4)
                    .allSatisfy(each -> assertThat(owner(each)).isEqualTo(Map.of("uid", 65_534, "gid", 65_533)));
        }
    }

    @Test
    @DisplayName("RootDoesNotTakeOverTheFile: a new database in a user's folder is the user's")
    void what_root_makes_in_a_users_folder_is_the_users() throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        assumeTrue(isRoot(home), "only root can");
        give(home);
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(home.resolve("deep/tokens.db"), options)) {
            store(storage, "DEFAULT", token("rs", "at"));
        }
        try (var all = Files.walk(home)) {
            assertThat(all)
                    .hasSize(4)
                    .allSatisfy(each -> assertThat(owner(each)).isEqualTo(Map.of("uid", 65_534, "gid", 65_533)));
        }
    }

    /** What we make is root's. */
    private static boolean isRoot(Path made) throws IOException {
        return Integer.valueOf(0).equals(Files.getAttribute(made, "unix:uid"));
    }

    private static void give(Path path) throws IOException {
        Files.setAttribute(path, "unix:gid", 65_533);
        Files.setAttribute(path, "unix:uid", 65_534);
    }

    private static Map<String, Object> owner(Path path) throws IOException {
        return Files.readAttributes(path, "unix:uid,gid", LinkOption.NOFOLLOW_LINKS);
    }
}
