package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.storage.Journal;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is seen of a database at a glance, and what is not; of words, variables and journals, {@link GlanceTest} says it. */
final class DatabaseGlanceTest extends GlanceCase {

    @Override
    Path choose(Shell shell) {
        shell.with("EVERGRANT_STORE", "sqlite:state/sessions.db");
        return home.resolve("state").resolve("sessions.db");
    }

    private void execute(String... all) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store);
                Statement statement = connection.createStatement()) {
            for (String each : all) {
                statement.execute(each);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token",
                "token -s tour",
                "-s tour token --header",
                "token --session tour --resource-server groups.api.globus.org"
            })
    void a_token_that_is_plainly_good_is_seen(String line) {
        sees(line.split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"token -s nobody", "token -s TOUR", "token --resource-server nowhere", "token --renew"})
    void other_words_are_the_programs_business(String line) {
        sees_nothing(line.split(" "));
    }

    @Test
    void the_successor_is_seen_after_a_renewal_and_an_old_pair_that_was_written_back_is_not() throws SQLException {
        String before = shell.glance("token");
        execute("create table old as select * from token_storage");
        shell.run("token", "--renew").isQuiet();
        sees("token");
        assertThat(shell.glance("token")).isNotEqualTo(before);
        execute("delete from token_storage", "insert into token_storage select * from old");
        sees_nothing();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "replace(token_data_json, 'sandbox-at-', 'sandbox-at-x')",
                "replace(token_data_json, 'sandbox-rt-', 'sandbox-rt-x')",
                "replace(token_data_json, '\"Bearer\"', '\"MAC\"')",
                "replace(token_data_json, '\"scope\"', '\"range\"')",
                "replace(token_data_json, '\"expires_at_seconds\"', '\"expires\"')",
                "replace(token_data_json, '\"scope\"', '\"access_token\": \"a\", \"scope\"')",
                "replace(token_data_json, '}', ', \"x\": \"\u00fc\"}')",
                "replace(token_data_json, '}', '')",
                "token_data_json || ' {}'",
                "'[' || token_data_json || ']'",
                "cast(token_data_json as blob)",
                "7",
                "''"
            })
    void a_record_that_is_changed_is_the_programs_business(String change) throws SQLException {
        execute("update token_storage set token_data_json = " + change);
        sees_nothing();
    }

    @Test
    void a_record_more_or_less_is_the_programs_business() throws SQLException {
        execute("insert into token_storage select namespace, 'more', token_data_json from token_storage");
        sees_nothing("token", "-s", "tour", "--resource-server", Play.GROUPS);
        execute("delete from token_storage");
        sees_nothing();
    }

    @Test
    void a_name_that_cannot_be_seen_is_the_programs_business() throws IOException, SQLException {
        forget_journals();
        execute("update token_storage set namespace = char(7)");
        sees_nothing("token");
    }

    @Test
    void a_journal_that_says_something_new_is_the_programs_business() {
        try (TokenStorage storage = TokenStorages.open("sqlite:" + store)) {
            Journal journal = storage.journal("tour");
            Map<String, @Nullable Object> content = journal.read();
            content.put("something_new", true);
            journal.write(content);
        }
        sees_nothing();
    }

    @Test
    void a_session_that_was_ended_or_moved_is_not_seen() throws SQLException {
        log_in_to("other", play.grantGroups());
        shell.run("sessions", "rename", "other", "third").exits(0);
        sees_nothing("token", "-s", "other");
        sees("token", "-s", "third");
        execute("create table old as select * from token_storage");
        shell.run("logout", "-s", "tour").exits(0);
        execute("insert or ignore into token_storage select * from old");
        sees_nothing();
    }

    @Test
    void a_token_is_not_seen_from_a_minute_before_its_end() {
        log_in_to("tour", play.grantEnding(3600));
        Instant end =
                Instant.parse(String.valueOf(shell.run("token", "--json").json().get("expires_at")));
        shell.later(Duration.between(shell.clock.instant(), end).minusSeconds(61));
        assertThat(shell.glance("token")).isNotNull();
        shell.later(Duration.ofSeconds(1));
        sees_nothing();
    }

    @Test
    void a_database_that_another_program_has_locked_is_not_waited_for() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store);
                Statement statement = connection.createStatement()) {
            statement.execute("begin exclusive");
            sees_nothing();
            statement.execute("rollback");
        }
        sees("token");
    }

    @Test
    void a_database_with_a_write_ahead_log_is_the_programs_business() throws SQLException {
        execute("pragma journal_mode = wal");
        sees_nothing();
        shell.run("token").isQuiet();
        assertThat(Path.of(store + "-wal")).doesNotExist();
        assertThat(Path.of(store + "-shm")).doesNotExist();
    }

    @Test
    void what_others_may_read_is_not_seen() throws IOException {
        Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rw-r--r--"));
        sees_nothing();
    }

    @Test
    void a_database_that_is_not_there_or_is_none_is_the_programs_business() throws IOException {
        shell.with("EVERGRANT_STORE", "sqlite:state/others.db");
        sees_nothing("token");
        assertThat(store.resolveSibling("others.db")).doesNotExist();
        shell.with("EVERGRANT_STORE", "sqlite:");
        sees_nothing("token");
        Files.setPosixFilePermissions(
                Files.writeString(store.resolveSibling("others.db"), "no store, whatever its name may say"),
                PosixFilePermissions.fromString("rw-------"));
        shell.with("EVERGRANT_STORE", "sqlite:state/others.db");
        sees_nothing("token");
    }
}
