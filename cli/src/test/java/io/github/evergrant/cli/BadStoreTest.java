package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A store that cannot be used is named, with the command that helps, and not touched. */
final class BadStoreTest {

    @AutoClose
    private final Play play = new Play();

    @TempDir
    private Path home;

    private Shell shell;
    private Path store;

    @BeforeEach
    void log_in() {
        shell = play.shell(home);
        store = shell.store();
        shell.logIn("tour", play.grantGroups());
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                Arguments.of("corrupt", "not json at all", "store_corrupt", "mv STORE STORE.damaged-"),
                Arguments.of(
                        "half written", "{\"data\": {\"tour\": {\"by_rs", "store_corrupt", "mv STORE STORE.damaged-"),
                Arguments.of("empty", "", "store_corrupt", "mv STORE STORE.damaged-"),
                Arguments.of("control characters", "{\u001b[31m", "store_corrupt", "mv STORE STORE.damaged-"),
                Arguments.of(
                        "foreign version",
                        "{\"format_version\": \"9.0\", \"data\": {}}",
                        "store_format_unknown",
                        "ls -l STORE"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void a_damaged_store_is_named_and_left_alone(String what, String text, String code, String run) throws IOException {
        Files.writeString(store, text, StandardCharsets.UTF_8);
        // Nobody is writing it just now.
        Files.setLastModifiedTime(store, FileTime.from(Instant.now().minusSeconds(60)));
        String next = run.replace("STORE", store.toString());

        for (String command : new String[] {"token", "status", "whoami", "logout"}) {
            shell.run(command, "-s", "tour").exits(6).printsNothing().says(store.toString(), "  run: " + next);
        }
        Map<String, @Nullable Object> error =
                shell.run("token", "-s", "tour", "--json").exits(6).errorJson("error");
        assertThat(error).containsEntry("code", code);
        assertThat(String.valueOf(error.get("run"))).startsWith(next);
        shell.runWith(play.grantGroups(), "login", "globus", "-s", "tour", "--token-response-stdin")
                .exits(6);

        assertThat(Files.readString(store)).as(what).isEqualTo(text);
    }

    @Test
    void what_is_set_aside_overwrites_nothing() throws Exception {
        Files.writeString(store, "not json at all", StandardCharsets.UTF_8);
        for (int i = 0; i < 2; i++) {
            String run = String.valueOf(
                    shell.run("token", "--json").exits(6).errorJson("error").get("run"));
            Path aside = Path.of(run.substring(run.lastIndexOf(' ') + 1));
            assertThat(aside).doesNotExist();
            assertThat(aside.getFileName().toString()).matches("sessions\\.json\\.damaged-\\d{8}-\\d{6}(-2)?");
            Files.writeString(aside, "before");
        }
    }

    @Test
    void a_damaged_journal_is_set_aside_and_not_the_store() throws IOException {
        Path journal = damagedJournal();

        shell.run("token", "-s", "tour", "--renew").exits(6).says("  run: mv " + journal + " " + journal + ".damaged-");
    }

    @Test
    void a_damaged_journal_keeps_no_session_from_being_ended() throws IOException {
        damagedJournal();
        for (String name : new String[] {"a", "z"}) {
            shell.logIn(name, play.grantGroups());
        }

        // What only the journal knew, the client, is lost; so the tokens cannot be revoked, and go here all the same.
        shell.run("logout", "--all")
                .exits(0)
                .says("Session a is gone.", "Session z is gone.", "Session tour is gone.", "session tour: not revoked");
        shell.run("sessions", "list").exits(0).printsNothing();
    }

    private Path damagedJournal() throws IOException {
        shell.run("token", "--renew").exits(0);
        try (Stream<Path> files = Files.list(store.resolveSibling("sessions.json.d"))) {
            Path journal = files.filter(file -> file.toString().endsWith(".journal"))
                    .findFirst()
                    .orElseThrow();
            Files.writeString(journal, "damaged", StandardCharsets.UTF_8);
            return journal;
        }
    }

    @Test
    void an_address_that_may_hold_a_password_is_not_repeated() {
        for (String[] words : new String[][] {
            {"--store", "postgresql://u:geheim@h/x", "token", "-s", "tour"},
            {"token", "--store=postgresql://u:geheim@h/x"},
            {"--store", "postgresql://u:geheim@h/x", "token", "--json"},
            {"--store", "postgresql://u:geheim@h/x", "frobnicate"},
        }) {
            assertThat(shell.run(words).exits(2).err()).doesNotContain("geheim");
        }
    }

    @Test
    void a_store_that_others_can_read_is_refused_with_the_command_that_mends_it() throws IOException {
        Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rw-r--r--"));
        byte[] before = Files.readAllBytes(store);

        shell.run("token").exits(6).printsNothing().advises("chmod 600 " + store);

        assertThat(Files.readAllBytes(store)).isEqualTo(before);
        Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rw-------"));
        shell.run("token").isQuiet();
    }

    @Test
    void a_folder_is_no_store() throws IOException {
        Path folder = Files.createDirectory(home.resolve("folder"));

        shell.run("--store", "json:" + folder, "token", "-s", "tour")
                .exits(6)
                .says(folder + " is a folder")
                .advises("ls -ld " + folder);
    }

    @Test
    void a_store_that_cannot_be_read_is_named() throws IOException {
        Path circle = home.resolve("a circle.json");
        Files.createSymbolicLink(circle, circle);

        shell.run("--store", "json:" + circle, "token", "-s", "tour")
                .exits(6)
                .says(circle + " cannot be read")
                .advises("ls -l '" + circle + "'");
    }

    @Test
    void a_store_address_that_means_nothing_is_a_usage_error() {
        shell.run("--store", "tape:/dev/st0", "token").exits(2).says("no kind of token store called \"tape\"");
        shell.run("--store", home.toString(), "token").exits(2).says("names no kind of store");
        shell.with("EVERGRANT_STORE", "json:").run("token").exits(2).says("has no path");
    }

    @Test
    void a_relative_store_counts_from_the_working_directory_and_a_tilde_from_home() {
        shell.runWith(play.grantGroups(), "login", "globus", "--token-response-stdin", "--store", "json:here.json")
                .exits(0);
        shell.runWith(play.grantGroups(), "login", "globus", "--token-response-stdin", "--store", "json:~/there.json")
                .exits(0);

        assertThat(home.resolve("here.json")).exists();
        assertThat(home.resolve("there.json")).exists();
    }

    @Test
    void words_from_a_store_do_not_act_on_the_terminal() throws IOException {
        String document = Files.readString(store).replace("\"tour\"", "\"a\\u001b[31mb\"");
        Path foreign = home.resolve("foreign.json");
        Files.writeString(foreign, document);
        Files.setPosixFilePermissions(foreign, PosixFilePermissions.fromString("rw-------"));

        for (String[] words :
                new String[][] {{"sessions", "list"}, {"status", "--all"}, {"sessions", "list", "--json"}}) {
            Ran ran = shell.with("EVERGRANT_STORE", "json:" + foreign).run(words);
            assertThat(ran.out() + ran.err()).contains("a\\u001b[31mb").doesNotContain("\u001b");
        }
    }

    @Test
    void one_damaged_session_does_not_hide_the_others() throws IOException {
        String document =
                Files.readString(store).replace("\"data\": {", "\"data\": {\"odd\": {\"rs\": {\"scope\": 7}}, ");
        Path foreign = home.resolve("foreign.json");
        Files.writeString(foreign, document);
        Files.setPosixFilePermissions(foreign, PosixFilePermissions.fromString("rw-------"));
        shell.with("EVERGRANT_STORE", "json:" + foreign);

        shell.run("token", "-s", "odd").exits(6).says("no entry of session 'odd' in ");
        shell.run("sessions", "list").exits(0).prints("tour ").says("warning: ", "'odd'");
        shell.run("status", "--all").exits(6).prints("tour ").says("warning: ", "'odd'");
    }

    @Test
    void a_session_that_another_program_wrote_is_used_and_never_renewed() throws IOException {
        String document = Files.readString(store).replaceAll("\"evergrant-[^\"]*\"", "\"4.0.0\"");
        Path foreign = Files.writeString(home.resolve("foreign.json"), document);
        Files.setPosixFilePermissions(foreign, PosixFilePermissions.fromString("rw-r--r--"));
        shell.with("EVERGRANT_STORE", "json:" + foreign).variables.remove("EVERGRANT_SANDBOX");

        shell.run("token").exits(0).prints("sandbox-at-").says("can be read or written by others");
        shell.run("token", "--renew").exits(4).says("written by another program");
        shell.run("whoami").exits(4).says("written by another program");
        assertThat(shell.run("status", "--json").json()).containsEntry("state", "fresh");
    }

    @Test
    void an_error_repeats_the_store_that_was_named() {
        String elsewhere = "json:" + home.resolve("else where.json");

        shell.run("--store", elsewhere, "token", "-s", "tour")
                .exits(4)
                .advises("evergrant --store '" + elsewhere + "' login globus -s tour");
    }
}
