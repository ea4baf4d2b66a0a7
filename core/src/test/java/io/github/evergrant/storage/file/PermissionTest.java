package io.github.evergrant.storage.file;

import static io.github.evergrant.storage.file.JsonFiles.file;
import static io.github.evergrant.storage.file.JsonFiles.golden;
import static io.github.evergrant.storage.file.JsonFiles.mode;
import static io.github.evergrant.storage.file.JsonFiles.store;
import static io.github.evergrant.storage.file.JsonFiles.token;
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
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PermissionTest {

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();

    private final StorageOptions options = StorageOptions.DEFAULT.withWarnings(warnings::add);

    private static void open(Path path) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private static void assertFails(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    @DisplayName("19, W14: a file of another program that others may read is read with one warning, and made private")
    void a_foreign_file_open_to_others_is_read_with_one_warning() throws IOException {
        Path path = file(folder, golden("json/v4.9.0-2.0-two-namespaces.json"));
        open(path);
        JsonTokenStorage storage = JsonTokenStorage.open(path, options);
        assertThat(storage.read("DEFAULT")).hasSize(3);
        assertThat(storage.namespaces()).hasSize(2);
        assertThat(warnings).singleElement().asString().contains("chmod 600 " + path);
        assertThat(mode(path)).isEqualTo("rw-r--r--");
        assertThat(store(storage, "DEFAULT", token("rs", "at"))).isTrue();
        assertThat(mode(path)).isEqualTo("rw-------");
        assertThat(warnings).hasSize(1);
    }

    @Test
    void the_first_journal_makes_a_foreign_file_private_and_it_is_still_read() throws IOException {
        Path path = file(folder, golden("json/v4.9.0-2.0-two-namespaces.json"));
        open(path);
        JsonTokenStorage storage = JsonTokenStorage.open(path, options);
        storage.journal("DEFAULT").write(Map.of("intent", true));
        assertThat(mode(path)).isEqualTo("rw-------");
        assertThat(storage.read("DEFAULT")).hasSize(3);
    }

    @Test
    void on_request_a_foreign_file_open_to_others_is_refused() throws IOException {
        Path path = file(folder, golden("json/v4.9.0-2.0-two-namespaces.json"));
        open(path);
        JsonTokenStorage strict = JsonTokenStorage.open(path, options.withStrictPermissions(true));
        assertFails("store_permissions", () -> strict.read("DEFAULT"));
        assertFails("store_permissions", () -> store(strict, "DEFAULT", token("rs", "at")));
        assertThat(mode(path)).isEqualTo("rw-r--r--");
        assertThat(warnings).isEmpty();
    }

    @Test
    void our_own_file_open_to_others_is_refused_with_the_command_that_mends_it() throws IOException {
        Path path = folder.resolve("tokens.json");
        JsonTokenStorage storage = JsonTokenStorage.open(path, options);
        store(storage, "DEFAULT", token("rs", "at"));
        open(path);
        assertThatThrownBy(() -> storage.read("DEFAULT")).isInstanceOfSatisfying(StorageFailure.class, e -> {
            assertThat(e.code()).isEqualTo("store_permissions");
            assertThat(e.advice()).isEqualTo("chmod 600 " + path);
        });
        assertFails("store_permissions", () -> store(storage, "DEFAULT", token("rs2", "at")));
    }

    @Test
    void a_file_with_our_folder_beside_it_is_our_own() throws IOException {
        Path path = file(folder, golden("json/v4.9.0-legacy-1.0-access-only.json"));
        JsonTokenStorage storage = JsonTokenStorage.open(path, options);
        storage.journal("DEFAULT").write(Map.of("intent", true));
        open(path);
        assertFails("store_permissions", () -> storage.read("DEFAULT"));
    }

    @Test
    void a_file_of_another_user_is_refused() {
        Path path = file(folder, golden("json/v4.9.0-2.0-two-namespaces.json"));
        JsonTokenStorage storage = JsonTokenStorage.openAs(12_345, path);
        assertFails("store_not_ours", () -> storage.read("DEFAULT"));
        assertFails("store_not_ours", () -> store(storage, "DEFAULT", token("rs", "at")));
        assertThat(JsonFiles.text(path)).isEqualTo(golden("json/v4.9.0-2.0-two-namespaces.json"));
    }

    @Test
    @DisplayName("RootDoesNotTakeOverTheFile")
    void root_does_not_take_over_the_file() throws IOException {
        assumeTrue(Unix.effectiveUser() == 0, "only root can");
        Path path = file(folder, golden("json/v4.9.0-2.0-two-namespaces.json"));
        give(path, 65_534, 65_533);
        JsonTokenStorage storage = JsonTokenStorage.open(path, options);
        assertThat(store(storage, "DEFAULT", token("rs", "at"))).isTrue();
        storage.journal("DEFAULT").write(Map.of("k", 1L));
        storage.journal("DEFAULT").write(Map.of("k", "x".repeat(200_000)));
        storage.storeConfiguration("DEFAULT", "c", Map.of());
        storage.leases().tryTake("DEFAULT").orElseThrow().close();
        try (var all = Files.walk(folder)) {
            assertThat(all.filter(each -> !each.equals(folder)))
                    .hasSize(5)
                    .allSatisfy(each -> assertThat(owner(each)).isEqualTo(Map.of("uid", 65_534, "gid", 65_533)));
        }
    }

    @Test
    @DisplayName("RootDoesNotTakeOverTheFile: a new store in a user's folder is the user's")
    void what_root_makes_in_a_users_folder_is_the_users() throws IOException {
        assumeTrue(Unix.effectiveUser() == 0, "only root can");
        Path home = Files.createDirectory(folder.resolve("home"));
        give(home, 65_534, 65_533);
        JsonTokenStorage storage = JsonTokenStorage.open(home.resolve("deep/tokens.json"), options);
        storage.journal("DEFAULT").write(Map.of("k", 1L));
        store(storage, "DEFAULT", token("rs", "at"));
        try (var all = Files.walk(home)) {
            assertThat(all)
                    .hasSize(6)
                    .allSatisfy(each -> assertThat(owner(each)).isEqualTo(Map.of("uid", 65_534, "gid", 65_533)));
        }
    }

    private static void give(Path path, int uid, int gid) throws IOException {
        Files.setAttribute(path, "unix:gid", gid);
        Files.setAttribute(path, "unix:uid", uid);
    }

    private static Map<String, Object> owner(Path path) throws IOException {
        return Files.readAttributes(path, "unix:uid,gid", LinkOption.NOFOLLOW_LINKS);
    }

    @Test
    void journals_and_configuration_are_not_kept_where_others_may_write() throws IOException {
        Path path = folder.resolve("tokens.json");
        JsonTokenStorage storage = JsonTokenStorage.open(path, options);
        Path journals = Files.createDirectory(folder.resolve("tokens.json.d"));
        Files.setPosixFilePermissions(journals, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertFails("store_permissions", () -> storage.journal("a").read());
        assertFails("store_permissions", () -> storage.journal("a").write(Map.of("secret", "x")));
        assertFails("store_permissions", () -> storage.configuration("a", "c"));
        assertFails("store_permissions", () -> storage.configurationNames("a"));
        assertFails("store_permissions", () -> storage.storeConfiguration("a", "c", Map.of("secret", "x")));
        assertFails("store_permissions", () -> storage.removeConfiguration("a", "c"));
        Files.delete(journals);
        Files.createSymbolicLink(journals, Files.createDirectory(folder.resolve("elsewhere")));
        assertFails("store_not_ours", () -> storage.journal("a").write(Map.of("secret", "x")));
        assertFails("store_not_ours", () -> storage.storeConfiguration("a", "c", Map.of("secret", "x")));
        assertThat(folder.resolve("elsewhere")).isEmptyDirectory();
    }
}
