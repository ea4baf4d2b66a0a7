package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.storage.file.JsonTokenStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program with its session in a file of Globus format 1.0, which holds one, and what to do for more. */
final class Format1StoreTest {

    @AutoClose
    private final Play play = new Play();

    @TempDir
    private Path home;

    private Path file;
    private Shell shell;

    @BeforeEach
    void begin() {
        file = home.resolve("t.json");
        shell = play.shell(home).with("EVERGRANT_STORE", "json1:" + file);
    }

    private void logIn() {
        shell.runWith(play.grantGroups(), "login", "globus", "--token-response-stdin")
                .exits(0);
    }

    private String upgrade() {
        return "evergrant --store json1:" + file + " sessions upgrade";
    }

    private boolean isFormat1() {
        return JsonTokenStorage.open(file).isFormat1();
    }

    @Test
    void a_login_without_a_name_gets_the_only_one_there_is() throws Exception {
        logIn();
        assertThat(Files.readString(file)).startsWith("{\"by_rs\": {").contains("\"format_version\": \"1.0\"");
        shell.run("sessions", "list").exits(0).prints("DEFAULT");
        String token = shell.run("token").isQuiet().line();
        assertThat(shell.run("token", "--renew").isQuiet().line()).isNotEqualTo(token);
        shell.run("groups").exits(0).prints("Demo Group");
        logIn();
        shell.run("sessions", "verify").exits(0);
        shell.run("logout").exits(0);
        shell.run("token").exits(4);
        assertThat(isFormat1()).isTrue();
    }

    @Test
    void a_second_session_is_refused_with_the_command_that_makes_room_for_it() {
        logIn();
        shell.run("sessions", "rename", "DEFAULT", "tour").exits(2).advises(upgrade());

        Shell other = play.shell(home);
        other.logIn("tour", play.grantGroups());
        other.run("sessions", "copy", "tour", "--to", "json1:" + file)
                .exits(2)
                .says("format 1.0, which holds the session DEFAULT only")
                .advises(upgrade());
        other.run("token", "-s", "tour").isQuiet();

        shell.run("sessions", "upgrade").exits(0).printsNothing().says("The store " + file + " has format 2.0 now.");
        assertThat(isFormat1()).isFalse();
        other.run("sessions", "copy", "tour", "--to", "json1:" + file).exits(0);
        shell.run("sessions", "list").exits(0).prints("DEFAULT", "tour");
        shell.run("token", "-s", "DEFAULT", "--renew").isQuiet();
        shell.run("token", "-s", "tour", "--renew").isQuiet();
        shell.run("sessions", "verify").exits(0);
    }

    @Test
    void a_store_that_is_not_there_yet_can_be_made_with_room_for_more() {
        shell.runWith(play.grantGroups(), "login", "globus", "-s", "tour", "--token-response-stdin")
                .exits(2)
                .advises("evergrant --store json:" + file + " login globus -s tour --token-response-stdin");
        shell.run("sessions", "upgrade").exits(2).says("there is no store " + file + " yet");
        assertThat(file).doesNotExist();
        shell.with("EVERGRANT_STORE", "");
        logIn();
        shell.run("sessions", "copy", "globus", "--to", "json1:" + file)
                .exits(2)
                .advises("evergrant sessions copy globus --to json:" + file);
        shell.run("token").isQuiet();
    }

    @Test
    void an_upgrade_says_what_it_did_and_what_it_cannot_do() {
        logIn();
        assertThat(shell.run("--json", "sessions", "upgrade").exits(0).json())
                .containsEntry("upgraded", true)
                .containsEntry("storage", "json1:" + file);
        assertThat(shell.run("--json", "sessions", "upgrade").exits(0).json()).containsEntry("upgraded", false);
        shell.run("token").isQuiet();
        shell.run("--store", "sqlite:" + home.resolve("t.db"), "sessions", "upgrade")
                .exits(2)
                .says("only a store in a JSON file has a format to upgrade");
    }

    @Test
    void on_request_another_program_s_store_that_others_may_read_is_refused() throws Exception {
        Files.writeString(
                file,
                "{\"by_rs\": {\"rs\": {\"scope\": \"s\", \"access_token\": \"at\", \"refresh_token\": null,"
                        + " \"token_type\": \"Bearer\", \"expires_at_seconds\": 7258118400, \"resource_server\": \"rs\"}},"
                        + " \"format_version\": \"1.0\", \"globus-sdk.version\": \"3.0.0\"}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        shell.run("sessions", "list").exits(0).says("warning:", "chmod 600 " + file);
        shell.run("--strict-permissions", "sessions", "list").exits(6).advises("chmod 600 " + file);
        shell.run("token", "--strict-permissions").exits(6).advises("chmod 600 " + file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        shell.run("--strict-permissions", "sessions", "list").isQuiet();
    }
}
