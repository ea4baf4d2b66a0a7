package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program with its sessions in an SQLite database. */
final class SqliteStoreTest {

    @AutoClose
    private final Play play = new Play();

    @TempDir
    private Path home;

    @Test
    void a_session_lives_in_a_database() throws Exception {
        Path database = home.resolve("sessions.db");
        Shell shell = play.shell(home).with("EVERGRANT_STORE", "sqlite:" + database);
        shell.logIn("tour", play.grantGroups());
        assertThat(Files.getPosixFilePermissions(database)).hasSize(2);
        String token = shell.run("token").isQuiet().line();
        assertThat(shell.run("token", "--renew").isQuiet().line()).isNotEqualTo(token);
        shell.run("groups").exits(0).prints("Demo Group");
        assertThat(shell.run("status", "--json").json()).containsEntry("storage", "sqlite:" + database);
        shell.run("sessions", "rename", "tour", "journey").exits(0);
        shell.run("sessions", "list").exits(0).prints("journey");
        shell.run("logout").exits(0);
        shell.run("token", "-s", "journey").exits(4);
    }

    @Tag("counted")
    @Test
    void many_processes_on_one_spent_token_renew_once() {
        Shell shell = play.shell(home).with("EVERGRANT_STORE", "sqlite:" + home.resolve("sessions.db"));
        shell.logIn("tour", play.grantEnding(1));
        Awaitility.await()
                .until(() -> Program.start(shell, "status").end().out().contains("spent"));
        List<Program> all = IntStream.range(0, 16)
                .mapToObj(i -> Program.start(shell, "token", "--timeout", "3m"))
                .toList();
        assertThat(all.stream().map(program -> program.end().exits(0).line()).distinct())
                .hasSize(1);
        assertThat(play.requests("token.refresh")).isEqualTo(1);
        assertThat(play.stat("reuses")).isZero();
    }

    @Test
    void a_file_that_is_no_database_is_named_and_left_alone() throws Exception {
        Path file = Files.writeString(home.resolve("notes.txt"), "these are my notes, not a database at all");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Shell shell = play.shell(home).with("EVERGRANT_STORE", "sqlite:" + file);
        shell.run("token", "-s", "tour").exits(6).says(file.toString()).advises("ls -l " + file);
        assertThat(Files.readString(file)).isEqualTo("these are my notes, not a database at all");
    }
}
