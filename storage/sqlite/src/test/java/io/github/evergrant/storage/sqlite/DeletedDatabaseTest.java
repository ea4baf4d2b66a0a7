package io.github.evergrant.storage.sqlite;

import static io.github.evergrant.storage.sqlite.SqliteFiles.query;
import static io.github.evergrant.storage.sqlite.SqliteFiles.store;
import static io.github.evergrant.storage.sqlite.SqliteFiles.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.file.StorePlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that somebody deletes, moves or replaces while it is written: nothing is said to be kept that is gone. */
final class DeletedDatabaseTest {

    private static final String INSERT = "insert or replace into token_storage values ('DEFAULT', 'new', '{}')";

    @TempDir
    private Path folder;

    private Path path = Path.of("");

    private Database database;

    @BeforeEach
    void makeOne() {
        path = folder.resolve("tokens.db");
        store(SqliteTokenStorage.open(path), "DEFAULT", token("rs", "at"));
        StorePlace place = StorePlace.of(path);
        database = new Database(place, place.lock(), StorageOptions.DEFAULT, Duration.ofSeconds(5));
    }

    private interface Accident {
        void happen() throws IOException;
    }

    private static void happen(Accident accident) {
        try {
            accident.happen();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void insert(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(INSERT);
        }
    }

    private String storeWith(Accident accident, boolean before) {
        AtomicInteger attempts = new AtomicInteger();
        return database.store("DEFAULT", Schema.Table.TOKENS, connection -> {
            boolean first = attempts.incrementAndGet() == 1;
            if (first && before) {
                happen(accident);
            }
            insert(connection);
            if (first && !before) {
                happen(accident);
            }
            return "attempt " + attempts;
        });
    }

    @Test
    void a_database_deleted_in_the_middle_of_a_save_is_made_again() {
        assertThat(storeWith(() -> Files.delete(path), false)).isEqualTo("attempt 2");
        assertThat(query(path, "select resource_server from token_storage")).containsExactly("new");
        assertThat(SqliteFiles.mode(path)).isEqualTo("rw-------");
    }

    @Test
    void a_database_deleted_before_the_first_change_is_made_again() {
        assertThat(storeWith(() -> Files.delete(path), true)).isEqualTo("attempt 2");
        assertThat(query(path, "select resource_server from token_storage")).containsExactly("new");
    }

    @Test
    void a_database_replaced_in_the_middle_of_a_save_is_the_new_one() {
        Path other = folder.resolve("other.db");
        store(SqliteTokenStorage.open(other), "DEFAULT", token("theirs", "at"));
        assertThat(storeWith(() -> Files.move(other, path, StandardCopyOption.REPLACE_EXISTING), false))
                .isEqualTo("attempt 2");
        assertThat(query(path, "select resource_server from token_storage order by 1"))
                .containsExactly("new", "theirs");
    }

    @Test
    void a_folder_deleted_in_the_middle_of_a_save_is_made_again() throws IOException {
        Path deep = Files.createDirectory(folder.resolve("deep"));
        path = deep.resolve("tokens.db");
        StorePlace place = StorePlace.of(path);
        database = new Database(place, place.lock(), StorageOptions.DEFAULT, Duration.ofSeconds(5));
        assertThat(storeWith(() -> deleteAll(deep), false)).isEqualTo("attempt 2");
        assertThat(query(path, "select resource_server from token_storage")).containsExactly("new");
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    @Test
    void a_change_of_a_database_that_is_deleted_meanwhile_changes_nothing() {
        String result = database.change("DEFAULT", Schema.Table.TOKENS, "absent", connection -> {
            insert(connection);
            happen(() -> Files.delete(path));
            return "changed";
        });
        assertThat(result).isEqualTo("absent");
        assertThat(path).doesNotExist();
    }

    @Test
    void a_program_that_never_stops_replacing_the_database_is_reported() {
        AtomicInteger round = new AtomicInteger();
        assertThatThrownBy(() -> database.store("DEFAULT", Schema.Table.TOKENS, connection -> {
                    insert(connection);
                    Path other = folder.resolve("other-" + round.incrementAndGet() + ".db");
                    store(SqliteTokenStorage.open(other), "DEFAULT", token("theirs", "at"));
                    happen(() -> Files.move(other, path, StandardCopyOption.REPLACE_EXISTING));
                    return "stored";
                }))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo("store_busy"));
        assertThat(query(path, "select resource_server from token_storage")).containsExactly("theirs");
    }

    @Test
    void the_folder_of_a_database_in_use_may_be_deleted() throws IOException {
        Path deep = folder.resolve("deep/er");
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(deep.resolve("tokens.db"))) {
            store(storage, "DEFAULT", token("rs", "at"));
            storage.journal("DEFAULT").write(Map.of("k", 1L));
            deleteAll(folder.resolve("deep"));
            assertThat(storage.exists()).isFalse();
            assertThat(storage.read("DEFAULT")).isEmpty();
            assertThat(storage.namespaces()).isEmpty();
            assertThat(storage.journal("DEFAULT").read()).isEmpty();
            assertThat(storage.remove("DEFAULT")).isFalse();
            assertThat(deep).doesNotExist();
            assertThat(store(storage, "DEFAULT", token("new", "at"))).isTrue();
            storage.journal("DEFAULT").write(Map.of("k", 2L));
            assertThat(storage.leases().tryTake("DEFAULT")).isPresent();
        }
        assertThat(SqliteTokenStorage.open(deep.resolve("tokens.db")).read("DEFAULT"))
                .containsOnlyKeys("new");
        assertThat(SqliteFiles.mode(deep)).isEqualTo("rwx------");
    }
}
