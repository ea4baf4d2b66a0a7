package io.github.evergrant.cli;

import static io.github.evergrant.cli.SpatiaFiHand.ID;
import static io.github.evergrant.cli.SpatiaFiHand.PASSWORD;
import static io.github.evergrant.cli.SpatiaFiHand.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logins with SpatiaFi, where a client signs for itself, and people get one by password once. */
final class SpatiaFiLoginTest {

    @AutoClose
    private final Play play = new Play();

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(home);
    }

    private String[] login(String... more) {
        return Shell.words(SpatiaFiHand.there(play, "login", "spatiafi", "-s", "tour"), more);
    }

    private int requests(String kind) {
        return play.requests("spatiafi", kind);
    }

    @Test
    void a_login_at_the_sandbox_needs_no_way_to_be_named_and_renews() {
        Shell sandboxed = play.shell(home);

        sandboxed.run("login", "spatiafi").exits(0).says("Session spatiafi is saved.");

        sandboxed.run("token", "-s", "spatiafi").isQuiet().prints("sandbox-at-");
        sandboxed.run("token", "-s", "spatiafi", "--renew").isQuiet();
        assertThat(requests("token.client_credentials")).isEqualTo(2);
    }

    @Test
    @DisplayName("spatiafi 51: a login ends with how long the newest token lasts")
    void a_login_ends_with_how_long_the_newest_token_lasts() throws IOException {
        SpatiaFiHand.write(SpatiaFiHand.tutorialFile(play, home), SpatiaFiHand.pair());

        SpatiaFiHand.grantAnybody(play, 400);
        assertThat(shell.run(login()).exits(0).err())
                .matches("(?s).*\nAccess token expires in: 6 minutes, (3\\d|40) seconds\n");
        SpatiaFiHand.grantAnybody(play, 839);
        assertThat(shell.run(login()).exits(0).err())
                .matches("(?s).*\nAccess token expires in: 13 minutes, 5\\d seconds\n");
        assertThat(shell.run(login("--json")).exits(0).json())
                .containsEntry("session", "tour")
                .containsEntry("identity", "u-1");
    }

    @Test
    @DisplayName("spatiafi 44: the first run asks for username and password, and the second for nothing")
    void the_first_run_asks_for_username_and_password_and_the_second_for_nothing() throws IOException {
        AgaveHand.types(shell, "demo", PASSWORD);

        shell.run(login())
                .exits(0)
                .printsNothing()
                .says(
                        "App Credentials saved to: " + SpatiaFiHand.tutorialFile(play, home),
                        "Session tour is saved.",
                        "Access token expires in: ");

        assertThat(shell.terminal.shown()).isEqualTo("Username: Password: ");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(SpatiaFiHand.tutorialFile(play, home))))
                .isEqualTo("rw-------");
        shell.terminal = new TypingTerminal();
        shell.run(login("-s", "other")).exits(2);
        shell.run(SpatiaFiHand.there(play, "login", "spatiafi", "-s", "other")).exits(0);
        shell.run("token", "-s", "other").isQuiet();
        assertThat(requests("token.basic")).isEqualTo(1);
        assertThat(requests("clients.create")).isEqualTo(1);
    }

    @Test
    @DisplayName("spatiafi 45: without a terminal and without credentials nobody is waited for, and nothing is sent")
    void without_a_terminal_and_without_credentials_nobody_is_waited_for() {
        Ran ran = shell.run(login()).exits(4).printsNothing();

        assertThat(ran.err())
                .isEqualTo(
                        "evergrant: no app credentials are saved here, and creating them needs username and password of"
                                + " a person at a terminal; run: evergrant login spatiafi -s tour --environment "
                                + play.base() + "/spatiafi\n");
        shell.terminal.isPresent();
        shell.run(login("--no-input")).exits(4);
        shell.run(login("--username", "demo", "--no-input")).exits(4);
        shell.run(SpatiaFiHand.there(play, "clients", "create", "--provider", "spatiafi", "--no-input"))
                .exits(4)
                .says("asking for the username needs a person at a terminal");
        assertThat(requests("token.basic")).isZero();
    }

    @Test
    void a_wrong_password_is_said_and_nothing_is_saved_and_who_ends_the_input_is_not_asked_again() {
        AgaveHand.types(shell, "demo", "canary-password");
        Ran refused = shell.run(login()).exits(5).says("SpatiaFi said no (status 400): LOGIN_BAD_CREDENTIALS");
        assertThat(refused.err()).doesNotContain("canary");
        AgaveHand.types(shell, "demo");
        shell.run(login()).exits(8).says("cancelled");
        AgaveHand.types(shell, "de:mo", "x");
        shell.run(login()).exits(2).says("holds a colon");

        assertThat(SpatiaFiHand.tutorialFile(play, home)).doesNotExist();
        assertThat(requests("clients.create")).isZero();
        shell.run("sessions", "list").exits(0);
        shell.run("status", "-s", "tour").exits(4);
    }

    @Test
    void a_password_can_come_from_wherever_secrets_come_from() throws IOException {
        Path file = Files.writeString(home.resolve("password"), PASSWORD + "\n");

        shell.runWith(PASSWORD, login("--username", "demo", "--password-stdin")).exits(0);
        Files.delete(SpatiaFiHand.tutorialFile(play, home));
        shell.run("sessions", "delete", "tour").exits(0);
        shell.run(login("--username", "demo", "--password-file", file.toString()))
                .exits(0);
        Files.delete(SpatiaFiHand.tutorialFile(play, home));
        shell.run("sessions", "delete", "tour").exits(0);
        shell.run(login("--username", "demo", "--password-command", "echo " + PASSWORD))
                .exits(0);
        assertThat(requests("clients.create")).isEqualTo(3);
        shell.run(login("--password-stdin", "--password-file", "x")).exits(2).says("in one way");
        shell.run(login("--tenant", "sd2e")).exits(2).says("SpatiaFi has no tenants");
        shell.run(login("--scope", "all")).exits(2).says("SpatiaFi has no scopes");
        shell.run(login("--otp", "3")).exits(2).says("--otp are for tastytrade");
        shell.run(login("--show-refresh-token")).exits(2).says("--show-refresh-token is not for SpatiaFi");
        shell.runWith("x", login("--username", "demo", "--refresh-token-stdin"))
                .exits(2)
                .says("username and password are for creating app credentials");
    }

    @Test
    void who_is_named_gets_nobody_elses_session() throws IOException {
        Path file = SpatiaFiHand.write(SpatiaFiHand.tutorialFile(play, home), SpatiaFiHand.pair());
        String create =
                "evergrant clients create --provider spatiafi --environment " + play.base() + "/spatiafi --replace";
        String without = "evergrant login spatiafi -s tour --environment " + play.base() + "/spatiafi";

        for (String more : new String[] {"", "--replace"}) {
            String[] words = login("--username", "other@example.org", "--password-stdin");
            shell.runWith("WRONG", more.isEmpty() ? words : Shell.words(words, more))
                    .exits(2)
                    .printsNothing()
                    .says("there are app credentials in " + file + ", which are demo@example.org's", create)
                    .advises((without + " " + more).strip());
        }
        shell.runWith("WRONG", login("--password-stdin"))
                .exits(2)
                .says("which log in without a password; nothing was sent", create)
                .advises(without);
        shell.run("status", "-s", "tour").exits(4);
        assertThat(requests("token.basic")).isZero();
        assertThat(requests("clients.create")).isZero();

        play.answer("spatiafi", "users.me", 503, "{}");
        shell.run(login("--username", "demo@example.org")).exits(7);
        shell.run("status", "-s", "tour").exits(4);
        shell.run(login("--username", "demo@example.org"))
                .exits(0)
                .says("No password was needed: there are app credentials in " + file + ".");
        shell.run(login("--username", "other@example.org"))
                .exits(2)
                .says("the session has app credentials of its own, which are demo@example.org's");
        shell.run(login("--client-id", ID, "--username", "demo@example.org"))
                .exits(2)
                .says("those that are named log in without");
    }

    @Test
    void credentials_that_were_saved_and_are_refused_are_replaced_and_not_tried_for_ever() throws IOException {
        String there = " --environment " + play.base() + "/spatiafi";
        for (Path file : new Path[] {SpatiaFiHand.tutorialFile(play, home), SpatiaFiHand.packageFile(play, home)}) {
            SpatiaFiHand.write(file, SpatiaFiHand.pair().replace(SECRET, "another-secret-0123456789-0123456789-0123"));
            String which = file.equals(SpatiaFiHand.packageFile(play, home)) ? " --package-file" : "";

            shell.run(login())
                    .exits(5)
                    .says("SpatiaFi said no")
                    .advises("evergrant clients create --provider spatiafi" + there + which + " --replace");
            Files.delete(file);
        }
        // What was mistyped is not what was saved.
        SpatiaFiHand.write(SpatiaFiHand.tutorialFile(play, home), SpatiaFiHand.pair());
        shell.runWith("wrong", login("--client-id", ID, "--client-secret-stdin"))
                .exits(5)
                .advises("evergrant login spatiafi -s tour" + there + " --client-id " + ID + " --client-secret-stdin");
    }

    @Test
    @DisplayName(
            "spatiafi 11, spatiafi 46: two first runs at once make one pair; the password is sent once, the secret never")
    void two_first_runs_at_once_make_one_pair() throws Exception {
        Map<String, String> world = shell.with("EVERGRANT_PASSWORD", PASSWORD).variables;
        String demo = "demo@example.org";
        try (Launched one = new Launched(world, login("--username", demo));
                Launched other = new Launched(
                        world, SpatiaFiHand.there(play, "login", "spatiafi", "-s", "other", "--username", demo))) {
            assertThat(one.end()).isZero();
            assertThat(other.end()).isZero();
        }

        assertThat(requests("clients.create")).isEqualTo(1);
        assertThat(requests("token.basic")).isEqualTo(1);
        assertThat(requests("token.client_credentials")).isEqualTo(2);
        shell.run("token", "-s", "other", "--renew").isQuiet();
        String secret = String.valueOf(Shell.object(Files.readString(SpatiaFiHand.tutorialFile(play, home)))
                .get("client_secret"));
        String basic = Base64.getEncoder().encodeToString((demo + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        String log = play.log();
        assertThat(log.split(basic, -1)).as("the password, in Basic").hasSize(2);
        assertThat(log).doesNotContain(PASSWORD, secret);
        assertThat(log.split("client_assertion=", -1)).hasSize(4);
    }

    @Test
    void credentials_that_are_named_are_used_and_what_is_known_of_them_need_not_be_told() throws IOException {
        Path file = Files.writeString(home.resolve("secret.txt"), SECRET + "\n");

        shell.run(login("--client-id", ID)).exits(2).says("the secret of client " + ID + " is not known here");
        shell.run(login("--client-id", ID, "--client-secret-file", file.toString()))
                .exits(0);
        shell.run(login("--client-id", ID)).exits(0);
        shell.runWith("wrong", login("--client-id", ID, "--client-secret-stdin"))
                .exits(5)
                .says("SpatiaFi said no");
        shell.runWith("s", SpatiaFiHand.there(play, "login", "spatiafi", "-s", "new", "--client-secret-stdin"))
                .exits(2)
                .says("--client-id");
        shell.run("logout", "-s", "tour").exits(0);
        SpatiaFiHand.write(SpatiaFiHand.tutorialFile(play, home), SpatiaFiHand.pair());
        shell.run(login("--client-id", ID)).exits(0);
    }

    @Test
    void credentials_of_variables_or_of_pythons_files_are_found() throws IOException {
        shell.with("SPATIAFI_CLIENT_ID", ID).with("SPATIAFI_CLIENT_SECRET", SECRET);
        shell.run(login()).exits(0);
        shell.variables.remove("SPATIAFI_CLIENT_ID");
        shell.variables.remove("SPATIAFI_CLIENT_SECRET");
        shell.run("logout", "-s", "tour").exits(0);

        Path file = SpatiaFiHand.write(
                home.resolve("xdg").resolve("spatiafi").resolve("app_credentials"), "{\"detail\": \"Unauthorized\"}");
        shell.with("XDG_CONFIG_HOME", home.resolve("xdg").toString());
        Ran damaged = shell.run("login", "spatiafi").exits(2).says("an error of the service", file.toString());
        assertThat(damaged.err()).contains("  run: mv " + file + " " + file + ".damaged-");
        assertThat(file).hasContent("{\"detail\": \"Unauthorized\"}");
        // Those of the usual service are for nobody else.
        Files.writeString(file, SpatiaFiHand.pair());
        shell.run(login()).exits(4).says("no app credentials are saved here");
        // There is nobody at that port: the usual service is not asked, and would be by these.
        shell.with("HTTPS_PROXY", "http://127.0.0.1:9");
        shell.run("login", "spatiafi").exits(7);
        assertThat(file).hasContent(SpatiaFiHand.pair());
    }

    @Test
    void a_file_that_others_may_read_is_warned_of_or_refused() throws IOException {
        Path file = SpatiaFiHand.write(SpatiaFiHand.packageFile(play, home), SpatiaFiHand.pair());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        shell.run(login("--strict-permissions")).exits(6).advises("chmod 600 " + file);
        assertThat(requests("token.client_credentials")).isZero();
        shell.run(login()).exits(0).says("warning: the file of app credentials " + file + " can be read by others");
    }

    @Test
    @DisplayName("spatiafi 9: whatever is wrong with a file is said, and it stays as it is")
    void whatever_is_wrong_with_a_file_is_said() throws IOException {
        Path file = SpatiaFiHand.tutorialFile(play, home);
        String whole = SpatiaFiHand.pair();
        for (String text : new String[] {
            "", "{nope", "[1]", "null", "{}", whole.substring(0, whole.length() - 20), "{\"client_id\": \"canary\"}"
        }) {
            SpatiaFiHand.write(file, text);
            Ran ran = shell.run(login()).exits(2).says(file + " holds no app credentials");
            assertThat(ran.err()).contains("run: mv ").doesNotContain("canary", SECRET);
            assertThat(file).hasContent(text);
        }
        Files.delete(file);
        Files.createDirectory(file);
        shell.run(login()).exits(6).says(file + " cannot be read");
        assertThat(requests("token.client_credentials")).isZero();
    }

    @Test
    void a_secret_that_is_too_short_signs_with_a_warning_and_one_of_other_letters_too() throws IOException {
        Path file = Files.writeString(home.resolve("secret.txt"), "short");
        shell.run(login("--client-id", "sandbox-spatiafi-short", "--client-secret-file", file.toString()))
                .exits(0)
                .says("the secret of the client sandbox-spatiafi-short is short");

        Files.writeString(file, "пароль-日本語-ключ-длинный");
        SpatiaFiHand.grantAnybody(play, 839);
        shell.run(SpatiaFiHand.there(
                        play,
                        "login",
                        "spatiafi",
                        "-s",
                        "letters",
                        "--client-id",
                        "i",
                        "--client-secret-file",
                        file.toString()))
                .exits(0);
        shell.run("env", "-s", "letters").isQuiet().prints("export CLIENT_SECRET='пароль-日本語-ключ-длинный'\n");
    }

    @Test
    void somebody_else_s_login_does_not_take_a_session() throws IOException {
        shell.with("EVERGRANT_PASSWORD", PASSWORD);
        shell.run(login("--username", "demo", "--expect-user", "demo@example.org"))
                .exits(0);
        Files.delete(SpatiaFiHand.tutorialFile(play, home));
        shell.with("EVERGRANT_PASSWORD", "other-password");
        Ran made = shell.run(SpatiaFiHand.there(
                        play, "clients", "create", "--provider", "spatiafi", "--username", "other", "--json"))
                .exits(0);
        String id = String.valueOf(made.json().get("client_id"));

        shell.run(login("--client-id", id)).exits(2).says("session 'tour' is demo@example.org's");
        shell.run(login("--client-id", id, "--expect-user", "demo@example.org"))
                .exits(2)
                .says("expected demo@example.org");
        shell.run(login("--client-id", id, "--replace")).exits(0);
    }

    @Test
    void credentials_of_a_sandbox_are_never_where_real_ones_are() throws IOException {
        Path real = SpatiaFiHand.write(SpatiaFiHand.tutorialFile(play, home), "{\"detail\": \"untouched\"}");
        Shell sandboxed = play.shell(home).with("EVERGRANT_PASSWORD", PASSWORD);

        sandboxed
                .run("login", "spatiafi", "--username", "demo")
                .exits(0)
                .says("App Credentials saved to: " + home.resolve("state/sandbox/spatiafi/app_credentials"));

        assertThat(real).hasContent("{\"detail\": \"untouched\"}");
        sandboxed.run("login", "spatiafi", "-s", "again").exits(0);
        assertThat(requests("clients.create")).isEqualTo(1);
    }

    @Test
    void where_there_is_no_page_the_login_that_there_is_is_named_and_nothing_is_sent() {
        Shell sandboxed = play.shell(home);

        sandboxed.run("login", "spatiafi", "--paste").exits(2).says("log in by --client-credentials");
        assertThat(requests("token.client_credentials")).isZero();
    }
}
