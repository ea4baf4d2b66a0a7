package io.github.evergrant.storage.sqlite;

import static io.github.evergrant.storage.sqlite.SqliteFiles.assertFails;
import static io.github.evergrant.storage.sqlite.SqliteFiles.bytes;
import static io.github.evergrant.storage.sqlite.SqliteFiles.connect;
import static io.github.evergrant.storage.sqlite.SqliteFiles.execute;
import static io.github.evergrant.storage.sqlite.SqliteFiles.file;
import static io.github.evergrant.storage.sqlite.SqliteFiles.golden;
import static io.github.evergrant.storage.sqlite.SqliteFiles.store;
import static io.github.evergrant.storage.sqlite.SqliteFiles.token;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SqliteGlanceTest {

    private static final String FOREIGN = "sqlite/v4.9.0-tokenstorage.db";
    private static final String ROWS = "insert into token_storage values ";
    private static final String LOOSE_TABLE =
            "create table token_storage (namespace collate nocase, resource_server, token_data_json)";

    @TempDir
    private Path folder;

    private Path ours(String... namespaces) {
        Path file = folder.resolve("tokens.db");
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(file)) {
            for (String each : namespaces) {
                store(storage, each, token("rs", "at-" + each));
                storage.journal(each).write(Map.of("namespace", each));
            }
        }
        return file;
    }

    private static @Nullable Map<String, String> texts(Path file, String namespace) throws IOException {
        try (SqliteGlance glance = requireNonNull(SqliteGlance.at(file))) {
            return glance.texts(namespace);
        }
    }

    private static @Nullable String onlyNamespace(Path file) throws IOException {
        try (SqliteGlance glance = requireNonNull(SqliteGlance.at(file))) {
            return glance.onlyNamespace();
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void what_is_stored_of_a_namespace_is_seen_with_its_journal_and_nothing_is_changed() throws IOException {
        Path file = ours("one", "other's \u00fcber");
        byte[] before = bytes(file);
        List<String> names = names();
        try (SqliteGlance glance = requireNonNull(SqliteGlance.at(file))) {
            for (String each : List.of("one", "other's \u00fcber")) {
                Map<String, String> texts = requireNonNull(glance.texts(each));
                assertThat(texts).containsOnlyKeys("rs");
                assertThat(texts.get("rs")).contains("at-" + each.substring(0, 3));
                assertThat(glance.journals(each)).hasSize(1);
            }
            assertThat(glance.texts("nobody")).isEmpty();
            assertThat(glance.journals("nobody")).isEmpty();
            assertThat(names()).isEqualTo(names);
        }
        assertThat(bytes(file)).isEqualTo(before);
        assertThat(names()).isEqualTo(names);
    }

    @Test
    void the_only_namespace_is_seen_and_not_one_of_several() throws IOException {
        assertThat(onlyNamespace(ours("one"))).isEqualTo("one");
        assertThat(onlyNamespace(ours("two"))).isNull();
        execute(folder.resolve("tokens.db"), "delete from token_storage");
        assertThat(onlyNamespace(folder.resolve("tokens.db"))).isNull();
    }

    @Test
    void another_programs_database_is_seen_as_well() throws IOException {
        Path file = file(folder, golden(FOREIGN));
        assertThat(texts(file, "DEFAULT")).hasSize(3);
        assertThat(onlyNamespace(file)).isNull();
        assertThat(bytes(file)).isEqualTo(golden(FOREIGN));
        assertThat(names()).containsExactly("tokens.db");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x'7b7d'", "7", "null"})
    void what_is_no_text_is_not_plain(String value) throws IOException {
        Path file = file(folder, new byte[0]);
        execute(file, LOOSE_TABLE, ROWS + "('one', 'rs', " + value + ")");
        assertThatThrownBy(() -> texts(file, "one")).isInstanceOf(IOException.class);
    }

    @Test
    void tables_that_compare_names_otherwise_or_have_a_row_twice_are_not_plain() throws IOException {
        Path file = file(folder, new byte[0]);
        execute(file, LOOSE_TABLE, ROWS + "('One', 'rs', '{}')", ROWS + "('two', 'rs', '{}'), ('two', 'rs', '{}')");
        assertThat(texts(file, "One")).containsOnlyKeys("rs");
        assertThat(texts(file, "one")).isNull();
        assertThat(texts(file, "two")).isNull();
    }

    @Test
    void a_database_that_is_being_written_is_not_waited_for() throws Exception {
        Path file = ours("one");
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement()) {
            statement.execute("begin immediate");
            statement.execute("delete from token_storage");
            assertThat(texts(file, "one")).hasSize(1);
            statement.execute("rollback");
            statement.execute("begin exclusive");
            assertThatThrownBy(() -> SqliteGlance.at(file)).isInstanceOf(IOException.class);
            statement.execute("rollback");
        }
        assertThat(texts(file, "one")).hasSize(1);
    }

    @Test
    void the_transaction_of_a_program_that_died_is_left_to_the_storage() throws Exception {
        Path file = ours("one");
        Path dead = Files.createDirectory(folder.resolve("dead")).resolve("tokens.db");
        Path journal = dead.resolveSibling("tokens.db-journal");
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement()) {
            statement.execute("pragma cache_size = 1");
            statement.execute("begin immediate");
            statement.execute("with recursive n (i) as (select 0 union all select i + 1 from n where i < 999)"
                    + " insert into token_storage select 'one', i, printf('%1000d', i) from n");
            Files.copy(file, dead);
            Files.copy(file.resolveSibling("tokens.db-journal"), journal);
        }
        Files.setPosixFilePermissions(dead, PosixFilePermissions.fromString("rw-------"));
        byte[] before = bytes(dead);
        assertThatThrownBy(() -> SqliteGlance.at(dead)).isInstanceOf(IOException.class);
        assertThat(bytes(dead)).isEqualTo(before);
        assertThat(journal).exists();
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(dead)) {
            assertThat(storage.read("one")).containsOnlyKeys("rs");
        }
        assertThat(texts(dead, "one")).containsOnlyKeys("rs");
    }

    @Test
    void a_database_with_a_write_ahead_log_is_left_to_the_storage() throws Exception {
        Path file = ours("one");
        List<String> names = names();
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement()) {
            statement.execute("pragma journal_mode = wal");
            statement.execute("update token_storage set resource_server = 'other'");
            assertThat(names()).contains("tokens.db-wal");
            assertThat(SqliteGlance.at(file)).isNull();
        }
        assertThat(names()).isEqualTo(names);
        assertThat(SqliteGlance.at(file)).isNull();
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(file)) {
            assertThat(storage.read("one")).containsOnlyKeys("other");
        }
        assertThat(names()).isEqualTo(names);
    }

    @Test
    void what_is_not_there_or_open_to_others_is_not_plain_and_what_is_no_database_is_a_failure() throws IOException {
        Path missing = folder.resolve("missing.db");
        assertThat(SqliteGlance.at(missing)).isNull();
        assertThat(missing).doesNotExist();
        assertFails("store_not_a_file", folder, () -> SqliteGlance.at(folder));
        Path empty = file(folder, new byte[0]);
        assertThatThrownBy(() -> texts(empty, "one")).isInstanceOf(IOException.class);
        Path text = file(folder, "no database, whatever its name may say".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> SqliteGlance.at(text)).isInstanceOf(IOException.class);
        Files.setPosixFilePermissions(text, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(SqliteGlance.at(text)).isNull();
    }
}
