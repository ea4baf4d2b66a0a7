package io.github.evergrant.storage.sqlite;

import static io.github.evergrant.storage.sqlite.SqliteFiles.bytes;
import static io.github.evergrant.storage.sqlite.SqliteFiles.file;
import static io.github.evergrant.storage.sqlite.SqliteFiles.golden;
import static io.github.evergrant.storage.sqlite.SqliteFiles.goldenText;
import static io.github.evergrant.storage.sqlite.SqliteFiles.query;
import static io.github.evergrant.storage.sqlite.SqliteFiles.renew;
import static io.github.evergrant.storage.sqlite.SqliteFiles.store;
import static io.github.evergrant.storage.sqlite.SqliteFiles.tables;
import static io.github.evergrant.storage.sqlite.SqliteFiles.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.storage.json.Json;
import io.github.evergrant.storage.json.MalformedJson;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases that the Python library wrote: read as it reads them, and written so that it can go on. */
final class GoldenSqliteTest {

    private static final Pattern ROW =
            Pattern.compile("INSERT INTO \"(\\w+)\" VALUES\\('((?:[^']|'')*)','((?:[^']|'')*)','((?:[^']|'')*)'\\);");

    private static final String MARKER =
            "select value from sdk_storage_adapter_internal where attribute = 'globus-sdk.database_schema_version'";

    @TempDir
    private Path folder;

    /** A row of a dump with three columns. */
    private record Row(String namespace, String name, String json) {}

    private static List<Row> rows(String dump, String table) {
        List<Row> rows = new ArrayList<>();
        Matcher each = ROW.matcher(dump);
        while (each.find()) {
            if (each.group(1).equals(table)) {
                rows.add(new Row(plain(each.group(2)), plain(each.group(3)), plain(each.group(4))));
            }
        }
        return rows;
    }

    private static String plain(String quoted) {
        return quoted.replace("''", "'");
    }

    private static Map<String, @Nullable Object> object(String json) throws MalformedJson {
        return Json.readObject(json.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v3.0.0-legacy-schema1",
                "v3.42.0-legacy-then-tokenstorage",
                "v3.42.0-tokenstorage",
                "v3.65.0-legacy-schema1",
                "v3.65.0-legacy-then-tokenstorage",
                "v3.65.0-tokenstorage",
                "v4.9.0-legacy-schema1",
                "v4.9.0-legacy-then-tokenstorage",
                "v4.9.0-tokenstorage"
            })
    @DisplayName("99: every record is read as Python's dump shows it, and reading changes no byte")
    void every_record_is_read_as_python_wrote_it(String name) throws MalformedJson {
        byte[] before = golden("sqlite/" + name + ".db");
        Path path = file(folder, before);
        String dump = goldenText("sqlite/" + name + ".dump.sql");
        List<Row> tokens = rows(dump, "token_storage");
        Map<String, Set<String>> names = new LinkedHashMap<>();
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path)) {
            for (Row row : tokens) {
                names.computeIfAbsent(row.namespace, key -> new LinkedHashSet<>())
                        .add(row.name);
                assertSame(storage.read(row.namespace, row.name).orElseThrow(), object(row.json));
            }
            assertThat(storage.namespaces()).containsExactlyInAnyOrderElementsOf(names.keySet());
            for (Map.Entry<String, Set<String>> each : names.entrySet()) {
                // In the order of the rows.
                assertThat(storage.read(each.getKey()).keySet()).containsExactlyElementsOf(each.getValue());
            }
            for (Row row : rows(dump, "config_storage")) {
                assertThat(storage.configuration(row.namespace, row.name)).contains(object(row.json));
            }
        }
        assertThat(tokens).isNotEmpty();
        assertThat(bytes(path)).isEqualTo(before);
    }

    @Test
    @DisplayName("99: a database that a whole app wrote is read, and renewed without another change")
    void a_database_of_an_app_is_read_and_renewed() throws MalformedJson {
        String name = "app_home/.globus/app/61338d24-54d5-408f-a10d-66c06b59f6d2/sqlite-app/sandbox-tokens.db";
        Path path = file(folder, golden(name));
        String other = "select token_data_json from token_storage where resource_server = 'auth.globus.org'";
        List<String> before = query(path, other);
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path)) {
            assertThat(storage.namespaces()).containsExactly("DEFAULT");
            Map<String, TokenData> all = storage.read("DEFAULT");
            assertThat(all).containsOnlyKeys("auth.globus.org", "transfer.api.globus.org");
            for (TokenData each : all.values()) {
                List<String> row = query(
                        path,
                        "select token_data_json from token_storage where resource_server = '" + each.resourceServer()
                                + "'");
                assertSame(each, object(row.get(0)));
                assertThat(each.identity()).contains("11111111-2222-4333-8444-555555555555");
            }
            assertThat(bytes(path)).isEqualTo(golden(name));
            assertThat(renew(storage, "DEFAULT", token("transfer.api.globus.org", "at")))
                    .isTrue();
        }
        assertThat(query(path, other)).isEqualTo(before);
        assertThat(query(path, MARKER)).containsExactly("2");
    }

    private static void assertSame(TokenData data, Map<String, @Nullable Object> object) {
        assertThat(data.resourceServer()).isEqualTo(object.get("resource_server"));
        assertThat(data.accessToken().reveal()).isEqualTo(object.get("access_token"));
        assertThat(data.refresh().map(Secret::reveal).orElse(null)).isEqualTo(object.get("refresh_token"));
        assertThat(data.scopes().text()).isEqualTo(object.get("scope"));
        assertThat(data.tokenType()).isEqualTo(object.get("token_type"));
        assertThat(data.identityId()).isEqualTo(object.get("identity_id"));
        assertThat(data.expiry().epochSecond()).isEqualTo(object.get("expires_at_seconds"));
        assertThat(data.extra()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v3.0.0-legacy-schema1",
                "v3.42.0-legacy-then-tokenstorage",
                "v3.42.0-tokenstorage",
                "v3.65.0-tokenstorage",
                "v4.9.0-tokenstorage"
            })
    @DisplayName("29: a store changes its rows and nothing else: other rows, configuration, tables, marker")
    void a_store_changes_nothing_else(String name) {
        Path path = file(folder, golden("sqlite/" + name + ".db"));
        List<String> marker = query(path, "select value from sdk_storage_adapter_internal order by attribute");
        List<String> schema = query(path, "select sql from sqlite_master order by name");
        String others = "select namespace || resource_server || token_data_json from token_storage"
                + " where not (namespace = 'DEFAULT' and resource_server in ('new', 'auth.globus.org')) order by rowid";
        List<String> before = query(path, others);
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path)) {
            assertThat(store(storage, "DEFAULT", token("new", "at"))).isTrue();
            assertThat(renew(storage, "DEFAULT", token("auth.globus.org", "at")))
                    .isTrue();
        }
        assertThat(query(path, others)).isEqualTo(before).isNotEmpty();
        assertThat(query(path, "select value from sdk_storage_adapter_internal order by attribute"))
                .isEqualTo(marker);
        assertThat(query(path, "select sql from sqlite_master order by name")).isEqualTo(schema);
        assertThat(query(path, "pragma journal_mode")).containsExactly("delete");
        assertThat(query(path, "pragma integrity_check")).containsExactly("ok");
    }

    @Test
    @DisplayName("26: a new database is what Python's first storage class makes")
    void a_new_database_has_the_schema_that_all_versions_read() {
        Path theirs = file(folder, golden("sqlite/v4.9.0-legacy-schema1.db"));
        Path ours = folder.resolve("ours.db");
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(ours)) {
            store(storage, "DEFAULT", token("rs", "at"));
        }
        String schema = "select sql from sqlite_master where type = 'table' order by name";
        assertThat(query(ours, schema)).isEqualTo(query(theirs, schema));
        assertThat(query(ours, "select attribute from sdk_storage_adapter_internal"))
                .isEqualTo(query(theirs, "select attribute from sdk_storage_adapter_internal"));
        assertThat(query(ours, MARKER)).containsExactly("1");
        for (String each : List.of("journal_mode", "encoding", "page_size", "user_version", "application_id")) {
            assertThat(query(ours, "pragma " + each)).as(each).isEqualTo(query(theirs, "pragma " + each));
        }
        assertThat(SqliteFiles.mode(ours)).isEqualTo("rw-------");
    }

    @Test
    void the_same_records_are_written_byte_for_byte_as_python_writes_them_but_for_the_nulls_of_its_first_class() {
        Path theirs = file(folder, golden("sqlite/v4.9.0-tokenstorage.db"));
        Path path = folder.resolve("ours.db");
        try (SqliteTokenStorage from = SqliteTokenStorage.open(theirs);
                SqliteTokenStorage to = SqliteTokenStorage.open(path)) {
            for (String namespace : from.namespaces()) {
                assertThat(to.replace(namespace, Map.of(), from.read(namespace)))
                        .isTrue();
            }
        }
        String rows = "select namespace || resource_server || replace(token_data_json, ', \"refresh_token\": null', '')"
                + " from token_storage order by 1";
        assertThat(query(path, rows)).isEqualTo(query(theirs, rows));
        assertThat(query(
                        path,
                        "select count(*) from token_storage where token_data_json not like '%\"refresh_token\": %'"))
                .containsExactly("0");
    }

    @Test
    void a_record_of_the_first_class_is_rewritten_as_the_second_writes_it_with_the_nulls_it_had() {
        Path path = file(folder, golden("sqlite/v3.0.0-legacy-schema1.db"));
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path)) {
            String namespace = "userprofile/production/work";
            TokenData before =
                    storage.read(namespace, "transfer.api.globus.org").orElseThrow();
            assertThat(renew(storage, namespace, before.withExtra(Map.of("x_unknown", List.of(1L)))))
                    .isTrue();
        }
        assertThat(query(
                        path,
                        "select token_data_json from token_storage"
                                + " where namespace like 'user%' and resource_server like 'transfer%'"))
                .containsExactly("{\"resource_server\": \"transfer.api.globus.org\","
                        + " \"scope\": \"urn:globus:auth:scope:transfer.api.globus.org:all\","
                        + " \"access_token\": \"FAKE-AT-transfer.api.globus.org-0004\","
                        + " \"expires_at_seconds\": 1767398400, \"token_type\": \"Bearer\", \"x_unknown\": [1],"
                        + " \"refresh_token\": null}");
    }

    @Test
    @DisplayName("30: a database without a table of configuration gets one when configuration is stored, not before")
    void a_table_of_configuration_is_added_when_it_is_needed() {
        Path path = file(folder, golden("sqlite/v4.9.0-tokenstorage.db"));
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path)) {
            assertThat(storage.configuration("DEFAULT", "c")).isEmpty();
            assertThat(storage.removeConfiguration("DEFAULT", "c")).isFalse();
            store(storage, "DEFAULT", token("new", "at"));
            assertThat(tables(path)).doesNotContain("config_storage");
            storage.storeConfiguration("DEFAULT", "c", Map.of("k", 1L));
            assertThat(storage.configuration("DEFAULT", "c")).contains(Map.of("k", 1L));
        }
        assertThat(tables(path)).containsExactly("config_storage", "sdk_storage_adapter_internal", "token_storage");
        assertThat(query(path, MARKER)).containsExactly("2");
    }

    @Test
    void a_database_that_another_program_keeps_with_a_write_ahead_log_stays_so() {
        Path path = file(folder, golden("sqlite/v4.9.0-tokenstorage.db"));
        assertThat(query(path, "pragma journal_mode = wal")).containsExactly("wal");
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path)) {
            assertThat(storage.read("DEFAULT")).hasSize(3);
            Object before = storage.sign("DEFAULT");
            assertThat(store(storage, "DEFAULT", token("rs", "at"))).isTrue();
            assertThat(storage.sign("DEFAULT")).isNotEqualTo(before);
            assertThat(query(path, "select count(*) from token_storage where namespace = 'DEFAULT'"))
                    .containsExactly("4");
        }
        assertThat(query(path, "pragma journal_mode")).containsExactly("wal");
    }

    @Test
    @DisplayName("32: a namespace that holds configuration only is none that holds tokens")
    void configuration_makes_no_namespace() {
        try (SqliteTokenStorage storage =
                SqliteTokenStorage.open(file(folder, golden("sqlite/v4.9.0-legacy-schema1.db")))) {
            assertThat(storage.configuration("config-only", "x")).contains(Map.of("y", 1L));
            assertThat(storage.namespaces()).containsExactly("DEFAULT", "userprofile/production/work");
        }
    }
}
