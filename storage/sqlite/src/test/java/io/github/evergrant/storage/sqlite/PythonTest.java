package io.github.evergrant.storage.sqlite;

import static io.github.evergrant.storage.sqlite.SqliteFiles.file;
import static io.github.evergrant.storage.sqlite.SqliteFiles.golden;
import static io.github.evergrant.storage.sqlite.SqliteFiles.renew;
import static io.github.evergrant.storage.sqlite.SqliteFiles.store;
import static io.github.evergrant.storage.sqlite.SqliteFiles.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.storage.json.Json;
import io.github.evergrant.testing.GlobusPython;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Python program on the same database, with the statements and the checks of both generations of globus_sdk. */
final class PythonTest {

    private static final boolean FULL = "full".equals(System.getProperty("evergrant.loops"));

    private static final String DEFAULT = "DEFAULT";

    @TempDir
    private Path folder;

    private Path path() {
        return folder.resolve("tokens.db");
    }

    private GlobusPython python(int schema) {
        return GlobusPython.sqlite(path(), schema);
    }

    private static TokenData full(String resourceServer, String access) {
        return token(resourceServer, access)
                .withRefreshToken(Secret.of("rt-" + access))
                .withIdentityId("11111111-2222-4333-8444-555555555555")
                .withExtra(Map.of("id_token", "a.b.c"));
    }

    /** The second generation finds no fault with any record, and reads of each what we do. */
    private static void assertReads(GlobusPython python, SqliteTokenStorage storage) {
        assertThat(python.ask("namespaces"))
                .isEqualTo(storage.namespaces().stream().sorted().toList());
        for (String namespace : storage.namespaces()) {
            Map<String, Map<String, @Nullable Object>> read = python.read(namespace);
            Map<String, TokenData> ours = storage.read(namespace);
            assertThat(read.keySet()).isEqualTo(ours.keySet());
            ours.forEach((resourceServer, data) ->
                    assertThat(Json.text(read.get(resourceServer))).isEqualTo(Json.text(GlobusPython.record(data))));
        }
    }

    /** A program of the first generation finds each field that its own writer always wrote. */
    private static void assertReadsFirst(GlobusPython python, SqliteTokenStorage storage) {
        for (String namespace : storage.namespaces()) {
            Map<String, Map<String, @Nullable Object>> read = python.readFirst(namespace);
            storage.read(namespace)
                    .forEach((resourceServer, data) -> assertThat(read.get(resourceServer))
                            .containsEntry("access_token", data.accessToken().reveal())
                            .containsEntry(
                                    "refresh_token",
                                    data.refresh().map(Secret::reveal).orElse(null)));
        }
    }

    @Test
    @DisplayName("100: every record of a database that we made is read by both generations")
    void a_database_that_we_made_is_read() {
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path())) {
            for (String namespace : List.of(DEFAULT, "userprofile/production/work", "Žofie/中 😀", " ")) {
                store(storage, namespace, full("transfer.api.globus.org", "at-1"));
                store(storage, namespace, token("never", "at-2").withExpiry(Expiry.never()));
                store(
                        storage,
                        namespace,
                        new TokenData(
                                "rs/é",
                                Secret.of("at-3"),
                                null,
                                null,
                                token("rs/é", "at-3").scopes(),
                                Expiry.ofEpochSecond(-5),
                                null,
                                Map.of()));
            }
            storage.storeConfiguration(DEFAULT, "auth_client_data", Map.of("client_id", "c"));
            try (GlobusPython python = python(1)) {
                assertReads(python, storage);
                assertReadsFirst(python, storage);
                assertThat(python.ask("v1.configuration", DEFAULT, "auth_client_data"))
                        .isEqualTo(Map.of("client_id", "c"));
                for (String each : List.of("transfer.api.globus.org", "never")) {
                    assertThat(renew(storage, DEFAULT, token(each, "renewed"))).isTrue();
                }
                assertReads(python, storage);
                assertReadsFirst(python, storage);
            }
        }
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
    @DisplayName("100: a database of Python's that we have rewritten is read by the generations that read it before")
    void a_database_of_pythons_that_we_have_rewritten_is_read(String name) {
        file(folder, golden("sqlite/" + name + ".db"));
        try (GlobusPython python = python(1);
                SqliteTokenStorage storage = SqliteTokenStorage.open(path())) {
            for (String namespace : storage.namespaces()) {
                for (TokenData each : storage.read(namespace).values()) {
                    assertThat(renew(storage, namespace, each.withExtra(Map.of("x", 1L))))
                            .isTrue();
                }
            }
            store(storage, DEFAULT, token("new", "at"));
            assertReads(python, storage);
            if (name.endsWith("schema1")) {
                assertReadsFirst(python, storage);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @DisplayName("100: Python reads, renews and removes in either schema, and each sees what the other did")
    void python_reads_renews_and_removes_and_each_sees_the_other(int schema) {
        try (GlobusPython python = python(schema);
                SqliteTokenStorage storage = SqliteTokenStorage.open(path())) {
            store(storage, DEFAULT, full("a", "a-1"));
            store(storage, DEFAULT, token("b", "b-1"));
            assertReads(python, storage);
            python.ask("v1.refresh", DEFAULT, "a", "a-2", null);
            assertThat(storage.read(DEFAULT, "a").orElseThrow().accessToken()).isEqualTo(Secret.of("a-2"));
            assertThat(renew(storage, DEFAULT, token("a", "a-3"))).isTrue();
            assertReadsFirst(python, storage);
            python.ask(
                    "v2.store",
                    DEFAULT,
                    Map.of("resource_server", "a", "scope", "", "access_token", "a-4", "expires_at_seconds", 5L));
            assertThat(storage.read(DEFAULT, "a").orElseThrow().accessToken()).isEqualTo(Secret.of("a-4"));
            assertThat(renew(storage, DEFAULT, full("a", "a-5"))).isTrue();
            assertReads(python, storage);
            assertThat(python.ask("remove", DEFAULT, "a")).isEqualTo(true);
            assertThat(python.ask("remove", DEFAULT, "a")).isEqualTo(false);
            assertThat(storage.read(DEFAULT)).containsOnlyKeys("b");
        }
    }

    @Test
    void a_renewal_by_python_makes_ours_lose() {
        try (GlobusPython python = python(1);
                SqliteTokenStorage storage = SqliteTokenStorage.open(path())) {
            python.ask("v1.refresh", DEFAULT, "rs", "theirs-1", null);
            var seen = storage.read(DEFAULT, "rs").orElseThrow();
            python.ask("v1.refresh", DEFAULT, "rs", "theirs-2", null);
            assertThat(storage.replace(DEFAULT, Map.of("rs", seen.fingerprint()), Map.of("rs", token("rs", "ours"))))
                    .isFalse();
            assertThat(python.readFirst(DEFAULT).get("rs")).containsEntry("access_token", "theirs-2");
        }
    }

    @Test
    @DisplayName("101: Python and Java take turns storing entries, then store at the same time: all are there")
    void no_entry_is_lost_between_python_and_java() {
        int turns = FULL ? 500 : 50;
        int each = FULL ? 500 : 150;
        try (GlobusPython python = python(1);
                SqliteTokenStorage storage = SqliteTokenStorage.open(path())) {
            for (int i = 0; i < turns; i++) {
                python.ask("v1.refresh", DEFAULT, "turn-python-" + i, "at", null);
                assertThat(store(storage, DEFAULT, token("turn-java-" + i, "at")))
                        .isTrue();
            }
            python.say("many", DEFAULT, each);
            for (int i = 0; i < each; i++) {
                assertThat(store(storage, DEFAULT, token("java-" + i, "at"))).isTrue();
            }
            python.hear();
            assertThat(storage.read(DEFAULT)).hasSize(2 * turns + 2 * each);
        }
    }
}
