package io.github.evergrant.storage.sqlite;

import static io.github.evergrant.storage.sqlite.SqliteFiles.assertFails;
import static io.github.evergrant.storage.sqlite.SqliteFiles.bytes;
import static io.github.evergrant.storage.sqlite.SqliteFiles.execute;
import static io.github.evergrant.storage.sqlite.SqliteFiles.file;
import static io.github.evergrant.storage.sqlite.SqliteFiles.golden;
import static io.github.evergrant.storage.sqlite.SqliteFiles.goldenText;
import static io.github.evergrant.storage.sqlite.SqliteFiles.query;
import static io.github.evergrant.storage.sqlite.SqliteFiles.renew;
import static io.github.evergrant.storage.sqlite.SqliteFiles.store;
import static io.github.evergrant.storage.sqlite.SqliteFiles.tables;
import static io.github.evergrant.storage.sqlite.SqliteFiles.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.storage.json.MalformedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases that are bad or odd: what is reported, what is mended, and that the rest is left alone. */
final class NegativeSqliteTest {

    private static final String TOKEN_TABLE = "create table token_storage (namespace varchar not null,"
            + " resource_server varchar not null, token_data_json varchar not null,"
            + " primary key (namespace, resource_server))";

    @TempDir
    private Path folder;

    private static void assertRefuses(String code, Path path) {
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path)) {
            assertFails(code, path, storage::namespaces);
            assertFails(code, path, () -> storage.read("DEFAULT"));
            assertFails(code, path, () -> storage.read("DEFAULT", "rs"));
            assertFails(code, path, () -> store(storage, "DEFAULT", token("rs", "at")));
            assertFails(code, path, () -> storage.remove("DEFAULT"));
        }
    }

    @Test
    void the_recorded_outcomes_are_of_the_files_tested_here() throws MalformedJson {
        // From core's golden data: what Python does with each, which is to fail on all but the last.
        assertThat(Json.readObject(goldenText("negative/expected_outcomes.json").getBytes(StandardCharsets.UTF_8))
                        .keySet()
                        .stream()
                        .filter(name -> name.endsWith(".db")))
                .containsExactlyInAnyOrder(
                        "zero-byte.db",
                        "not-a-db.db",
                        "no-tables-but-valid.db",
                        "token-bad-json.db",
                        "token-missing-field.db",
                        "schema-version-99.db");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zero-byte", "no-tables-but-valid"})
    @DisplayName("33, W12: a database without tables reads as empty and gets them at the first store")
    void a_database_without_tables_gets_them_at_the_first_store(String name) {
        byte[] golden = golden("negative/" + name + ".db");
        Path path = file(folder, golden);
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path)) {
            assertThat(storage.exists()).isTrue();
            assertThat(storage.namespaces()).isEmpty();
            assertThat(storage.read("DEFAULT")).isEmpty();
            assertThat(storage.read("DEFAULT", "rs")).isEmpty();
            assertThat(storage.configuration("DEFAULT", "x")).isEmpty();
            assertThat(storage.remove("DEFAULT")).isFalse();
            assertThat(storage.removeConfiguration("DEFAULT", "x")).isFalse();
            assertThat(storage.replace(
                            "DEFAULT", Map.of("rs", token("rs", "a").fingerprint()), Map.of("rs", token("rs", "b"))))
                    .isFalse();
            assertThat(bytes(path)).isEqualTo(golden);
            assertThat(store(storage, "DEFAULT", token("rs", "at"))).isTrue();
            storage.storeConfiguration("DEFAULT", "x", Map.of());
            assertThat(storage.read("DEFAULT")).containsOnlyKeys("rs");
        }
        assertThat(tables(path)).contains("config_storage", "sdk_storage_adapter_internal", "token_storage");
        if (name.equals("no-tables-but-valid")) {
            assertThat(tables(path)).contains("unrelated");
        }
    }

    @Test
    @DisplayName("W12: a database whose making was cut short is completed")
    void a_half_made_database_is_completed() {
        Path path = file(folder, new byte[0]);
        execute(
                path,
                "create table config_storage (namespace varchar not null, config_name varchar not null,"
                        + " config_data_json varchar not null, primary key (namespace, config_name))",
                "insert into config_storage values ('DEFAULT', 'x', '{\"kept\": true}')");
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path)) {
            assertThat(storage.read("DEFAULT")).isEmpty();
            assertThat(store(storage, "DEFAULT", token("rs", "at"))).isTrue();
            assertThat(storage.configuration("DEFAULT", "x")).contains(Map.of("kept", true));
        }
        assertThat(tables(path)).contains("sdk_storage_adapter_internal");
    }

    @Test
    @DisplayName("34: a marker of 99 and a missing table of markers mean nothing")
    void an_unknown_marker_means_nothing() {
        Path path = file(folder, golden("negative/schema-version-99.db"));
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path)) {
            assertThat(storage.read("DEFAULT", "rs")).isPresent();
            assertThat(store(storage, "DEFAULT", token("new", "at"))).isTrue();
            assertThat(query(path, "select value from sdk_storage_adapter_internal"))
                    .containsExactly("99");
            execute(path, "drop table sdk_storage_adapter_internal");
            assertThat(storage.read("DEFAULT")).containsOnlyKeys("rs", "new");
            assertThat(store(storage, "DEFAULT", token("newer", "at"))).isTrue();
        }
        assertThat(tables(path)).containsExactly("token_storage");
    }

    @Test
    void what_a_newer_release_may_have_added_is_kept() {
        Path path = file(folder, golden("sqlite/v4.9.0-tokenstorage.db"));
        execute(
                path,
                "pragma user_version = 7",
                "alter table token_storage add column noted varchar default 'kept'",
                "create table newer (x)",
                "insert into newer values (1)");
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path)) {
            assertThat(storage.read("DEFAULT")).hasSize(3);
            assertThat(renew(storage, "DEFAULT", token("auth.globus.org", "at")))
                    .isTrue();
            assertThat(store(storage, "DEFAULT", token("new", "at"))).isTrue();
        }
        assertThat(query(path, "pragma user_version")).containsExactly("7");
        assertThat(query(path, "select distinct noted from token_storage")).containsExactly("kept");
        assertThat(query(path, "select x from newer")).containsExactly("1");
    }

    @Test
    void a_newer_table_that_demands_more_than_we_know_is_refused_and_not_touched() {
        Path path = file(folder, new byte[0]);
        execute(
                path,
                "create table token_storage (namespace varchar not null, resource_server varchar not null,"
                        + " token_data_json varchar not null, needed varchar not null,"
                        + " primary key (namespace, resource_server))",
                "insert into token_storage select 'DEFAULT', 'rs', '{\"resource_server\": \"rs\", \"scope\": \"\","
                        + " \"access_token\": \"at\", \"expires_at_seconds\": 1}', 'x'");
        byte[] before = bytes(path);
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path)) {
            assertThat(storage.read("DEFAULT")).containsOnlyKeys("rs");
            assertFails("store_format_unknown", path, () -> store(storage, "DEFAULT", token("new", "at")));
            assertFails("store_format_unknown", path, () -> renew(storage, "DEFAULT", token("rs", "at-2")));
        }
        assertThat(bytes(path)).isEqualTo(before);
    }

    @Test
    void a_view_in_the_place_of_the_table_is_refused_and_not_touched() {
        Path path = file(folder, new byte[0]);
        execute(path, "create view token_storage as select 1 as namespace");
        byte[] before = bytes(path);
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path)) {
            assertFails("store_format_unknown", path, () -> store(storage, "DEFAULT", token("rs", "at")));
        }
        assertThat(bytes(path)).isEqualTo(before);
    }

    @Test
    void a_file_that_is_no_database_is_refused_and_not_touched() {
        byte[] golden = golden("negative/not-a-db.db");
        Path path = file(folder, golden);
        assertRefuses("store_format_unknown", path);
        assertThat(bytes(path)).isEqualTo(golden);
    }

    @ParameterizedTest
    @ValueSource(ints = {4096, 5000, 12_288, 20_000})
    void a_database_that_was_cut_is_damaged_and_not_touched(int length) {
        byte[] cut = Arrays.copyOf(golden("sqlite/v4.9.0-legacy-schema1.db"), length);
        Path path = file(folder, cut);
        assertRefuses("store_corrupt", path);
        assertThat(bytes(path)).isEqualTo(cut);
    }

    @Test
    void a_database_with_other_columns_is_no_token_store() {
        Path path = file(folder, new byte[0]);
        execute(path, "create table token_storage (id integer primary key, secret text)");
        byte[] before = bytes(path);
        assertRefuses("store_format_unknown", path);
        assertThat(bytes(path)).isEqualTo(before);
    }

    @Test
    void a_database_of_a_newer_file_format_is_refused() {
        byte[] newer = golden("sqlite/v4.9.0-tokenstorage.db");
        // The read version (https://sqlite.org/fileformat.html section 1.3.3).
        newer[18] = 9;
        newer[19] = 9;
        Path path = file(folder, newer);
        assertRefuses("store_format_unknown", path);
        assertThat(bytes(path)).isEqualTo(newer);
    }

    @Test
    void a_file_is_asked_what_it_is() throws IOException {
        assertThat(SqliteTokenStorage.isDatabase(file(folder, golden("sqlite/v4.9.0-tokenstorage.db"))))
                .isTrue();
        Path json = Files.writeString(folder.resolve("tokens.json"), "{\"data\": {}}".repeat(100));
        assertThat(SqliteTokenStorage.isDatabase(json)).isFalse();
        assertThat(SqliteTokenStorage.isDatabase(folder.resolve("none"))).isFalse();
        assertFails("store_not_a_file", folder, () -> SqliteTokenStorage.isDatabase(folder));
        Path other = Files.write(folder.resolve("other.db"), golden("negative/no-tables-but-valid.db"));
        assertThat(SqliteTokenStorage.isDatabase(other)).isTrue();
        assertThat(bytes(other)).isEqualTo(golden("negative/no-tables-but-valid.db"));
    }

    @Test
    void a_folder_is_no_store() throws IOException {
        assertRefuses("store_not_a_file", Files.createDirectory(folder.resolve("tokens.db")));
    }

    @ParameterizedTest
    @CsvSource({
        "token-bad-json, 'it is no JSON (line 1, column'",
        "token-missing-field, resource_server is not a string"
    })
    @DisplayName("35, W20: a bad row is named only when asked for, hides no other, and can be replaced")
    void a_bad_row_is_named_only_when_asked_for(String name, String flaw) {
        Path path = file(folder, golden("negative/" + name + ".db"));
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path)) {
            assertThat(storage.namespaces()).containsExactly("DEFAULT");
            assertThat(storage.read("DEFAULT")).isEmpty();
            assertFails("token_malformed", path, () -> storage.read("DEFAULT", "rs"));
            assertThatThrownBy(() -> storage.read("DEFAULT", "rs")).hasMessageContainingAll("\"DEFAULT\"", flaw);
            assertThat(storage.configuration("DEFAULT", "x")).isEmpty();
            assertThat(store(storage, "DEFAULT", token("new", "at"))).isTrue();
            assertThat(storage.read("DEFAULT")).containsOnlyKeys("new");
            assertFails("token_malformed", path, () -> storage.read("DEFAULT", "rs"));
            assertThat(store(storage, "DEFAULT", token("rs", "mended"))).isTrue();
            assertThat(storage.read("DEFAULT")).containsOnlyKeys("rs", "new");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "3", "\"text\"", "", "{\"a\": }", "\uD83D\uDE00"})
    void a_row_that_holds_anything_else_is_named(String text) {
        Path path = file(folder, new byte[0]);
        execute(path, TOKEN_TABLE, "insert into token_storage values ('DEFAULT', 'rs', '" + text + "')");
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path)) {
            assertThat(storage.read("DEFAULT")).isEmpty();
            assertFails("token_malformed", path, () -> storage.read("DEFAULT", "rs"));
            assertThat(storage.remove("DEFAULT")).isTrue();
            assertThat(storage.namespaces()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{", "null"})
    @DisplayName("31: configuration that is no object is named when it is asked for")
    void configuration_that_is_no_object_is_named(String text) {
        Path path = file(folder, golden("sqlite/v4.9.0-legacy-schema1.db"));
        execute(path, "update config_storage set config_data_json = '" + text + "' where config_name = 'last_used'");
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path)) {
            String namespace = "userprofile/production/work";
            assertFails("configuration_corrupt", path, () -> storage.configuration(namespace, "last_used"));
            assertThat(storage.configuration("DEFAULT", "auth_client_data")).isPresent();
            assertThat(storage.read(namespace)).hasSize(2);
            storage.storeConfiguration(namespace, "last_used", Map.of());
            assertThat(storage.configuration(namespace, "last_used")).contains(Map.of());
        }
    }

    @Test
    void every_row_that_cannot_be_read_is_a_fault_and_nothing_is_touched() {
        Path path = file(folder, golden("sqlite/v4.9.0-legacy-schema1.db"));
        execute(
                path,
                "update token_storage set token_data_json = '{}' where resource_server = 'search.api.globus.org'",
                "insert into token_storage values ('odd', 'rs', 'no json')",
                "update config_storage set config_data_json = '[' where config_name = 'last_used'");
        byte[] before = bytes(path);
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path)) {
            assertThat(storage.faults())
                    .extracting(fault -> fault.code() + " " + fault.session().orElse(""))
                    .containsExactly(
                            "token_malformed odd",
                            "token_malformed userprofile/production/work",
                            "configuration_corrupt userprofile/production/work");
        }
        assertThat(bytes(path)).isEqualTo(before);
    }

    @Test
    void what_sqlite_itself_finds_wrong_is_a_fault() {
        byte[] golden = golden("sqlite/v4.9.0-legacy-schema1.db");
        // The pages behind the first are overwritten, as by a failing disk.
        Arrays.fill(golden, 3 * 4096, golden.length, (byte) 0x5a);
        Path path = file(folder, golden);
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path)) {
            assertThat(storage.faults())
                    .singleElement()
                    .satisfies(fault -> assertThat(fault.code()).isEqualTo("store_corrupt"));
        }
        assertThat(bytes(path)).isEqualTo(golden);
    }

    @Test
    void control_characters_are_kept_in_keys_and_escaped_in_messages() {
        Path path = folder.resolve("tokens.db");
        String odd = "\u001b[31m\n\u0000\u0085end";
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path)) {
            assertThat(store(storage, odd, token(odd, "at"))).isTrue();
            assertThat(storage.namespaces()).containsExactly(odd);
            assertThat(storage.read(odd)).containsOnlyKeys(odd);
            execute(path, "update token_storage set token_data_json = '{'");
            assertThatThrownBy(() -> storage.read(odd, odd))
                    .hasMessageContaining("\"\\u001b[31m\\n\\u0000\\u0085end\"")
                    .extracting(Throwable::getMessage)
                    .asString()
                    .doesNotContainPattern("\\p{Cntrl}");
        }
    }

    @Test
    void half_a_character_is_refused_since_two_names_would_become_one() {
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(folder.resolve("tokens.db"))) {
            store(storage, "a?", token("rs?", "at"));
            assertThatThrownBy(() -> storage.read("a\uD83D"))
                    .isInstanceOfSatisfying(
                            InvalidInput.class, e -> assertThat(e.code()).isEqualTo("name_unusable"));
            assertThatThrownBy(() -> store(storage, "a?", token("rs\uD83D", "at")))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("rs\\ud83d");
            assertThat(storage.read("a?")).isEqualTo(Map.of("rs?", token("rs?", "at")));
        }
    }

    @Test
    void what_a_database_says_of_functions_and_triggers_is_not_believed() {
        Path path = file(folder, golden("sqlite/v4.9.0-tokenstorage.db"));
        execute(path, "create trigger evil after insert on token_storage begin select load_extension('/evil.so'); end");
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path)) {
            assertFails("store_format_unknown", path, () -> store(storage, "DEFAULT", token("rs", "at")));
            assertThat(storage.read("DEFAULT")).hasSize(3);
        }
    }
}
