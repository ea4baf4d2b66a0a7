package io.github.evergrant.storage.sqlite;

import static io.github.evergrant.storage.sqlite.SqliteFiles.assertFails;
import static io.github.evergrant.storage.sqlite.SqliteFiles.query;
import static io.github.evergrant.storage.sqlite.SqliteFiles.renew;
import static io.github.evergrant.storage.sqlite.SqliteFiles.store;
import static io.github.evergrant.storage.sqlite.SqliteFiles.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.lease.Lease;
import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.testing.ForkedJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several threads, connections and processes on one database. */
final class SharedDatabaseTest {

    private static final boolean FULL = "full".equals(System.getProperty("evergrant.loops"));

    @TempDir
    private Path folder;

    private Path path() {
        return folder.resolve("tokens.db");
    }

    private SqliteTokenStorage open() {
        return SqliteTokenStorage.open(path());
    }

    private SqliteTokenStorage impatient() {
        return SqliteTokenStorage.open(path(), StorageOptions.DEFAULT, Duration.ofMillis(50));
    }

    private ForkedJvm program() {
        ForkedJvm program = SqliteProgram.start(folder);
        assertThat(program.hear()).isEqualTo("ready free");
        return program;
    }

    private List<ForkedJvm> programs(int count) {
        List<ForkedJvm> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(SqliteProgram.start(folder));
        }
        for (ForkedJvm each : all) {
            // All open one other database at once, so some find it locked.
            assertThat(each.hear()).startsWith("ready");
        }
        return all;
    }

    @Test
    @DisplayName("28: what one storage stores, another sees at once in the same namespace and not in another")
    void another_storage_sees_a_store_at_once() {
        try (SqliteTokenStorage one = open();
                SqliteTokenStorage two = open()) {
            for (int i = 0; i < 5; i++) {
                store(one, "foo", token("rs-" + i, "at"));
                assertThat(two.read("foo")).hasSize(i + 1);
                assertThat(two.read("bar")).isEmpty();
            }
        }
    }

    @Test
    @DisplayName("38, W13: any thread may use a storage")
    void any_thread_may_use_a_storage() throws Exception {
        try (SqliteTokenStorage storage = open()) {
            store(storage, "DEFAULT", token("rs", "at"));
            List<CompletableFuture<Integer>> all = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                int number = i;
                all.add(CompletableFuture.supplyAsync(() -> {
                    store(storage, "DEFAULT", token("rs-" + number, "at"));
                    return storage.read("DEFAULT").size();
                }));
            }
            for (CompletableFuture<Integer> each : all) {
                assertThat(each.get(60, TimeUnit.SECONDS)).isBetween(2, 17);
            }
            assertThat(storage.read("DEFAULT")).hasSize(17);
        }
    }

    @Test
    @DisplayName("37: 8 processes each store 50 entries: all 400 are there, and readers are never in the way")
    void no_entry_of_many_processes_is_lost() {
        List<ForkedJvm> all = programs(8);
        try (SqliteTokenStorage storage = open()) {
            for (int i = 0; i < all.size(); i++) {
                assertThat(all.get(i).ask("use " + storage.address())).isEqualTo("using");
            }
            for (int i = 0; i < all.size(); i++) {
                all.get(i).say("store DEFAULT process-" + i + " 50");
            }
            int least = 0;
            for (ForkedJvm each : all) {
                for (int i = 0; i < 50; i++) {
                    assertThat(each.hear()).isEqualTo("stored " + i);
                    int read = storage.read("DEFAULT").size();
                    assertThat(read).isGreaterThanOrEqualTo(least);
                    least = read;
                }
                assertThat(each.hear()).isEqualTo("done");
            }
            assertThat(storage.read("DEFAULT")).hasSize(400);
        } finally {
            all.forEach(ForkedJvm::close);
        }
        assertThat(query(path(), "pragma integrity_check")).containsExactly("ok");
    }

    @Test
    @DisplayName("W12: 8 processes make one database at once, time and again")
    void many_processes_make_one_database() {
        List<ForkedJvm> all = programs(8);
        try {
            for (int round = 0; round < 20; round++) {
                Path home = folder.resolve("round-" + round);
                Path path = home.resolve("tokens.db");
                for (ForkedJvm each : all) {
                    assertThat(each.ask("use sqlite:" + path)).isEqualTo("using");
                }
                for (int i = 0; i < all.size(); i++) {
                    all.get(i).say("replace DEFAULT process-" + i);
                }
                for (ForkedJvm each : all) {
                    assertThat(each.hear()).isEqualTo("true");
                }
                assertThat(query(path, "select count(*) from token_storage")).containsExactly("8");
                assertThat(SqliteFiles.mode(path)).isEqualTo("rw-------");
                assertThat(home.toFile().list()).containsExactlyInAnyOrder("tokens.db", "tokens.db.lock");
            }
        } finally {
            all.forEach(ForkedJvm::close);
        }
    }

    @Test
    @DisplayName("SIGKILL in the middle of saves: the database is whole and holds what was said to be stored")
    void a_killed_process_leaves_the_database_whole() {
        try (SqliteTokenStorage storage = open()) {
            for (int round = 0; round < (FULL ? 40 : 4); round++) {
                int stored = 0;
                try (ForkedJvm other = program()) {
                    other.ask("use " + storage.address());
                    other.say("store DEFAULT round-" + round + " 1000");
                    while (stored < 5 + 7 * round) {
                        assertThat(other.hear()).isEqualTo("stored " + stored);
                        stored++;
                    }
                }
                // The reader rolls back what was begun.
                assertThat(storage.read("DEFAULT")).containsKey("round-" + round + "-" + (stored - 1));
                assertThat(query(path(), "pragma integrity_check")).containsExactly("ok");
                assertThat(store(storage, "DEFAULT", token("after-" + round, "at")))
                        .isTrue();
            }
        }
    }

    @Test
    void a_database_that_is_locked_too_long_is_reported_and_nothing_is_lost() {
        store(open(), "DEFAULT", token("rs", "at"));
        try (ForkedJvm other = program();
                SqliteTokenStorage storage = impatient()) {
            assertThat(storage.read("DEFAULT")).hasSize(1);
            assertThat(other.ask("hold " + path())).isEqualTo("held");
            assertFails("store_locked", path(), () -> storage.read("DEFAULT"));
            assertFails("store_locked", path(), () -> store(storage, "DEFAULT", token("rs2", "at")));
            assertFails("store_locked", path(), () -> renew(storage, "DEFAULT", token("rs", "at-2")));
            storage.journal("DEFAULT").write(Map.of("answer", "kept"));
            assertThat(other.ask("go")).isEqualTo("let go after go");
            assertThat(storage.read("DEFAULT")).isEqualTo(Map.of("rs", token("rs", "at")));
            assertThat(store(storage, "DEFAULT", token("rs2", "at"))).isTrue();
        }
    }

    @Test
    void a_short_lock_is_waited_out() throws Exception {
        store(open(), "DEFAULT", token("rs", "at"));
        try (ForkedJvm other = program();
                SqliteTokenStorage storage = open()) {
            assertThat(other.ask("hold " + path())).isEqualTo("held");
            CompletableFuture<Boolean> stored =
                    CompletableFuture.supplyAsync(() -> store(storage, "DEFAULT", token("rs2", "at")));
            CompletableFuture<Integer> read =
                    CompletableFuture.supplyAsync(() -> storage.read("DEFAULT").size());
            assertThat(other.ask("go")).isEqualTo("let go after go");
            assertThat(stored.get(20, TimeUnit.SECONDS)).isTrue();
            assertThat(read.get(20, TimeUnit.SECONDS)).isBetween(1, 2);
        }
    }

    @Test
    @DisplayName("SqliteFileIsOpenedOnlyByTheDriver: what else we do drops no lock of SQLite's")
    void the_database_file_is_opened_by_the_driver_alone() throws Exception {
        store(open(), "DEFAULT", token("rs", "at"));
        try (ForkedJvm probe = program();
                SqliteTokenStorage storage = impatient();
                Connection mine = SqliteFiles.connect(path());
                Statement statement = mine.createStatement()) {
            String question = "free " + path();
            assertThat(probe.ask(question)).isEqualTo("free");
            statement.execute("begin immediate");
            statement.execute("delete from token_storage");
            List<Runnable> all = List.of(
                    storage::exists,
                    storage::namespaces,
                    () -> storage.read("DEFAULT"),
                    () -> storage.read("DEFAULT", "rs"),
                    () -> storage.configuration("DEFAULT", "c"),
                    () -> storage.sign("DEFAULT"),
                    () -> storage.journal("DEFAULT").write(Map.of("k", 1L)),
                    () -> storage.journal("DEFAULT").read(),
                    () -> storage.journal("DEFAULT").delete(),
                    () -> storage.leases().tryTake("DEFAULT").ifPresent(Lease::close),
                    () -> storage.<String>inOneStep("DEFAULT", () -> "step"),
                    () -> assertFails("store_locked", path(), () -> store(storage, "DEFAULT", token("rs2", "at"))),
                    () -> assertFails("store_locked", path(), () -> storage.remove("DEFAULT")),
                    () -> open().close(),
                    () -> SqliteTokenStorage.open(folder.resolve("new/tokens.db"))
                            .replace("DEFAULT", Map.of(), Map.of("rs", token("rs", "at"))),
                    storage::close);
            for (int i = 0; i < all.size(); i++) {
                all.get(i).run();
                assertThat(probe.ask(question)).as("after step " + i).isEqualTo("locked");
            }
            // The probe notices when somebody does.
            assertThat(Files.readAllBytes(path())).isNotEmpty();
            assertThat(probe.ask(question)).isEqualTo("free");
            statement.execute("rollback");
        }
        assertThat(open().read("DEFAULT")).hasSize(1);
    }

    @Test
    void a_database_that_is_deleted_while_open_is_gone_and_made_anew() throws Exception {
        try (SqliteTokenStorage storage = open()) {
            store(storage, "DEFAULT", token("rs", "at"));
            assertThat(storage.read("DEFAULT")).hasSize(1);
            Files.delete(path());
            assertThat(storage.exists()).isFalse();
            assertThat(storage.read("DEFAULT")).isEmpty();
            assertThat(storage.remove("DEFAULT")).isFalse();
            assertThat(renewIfThere(storage)).isFalse();
            assertThat(path()).doesNotExist();
            assertThat(store(storage, "DEFAULT", token("new", "at"))).isTrue();
            assertThat(open().read("DEFAULT")).containsOnlyKeys("new");
        }
    }

    private static boolean renewIfThere(SqliteTokenStorage storage) {
        return storage.replace(
                "DEFAULT", Map.of("rs", token("rs", "at").fingerprint()), Map.of("rs", token("rs", "at-2")));
    }

    @Test
    void a_database_that_is_replaced_while_open_is_the_new_one() throws Exception {
        SqliteTokenStorage other = SqliteTokenStorage.open(folder.resolve("other.db"));
        store(other, "DEFAULT", token("other", "at"));
        other.close();
        try (SqliteTokenStorage storage = open()) {
            store(storage, "DEFAULT", token("rs", "at"));
            Files.move(other.path(), path(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            assertThat(storage.read("DEFAULT")).containsOnlyKeys("other");
            assertThat(store(storage, "DEFAULT", token("more", "at"))).isTrue();
        }
        assertThat(query(path(), "select resource_server from token_storage order by 1"))
                .containsExactly("more", "other");
    }
}
