package io.github.evergrant.cli;

import static io.github.evergrant.cli.SpatiaFiHand.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.testing.Powerless;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** App credentials of SpatiaFi, created at the terminal. */
final class SpatiaFiClientsTest {

    @AutoClose
    private static final Play PLAY = new Play();

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void open() {
        PLAY.reset();
        PLAY.heal();
        shell = new Shell(home).with("EVERGRANT_PASSWORD", PASSWORD);
    }

    private static String[] create(String... more) {
        return Shell.words(
                SpatiaFiHand.there(PLAY, "clients", "create", "--provider", "spatiafi", "--username", "demo"), more);
    }

    private static int requests(String kind) {
        return PLAY.requests("spatiafi", kind);
    }

    @Test
    @DisplayName("spatiafi 7, spatiafi 12: what was created is in the tutorial's file, whose path is printed")
    void what_was_created_is_in_the_tutorials_file() throws IOException {
        Path file = SpatiaFiHand.tutorialFile(PLAY, home);

        Ran made = shell.run(create()).exits(0);

        assertThat(made.out()).isEqualTo("App Credentials saved to: " + file + "\n");
        Map<String, @Nullable Object> saved = Shell.object(Files.readString(file));
        assertThat(saved).containsOnlyKeys("user_id", "client_id", "client_secret");
        assertThat(made.err())
                .isEqualTo("To log in with them: evergrant login spatiafi --environment " + PLAY.base()
                        + "/spatiafi --client-id " + saved.get("client_id") + "\n")
                .doesNotContain(String.valueOf(saved.get("client_secret")));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        shell.run(made.err().strip().replaceFirst("^.*evergrant ", "").split(" "))
                .exits(0)
                .says("Access token expires in: ");
    }

    @Test
    void the_packages_file_is_written_when_that_is_asked_for() {
        shell.run(create("--package-file"))
                .exits(0)
                .prints("App Credentials saved to: " + SpatiaFiHand.packageFile(PLAY, home) + "\n");

        assertThat(SpatiaFiHand.tutorialFile(PLAY, home)).doesNotExist();
    }

    @Test
    void a_secret_is_shown_only_when_that_is_asked_for() throws IOException {
        Ran shown = shell.run(create("--show-secret")).exits(0).prints("USER_ID", "CLIENT_SECRET");
        Map<String, @Nullable Object> saved = Shell.object(Files.readString(SpatiaFiHand.tutorialFile(PLAY, home)));
        assertThat(shown.out()).contains(String.valueOf(saved.get("client_secret")));

        Map<String, @Nullable Object> json =
                shell.run(create("--json", "--replace")).exits(0).json();

        saved = Shell.object(Files.readString(SpatiaFiHand.tutorialFile(PLAY, home)));
        assertThat(json)
                .containsEntry("client_id", saved.get("client_id"))
                .containsEntry("user_id", saved.get("user_id"))
                .containsEntry("path", SpatiaFiHand.tutorialFile(PLAY, home).toString())
                .doesNotContainKey("client_secret");
        assertThat(shell.run(create("--json", "--replace", "--show-secret"))
                        .exits(0)
                        .json())
                .containsKey("client_secret");
    }

    @Test
    @DisplayName("spatiafi 10: what is saved already stays, and nobody is asked, unless it is to be replaced")
    void what_is_saved_already_stays() throws IOException {
        shell.variables.remove("EVERGRANT_PASSWORD");
        AgaveHand.types(shell, "demo", PASSWORD);
        for (Path file : List.of(SpatiaFiHand.tutorialFile(PLAY, home), SpatiaFiHand.packageFile(PLAY, home))) {
            SpatiaFiHand.write(file, SpatiaFiHand.pair());
            Ran refused = shell.run(SpatiaFiHand.there(PLAY, "clients", "create", "--provider", "spatiafi"))
                    .exits(2)
                    .says("there are app credentials in " + file + " already; they stay as they are")
                    .advises("evergrant clients create --provider spatiafi --environment " + PLAY.base()
                            + "/spatiafi --replace");
            assertThat(refused.out()).isEmpty();
            Files.delete(file);
        }
        assertThat(shell.terminal.shown()).isEmpty();
        assertThat(requests("token.basic")).isZero();

        SpatiaFiHand.write(SpatiaFiHand.packageFile(PLAY, home), SpatiaFiHand.pair());
        SpatiaFiHand.write(SpatiaFiHand.tutorialFile(PLAY, home), "{half");
        shell.run(SpatiaFiHand.there(PLAY, "clients", "create", "--provider", "spatiafi", "--replace"))
                .exits(0)
                .says(SpatiaFiHand.packageFile(PLAY, home) + " is looked for before");
        assertThat(Files.readString(SpatiaFiHand.tutorialFile(PLAY, home))).contains("client_secret");
        assertThat(SpatiaFiHand.packageFile(PLAY, home)).hasContent(SpatiaFiHand.pair());
    }

    @Test
    void credentials_of_another_service_are_not_saved_where_those_of_the_usual_one_are() throws IOException {
        Path usual = SpatiaFiHand.write(SpatiaFiHand.usualFile(home), "{\"detail\": \"untouched\"}");

        shell.run(create()).exits(0);

        assertThat(usual).hasContent("{\"detail\": \"untouched\"}");
        assertThat(SpatiaFiHand.tutorialFile(PLAY, home)).content().contains("client_secret");
        shell.run("clients", "create", "--provider", "spatiafi", "--username", "demo")
                .exits(2)
                .says("there are app credentials in " + usual + " already");
        shell.run("clients", "create", "--provider", "spatiafi", "--environment", "https://auth.spatiafi.com/")
                .exits(2)
                .says("there are app credentials in " + usual + " already");
    }

    @ParameterizedTest
    @DisplayName("spatiafi 8: when the service says no in whatever shape, nothing is saved")
    @CsvSource(
            delimiter = '|',
            value = {
                "token.basic|400|{\"detail\":\"LOGIN_BAD_CREDENTIALS\"}|5|LOGIN_BAD_CREDENTIALS",
                "token.basic|422|{\"detail\":[{\"loc\":[\"header\",\"x\"],\"msg\":\"field required\",\"type\":\"t\"}]}|5|header.x: field required",
                "token.basic|200|<html><body>maintenance</body></html>|7|it is no JSON object",
                "token.basic|200|{\"expires_at\":1}|7|it holds no access token",
                "token.basic|307|''|5|status 307",
                "clients.create|401|{\"detail\":\"Unauthorized\"}|5|Unauthorized",
                "clients.create|403|<html><script>alert(1)</script>|5|status 403",
                "clients.create|500|Internal Server Error|7|does not work at the moment",
                "clients.create|429|{\"detail\":\"slow down\"}|7|does not work at the moment",
                "clients.create|201|{\"detail\":\"Unauthorized\"}|5|did not tell id and secret",
                "clients.create|201|{\"client_id\":\"i\",\"client_secret\":null}|5|did not tell id and secret",
                "clients.create|200|[]|7|it is no JSON object",
                "clients.create|201|''|7|it is no JSON object",
            })
    void when_the_service_says_no_nothing_is_saved(String kind, int status, String body, int exit, String words) {
        PLAY.answer("spatiafi", kind, status, body);

        shell.run(create()).exits(exit).printsNothing().says(words);

        assertThat(SpatiaFiHand.folder(PLAY, home).toFile().list()).allMatch(name -> name.endsWith(".lock"));
    }

    @Test
    @DisplayName("spatiafi 17: where nothing can be written, nothing is created, and a full disk is seen beforehand")
    void where_nothing_can_be_written_nothing_is_created() throws Exception {
        Files.createDirectories(SpatiaFiHand.folder(PLAY, home).getParent());
        Files.writeString(SpatiaFiHand.folder(PLAY, home), "in the way");
        shell.run(create())
                .exits(6)
                .says(SpatiaFiHand.tutorialFile(PLAY, home) + " cannot be written")
                .advises("ls -ld " + SpatiaFiHand.folder(PLAY, home));
        Files.delete(SpatiaFiHand.folder(PLAY, home));

        List<String> full = new ArrayList<>(List.of("sh", "-c", "ulimit -f 2; exec \"$@\"", "sh"));
        full.addAll(Program.command(create()));
        try (Program program = Program.start(shell.variables, home, full)) {
            program.end().exits(6).says("cannot be written", "whether there is room");
        }

        Files.delete(SpatiaFiHand.folder(PLAY, home).resolve(".app_credentials.lock"));
        Files.setPosixFilePermissions(SpatiaFiHand.folder(PLAY, home), PosixFilePermissions.fromString("r-x------"));
        List<String> locked = new ArrayList<>(Powerless.words());
        locked.addAll(Program.command(create()));
        try (Program program = Program.start(shell.variables, home, locked)) {
            program.end().exits(6).says(SpatiaFiHand.folder(PLAY, home).toString());
        }

        assertThat(requests("token.basic")).isZero();
        assertThat(SpatiaFiHand.tutorialFile(PLAY, home)).doesNotExist();
        assertThat(SpatiaFiHand.folder(PLAY, home).toFile().list()).allMatch(name -> name.endsWith(".lock"));
    }

    @Test
    void what_means_nothing_is_refused_before_anything_is_sent() {
        shell.run("clients", "create", "--provider", "globus").exits(2).says("none of agave, spatiafi");
        shell.run("clients", "create", "--package-file").exits(2).says("--provider spatiafi");
        shell.run("clients", "create", "c", "--replace", "--tenant", "sd2e").exits(2);
        shell.run(create("c")).exits(2).says("no name, no tenant and no session");
        shell.run(create("--tenant", "sd2e")).exits(2);
        shell.run(create("-s", "tour")).exits(2);
        shell.run("clients", "create").exits(2).says("needs a name", "--provider spatiafi");
        shell.run("clients", "create", "--provider", "spatiafi", "--environment", "http://auth.spatiafi.com")
                .exits(2);
        assertThat(requests("token.basic")).isZero();
    }

    @Test
    void the_other_commands_say_that_they_are_agaves() throws IOException {
        SpatiaFiHand.write(SpatiaFiHand.tutorialFile(PLAY, home), SpatiaFiHand.pair());
        shell.run(SpatiaFiHand.there(PLAY, "login", "spatiafi", "-s", "tour")).exits(0);

        shell.run("clients", "list", "-s", "tour").exits(2).says("session 'tour' is not with Agave");
        shell.run("clients", "delete", "-s", "tour").exits(2).says("nothing lists, deletes or subscribes clients");
    }
}
