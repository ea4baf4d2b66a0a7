package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.storage.TokenStorages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens for other programs. */
final class ExportCommandTest {

    @AutoClose
    private final Play play = new Play();

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void log_in() {
        shell = play.shell(home);
        shell.logIn("tour", play.grant());
    }

    @Test
    void a_token_reply_is_what_a_login_reads() {
        String reply = shell.run("sessions", "export", "-s", "tour", "--format", "token-response")
                .isQuiet()
                .line();
        shell.with("EVERGRANT_STORE", "json:" + home.resolve("other.json"))
                .runWith(reply, "login", "globus", "-s", "again", "--token-response-stdin")
                .exits(0);

        assertThat(TokenStorages.open("json:" + home.resolve("other.json"))
                        .read("again")
                        .entrySet())
                .allSatisfy(each -> assertThat(each.getValue().fingerprint())
                        .isEqualTo(TokenStorages.open("json:" + shell.store())
                                .read("tour", each.getKey())
                                .orElseThrow()
                                .fingerprint()))
                .hasSize(3);
        shell.run("token", "--resource-server", Play.GROUPS, "--renew").isQuiet();
    }

    @Test
    void a_document_is_what_globus_sdk_reads() throws Exception {
        Path file = home.resolve("for python/tokens.json");

        shell.run("sessions", "export", "tour", "-o", file.toString())
                .exits(0)
                .printsNothing()
                .says("The tokens of session tour are in " + file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(TokenStorages.open("json:" + file).read("tour"))
                .isEqualTo(TokenStorages.open("json:" + shell.store()).read("tour"));
        assertThat(shell.run("sessions", "export", "--format", "globus1")
                        .isQuiet()
                        .out())
                .contains("\"format_version\": \"1.0\"", "\"by_rs\"");
        assertThat(shell.run("sessions", "export", "--format=globus")
                        .isQuiet()
                        .out()
                        .strip())
                .isEqualTo(Files.readString(file).strip());
        shell.run("sessions", "export", "--format", "xml").exits(2);
    }

    @Test
    void nothing_is_written_over() throws Exception {
        Path file = Files.writeString(home.resolve("notes.txt"), "mine");

        shell.run("sessions", "export", "-o", "notes.txt")
                .exits(2)
                .says(file + " is there already")
                .advises("mv " + file + " " + file + ".2");

        assertThat(Files.readString(file)).isEqualTo("mine");
        shell.run("sessions", "export", "-o", home.resolve("notes.txt/x").toString())
                .exits(6);
        assertThat(shell.run("-q", "sessions", "export", "-o", "new.json", "--json")
                        .isQuiet()
                        .json())
                .containsEntry("file", home.resolve("new.json").toString())
                .containsEntry("format", "globus");
    }

    @Test
    void a_terminal_shows_tokens_only_when_it_is_told_to() {
        shell.terminal.showsStandardOutput();

        shell.run("sessions", "export", "--format", "token-response")
                .exits(2)
                .printsNothing()
                .advises("evergrant sessions export --format token-response -s tour --reveal");
        shell.run("sessions", "export", "tour").exits(2).advises("evergrant sessions export tour --reveal");

        shell.run("sessions", "export", "--reveal").isQuiet().prints("sandbox-at-");
        shell.run("sessions", "export", "-o", "tokens.json").exits(0);
    }

    @Test
    void refresh_tokens_that_rotate_stay_here_unless_they_are_wanted() {
        shell.run("token", "--resource-server", Play.GROUPS, "--renew").isQuiet();
        String token =
                shell.run("token", "--resource-server", Play.GROUPS).isQuiet().line();

        Ran ran = shell.run("sessions", "export").exits(0).says("were left out", "--with-refresh-token");
        assertThat(ran.out()).contains(token).doesNotContain("sandbox-rt-");
        assertThat(ran.err().lines()).hasSize(1);

        assertThat(shell.run("sessions", "export", "--with-refresh-token")
                        .isQuiet()
                        .out())
                .contains("sandbox-rt-");
    }

    @Test
    void a_session_that_cannot_be_renewed_is_exported_with_a_warning() {
        play.breakRefresh("\"do\":\"status\",\"status\":400,\"body\":{\"error\":\"invalid_grant\"}");
        shell.run("token", "--resource-server", Play.GROUPS, "--renew", "--timeout", "3s")
                .exits(4);

        shell.run("sessions", "export").exits(0).prints("sandbox-at-").says("cannot be renewed any more");
    }

    @Test
    void a_session_whose_renewal_was_cut_short_is_exported_with_a_warning() {
        play.breakRefresh("\"do\":\"drop-after\"");
        shell.run("token", "--resource-server", Play.GROUPS, "--renew", "--timeout", "5s");
        shell.later(Duration.ofSeconds(30));
        assertThat(shell.run("status", "--json").json()).containsEntry("state", "in-doubt");

        shell.run("sessions", "export").exits(0).prints("sandbox-at-").says("was cut short");
        shell.run("sessions", "copy", "--to", "json:other.json", "--keep")
                .exits(7)
                .advises("evergrant token -s tour --renew > /dev/null");
    }

    @Test
    void what_is_not_there_is_named() {
        shell.run("sessions", "export", "nobody").exits(4).advises("evergrant sessions list");
    }
}
