package io.github.evergrant.storage.file;

import static io.github.evergrant.storage.file.JsonFiles.file;
import static io.github.evergrant.storage.file.JsonFiles.golden;
import static io.github.evergrant.storage.file.JsonFiles.openFormat1;
import static io.github.evergrant.storage.file.JsonFiles.renew;
import static io.github.evergrant.storage.file.JsonFiles.store;
import static io.github.evergrant.storage.file.JsonFiles.text;
import static io.github.evergrant.storage.file.JsonFiles.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.TokenData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The statements on JSON stores of the Globus protocol, section 7, by their numbers; then what is ours alone. */
final class JsonStoreTest {

    @TempDir
    private Path folder;

    private JsonTokenStorage open() {
        return JsonTokenStorage.open(folder.resolve("tokens.json"));
    }

    @Test
    @DisplayName("1: reading where there is no file gives nothing and makes nothing")
    void reading_makes_no_file() throws IOException {
        assertThat(open().read("DEFAULT")).isEmpty();
        assertThat(openFormat1(folder.resolve("one.json")).namespaces()).isEmpty();
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    @DisplayName("2: a new 1.0 file is 0600 and says null for a missing refresh token")
    void a_new_file_of_format_1() {
        JsonTokenStorage storage = openFormat1(folder.resolve("tokens.json"));
        store(storage, "DEFAULT", token("rs", "at"));
        assertThat(text(storage.path()))
                .isEqualTo("{\"by_rs\": {\"rs\": {\"scope\": \"\", \"access_token\": \"at\", \"refresh_token\": null,"
                        + " \"token_type\": \"Bearer\", \"expires_at_seconds\": 1767398400, \"resource_server\": \"rs\"}},"
                        + " \"format_version\": \"1.0\", \"globus-sdk.version\": \"" + Writer.NAME + "\"}");
        assertThat(JsonFiles.mode(storage.path())).isEqualTo("rw-------");
        assertThat(storage.address()).isEqualTo("json1:" + storage.path());
    }

    @Test
    @DisplayName("3: a new 2.0 file has its keys in order and leaves null fields out")
    void a_new_file_of_format_2() {
        store(open(), "DEFAULT", token("rs", "at").withExpiry(Expiry.never()));
        assertThat(text(open().path()))
                .isEqualTo("{\"data\": {\"DEFAULT\": {\"rs\": {\"resource_server\": \"rs\", \"scope\": \"\","
                        + " \"access_token\": \"at\", \"expires_at_seconds\": 253402300799, \"token_type\": \"Bearer\"}}},"
                        + " \"format_version\": \"2.0\", \"globus-sdk.version\": \"" + Writer.NAME + "\"}");
        assertThat(JsonFiles.mode(open().path())).isEqualTo("rw-------");
        assertThat(Writer.NAME).startsWith("evergrant-");
    }

    @Test
    @DisplayName("4: storing one resource server leaves the others")
    void storing_one_leaves_the_others() {
        file(folder, golden("json/v4.9.0-legacy-1.0-initial-refresh.json"));
        TokenData auth = open().read("DEFAULT", "auth.globus.org").orElseThrow();
        assertThat(renew(open(), "DEFAULT", token("transfer.api.globus.org", "new")))
                .isTrue();
        assertThat(open().read("DEFAULT")).hasSize(3).containsEntry("auth.globus.org", auth);
    }

    @Test
    @DisplayName("5: a 1.0 file is read as namespace DEFAULT and not changed")
    void format_1_is_the_default_namespace() {
        String golden = golden("json/v4.9.0-legacy-1.0-initial-refresh.json");
        file(folder, golden);
        assertThat(open().namespaces()).containsExactly("DEFAULT");
        assertThat(open().read("DEFAULT")).hasSize(3);
        assertThat(open().read("other")).isEmpty();
        assertThat(text(open().path())).isEqualTo(golden);
    }

    @Test
    @DisplayName("6, 7, W30: a 1.0 file stays 1.0 on store and remove, and refuses a second namespace with advice")
    void format_1_is_kept() {
        String golden = golden("json/v4.9.0-legacy-1.0-initial-refresh.json");
        file(folder, golden);
        assertThatThrownBy(() -> store(open(), "X", token("rs", "at")))
                .isInstanceOfSatisfying(InvalidInput.class, e -> {
                    assertThat(e.code()).isEqualTo("store_is_format_1");
                    assertThat(e.advice()).contains("Upgrade");
                    assertThat(e.session()).contains("X");
                });
        TokenData absent = token("absent", "at");
        assertThat(open().replace("DEFAULT", Map.of("absent", absent.fingerprint()), Map.of()))
                .isFalse();
        assertThat(open().replace("X", Map.of("absent", absent.fingerprint()), Map.of()))
                .isFalse();
        assertThat(open().remove("X")).isFalse();
        assertThat(text(open().path())).isEqualTo(golden);
        store(open(), "DEFAULT", token("rs", "at"));
        assertThat(text(open().path())).contains("\"format_version\": \"1.0\", \"globus-sdk.version\": \"4.9.0\"");
        assertThat(open().remove("DEFAULT")).isTrue();
        assertThat(text(open().path()))
                .isEqualTo("{\"by_rs\": {}, \"format_version\": \"1.0\", \"globus-sdk.version\": \"4.9.0\"}");
    }

    @Test
    @DisplayName("8: a 2.0 file stays 2.0, however it was asked for")
    void format_2_is_kept() {
        store(open(), "DEFAULT", token("rs", "at"));
        store(openFormat1(open().path()), "X", token("rs", "at"));
        assertThat(open().namespaces()).containsExactly("DEFAULT", "X");
    }

    @Test
    @DisplayName("9: removing where there is no file says false and makes none")
    void removing_makes_no_file() {
        assertThat(open().remove("DEFAULT")).isFalse();
        assertThat(open().path()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1.1\"", "\"0.0\"", "\"3.0\"", "2.0", "[]", "null"})
    @DisplayName("10: any other format_version is refused by name")
    void other_versions_are_refused(String version) {
        file(folder, "{\"data\": {}, \"format_version\": " + version + ", \"globus-sdk.version\": \"1\"}");
        assertThatThrownBy(() -> open().read("DEFAULT"))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo("store_format_unknown"))
                .hasMessageContaining(version.equals("null") ? "missing" : version);
    }

    @Test
    @DisplayName("14: unknown top-level keys survive a store and an upgrade")
    void unknown_keys_survive() {
        file(folder, "{\"x\": {\"keep\": [1.50]}, \"by_rs\": {}, \"format_version\": \"1.0\"}");
        store(open(), "DEFAULT", token("rs", "at"));
        assertThat(text(open().path())).startsWith("{\"x\": {\"keep\": [1.50]}, \"by_rs\": {\"rs\"");
        open().upgrade();
        assertThat(text(open().path())).contains("\"format_version\": \"2.0\"", "\"x\": {\"keep\": [1.50]}");
    }

    @Test
    @DisplayName("15, W32: unknown fields of an entry survive when it is stored again")
    void unknown_fields_survive() {
        file(folder, golden("json/v4.9.0-2.0-extras-before.json"));
        assertThat(renew(open(), "DEFAULT", token("rs1", "new"))).isTrue();
        assertThat(text(open().path())).contains("\"x_unknown\": {\"k\": [1]}", "\"rs9\": \"not even a dict\"");
        assertThat(renew(open(), "DEFAULT", token("rs2", "new"))).isTrue();
        assertThat(text(open().path())).contains("\"future\": \"kept\"", "\"x-top\": {\"keep\": true}");
    }

    @Test
    @DisplayName("16, W20: one malformed entry does not hide the good ones")
    void one_bad_entry_hides_nothing() {
        file(folder, golden("negative/v2-one-good-one-bad.json"));
        assertThat(open().read("DEFAULT")).containsOnlyKeys("rs");
        assertThat(renew(open(), "DEFAULT", token("rs", "new"))).isTrue();
        assertThat(text(open().path())).contains("\"bad\": {}");
    }

    @Test
    @DisplayName("17: any namespace is kept, and the file is ASCII")
    void the_file_is_ascii() throws IOException {
        String namespace = "Žofie/中 😀";
        store(open(), namespace, token("rs", "at"));
        assertThat(open().namespaces()).containsExactly(namespace);
        assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(text(open().path())))
                .isTrue();
        assertThat(Files.size(open().path())).isEqualTo(text(open().path()).length());
    }

    @Test
    @DisplayName("18: a namespace is not seen from another and survives its removal")
    void namespaces_are_apart() {
        store(open(), "A", token("rs", "a"));
        store(open(), "B", token("rs", "b"));
        assertThat(open().read("A")).isEqualTo(Map.of("rs", token("rs", "a")));
        open().remove("A");
        assertThat(open().read("B")).isEqualTo(Map.of("rs", token("rs", "b")));
    }

    @Test
    @DisplayName("20, W14: missing folders are made, 0700")
    void folders_are_made_private() {
        Path deep = folder.resolve("a/b/tokens.json");
        JsonTokenStorage storage = JsonTokenStorage.open(deep);
        assertThat(storage.read("DEFAULT")).isEmpty();
        assertThat(folder.resolve("a")).doesNotExist();
        store(storage, "DEFAULT", token("rs", "at"));
        storage.journal("DEFAULT").write(Map.of("k", 1L));
        for (Path each : new Path[] {folder.resolve("a"), deep.getParent(), folder.resolve("a/b/tokens.json.d")}) {
            assertThat(JsonFiles.mode(each)).isEqualTo("rwx------");
        }
        assertThat(folder.resolve("a/b/tokens.json.d"))
                .isDirectoryContaining(each -> JsonFiles.mode(each).equals("rw-------"));
    }

    @Test
    @DisplayName("21, W24: a bare file name works")
    void a_bare_file_name_works() throws IOException {
        Path bare = Path.of("bare-" + System.nanoTime() + ".json");
        JsonTokenStorage storage = JsonTokenStorage.open(bare);
        try {
            store(storage, "DEFAULT", token("rs", "at"));
            assertThat(bare).exists();
            assertThat(storage.read("DEFAULT")).hasSize(1);
            assertThat(storage.address()).isEqualTo("json:" + bare.toAbsolutePath());
        } finally {
            Files.deleteIfExists(bare);
            Files.deleteIfExists(Path.of(bare + ".lock"));
        }
    }

    @Test
    @DisplayName("22: of a link the target is replaced and the link stays")
    void links_stay() throws IOException {
        Path real = Files.createDirectory(folder.resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), Path.of("real/tokens.json"));
        JsonTokenStorage storage = JsonTokenStorage.open(link);
        store(storage, "DEFAULT", token("rs", "at"));
        renew(storage, "DEFAULT", token("rs", "new"));
        assertThat(link).isSymbolicLink();
        assertThat(real.resolve("tokens.json")).isRegularFile();
        storage.journal("DEFAULT").write(Map.of("k", 1L));
        assertThat(real.resolve("tokens.json.d")).isDirectory();
        assertThat(JsonTokenStorage.open(real.resolve("tokens.json"))
                        .journal("DEFAULT")
                        .read())
                .containsEntry("k", 1L);
    }

    @Test
    void links_that_lead_in_a_circle_are_reported() throws IOException {
        Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
        assertThatThrownBy(() -> JsonTokenStorage.open(folder.resolve("a")).read("DEFAULT"))
                .isInstanceOf(StorageFailure.class);
    }

    @Test
    void a_folder_is_no_store() {
        assertThatThrownBy(() -> JsonTokenStorage.open(folder).read("DEFAULT"))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo("store_not_a_file"));
        assertThatThrownBy(() -> JsonTokenStorage.open(Path.of("/dev/null")).read("DEFAULT"))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo("store_not_a_file"));
    }

    @Test
    void a_store_below_a_file_is_reported() {
        JsonTokenStorage storage = JsonTokenStorage.open(file(folder, "x").resolve("tokens.json"));
        assertThatThrownBy(() -> store(storage, "DEFAULT", token("rs", "at"))).isInstanceOf(StorageFailure.class);
    }

    @Test
    void left_overs_of_the_dead_are_removed_after_an_hour() throws IOException {
        Path old = file(folder, ".tokens.json.dead.tmp", "half");
        Path young = file(folder, ".tokens.json.alive.tmp", "half");
        Path strange = file(folder, ".other.json.dead.tmp", "half");
        for (Path each : new Path[] {old, strange}) {
            Files.setLastModifiedTime(each, java.nio.file.attribute.FileTime.fromMillis(1));
        }
        store(open(), "DEFAULT", token("rs", "at"));
        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(strange).exists();
    }
}
