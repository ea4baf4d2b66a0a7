package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One's clients with Agave, at the sandbox. */
final class ClientsCommandTest {

    @AutoClose
    private static final Play PLAY = new Play();

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void open() {
        PLAY.reset();
        shell = AgaveHand.shell(PLAY, home);
    }

    private Shell outside() {
        return AgaveHand.outside(PLAY, shell);
    }

    private void types(String... answers) {
        AgaveHand.types(shell, answers);
    }

    @Test
    void a_client_is_created_used_subscribed_and_deleted() throws IOException {
        shell.with("EVERGRANT_PASSWORD", "demo-password").with("TAPIS_USERNAME", "nobody");
        String[] who = {"--tenant", "sd2e", "--username", "demo"};

        Ran made = shell.run(AgaveHand.with(who, "clients", "create", "my /client", "for a test"))
                .exits(0)
                .says(
                        "Client my /client is created, and kept here.",
                        "evergrant login agave -s 'sd2e/demo/my /client'");
        assertThat(made.out()).startsWith("NAME        KEY\nmy /client  sandbox-key-");
        shell.run(AgaveHand.with(who, "login", "agave", "-s", "tour")).exits(0);
        assertThat(shell.run("sessions", "show", "tour", "--json").json().toString())
                .contains(made.out().strip().replaceFirst("(?s).* ", ""));

        assertThat(shell.run(AgaveHand.with(who, "clients", "list")).isQuiet().out())
                .isEqualTo("NAME" + " ".repeat(27) + "DESCRIPTION" + " ".repeat(69) + "\n"
                        + "DefaultApplication" + " ".repeat(93) + "\n"
                        + "my /client" + " ".repeat(21) + "for a test" + " ".repeat(70) + "\n");
        shell.run("clients", "subscribe", "PublicKeys", "v2", "admin", "-s", "tour")
                .exits(0)
                .says("Client my /client may use PublicKeys v2 of admin.");
        assertThat(shell.run("clients", "subscriptions", "-s", "tour").isQuiet().out())
                .startsWith(
                        "NAME             VERSION  PROVIDER            \nApps                v2    admin               \n")
                .endsWith("\nPublicKeys          v2    admin               \n");
        assertThat(shell.run("clients", "list", "-s", "tour", "--json")
                        .isQuiet()
                        .out())
                .contains("\"name\":\"my /client\"", "\"of_session\":true");

        shell.run("clients", "delete", "-s", "tour")
                .exits(0)
                .printsNothing()
                .says("Client my /client is deleted at sd2e");
        shell.run("status", "-s", "tour").exits(0).prints("login-required", "tour: login-required: client deleted");
        shell.run("token", "-s", "tour", "--renew")
                .exits(4)
                .says("the client of session 'tour' was deleted")
                .advises("evergrant login agave -s tour --environment sd2e");
        shell.run("status").exits(0).prints("login-required", "tour: login-required: client deleted");
    }

    @Test
    void a_secret_is_shown_only_when_that_is_asked_for_and_kept_for_nobody_else() throws IOException {
        shell.with("EVERGRANT_PASSWORD", "demo-password");
        String[] who = {"--tenant", "sd2e", "--username", "demo"};

        Map<String, @Nullable Object> json = shell.run(
                        AgaveHand.with(who, "clients", "create", "a", "--show-secret", "--json"))
                .exits(0)
                .json();
        assertThat(json)
                .containsEntry("name", "a")
                .containsEntry("tenant", "sd2e")
                .containsKeys("key", "secret");
        shell.run(AgaveHand.with(who, "clients", "create", "b", "--show-secret"))
                .exits(0)
                .prints("SECRET", "sandbox-secret-");
        assertThat(shell.run(AgaveHand.with(who, "clients", "create", "c", "--json"))
                        .exits(0)
                        .json())
                .doesNotContainKey("secret");
        assertThat(AgaveHand.saved(home)).containsExactly("sd2e/demo/a", "sd2e/demo/b", "sd2e/demo/c");
        for (String file : List.of("config.json", "current")) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(home.resolve(".agave").resolve(file))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void a_name_that_is_taken_or_empty_is_said() {
        shell.with("EVERGRANT_PASSWORD", "demo-password");
        String[] who = {"--tenant", "sd2e", "--username", "demo"};

        shell.run(AgaveHand.with(who, "clients", "create", "DefaultApplication"))
                .exits(5)
                .says("Unable to create application")
                .advises("evergrant clients list --tenant sd2e");
        shell.run(AgaveHand.with(who, "clients", "create", " ")).exits(2).says("name is empty");
        shell.run(AgaveHand.with(who, "clients", "create")).exits(2);
        PLAY.answer("agave", "clients.create", 200, "{\"status\":\"success\",\"result\":null}");
        shell.run(AgaveHand.with(who, "clients", "create", "c")).exits(5).says("did not tell key and secret");
        PLAY.answer("agave", "clients.create", 200, "<html>hello</html>");
        shell.run(AgaveHand.with(who, "clients", "create", "c"))
                .exits(7)
                .says("whether it was done all the same is not known")
                .advises("evergrant clients list --tenant sd2e --username demo");
        PLAY.answer("agave", "clients.list", 502, "<html>");
        shell.run(AgaveHand.with(who, "clients", "list")).exits(7).says("status 502");
        assertThat(AgaveHand.saved(home)).isEmpty();
    }

    @Test
    @DisplayName("agave Q10, Q32: what is missing is said before anything is asked or sent")
    void what_is_missing_is_said_before_anything_is_asked() {
        types("demo", "demo-password");

        shell.run("clients", "delete", "--tenant", "sd2e").exits(2).says("name the client");
        shell.run("clients", "subscriptions", "--tenant", "sd2e").exits(2);
        shell.run("clients", "subscribe", "Apps", "--tenant", "sd2e").exits(2);
        shell.run("clients", "subscribe", "Apps", "v2", "", "--client", "c", "--tenant", "sd2e")
                .exits(2);
        shell.run("clients").exits(2).says("create, list, delete");
        shell.run("login", "agave", "--tenant", "sd2e", "--paste").exits(2).says("username and password");
        shell.run("login", "agave", "--tenant", "sd2e", "--environment", "sd2e").exits(2);
        shell.run("login", "agave", "--tenant", "sd2e", "--password-stdin", "--password-file", "x")
                .exits(2);
        shell.run("login", "agave", "--tenant", "sd2e", "--password-stdin", "--client-id", "k", "--client-secret-stdin")
                .exits(2)
                .says("both read standard input");
        shell.run("login", "globus", "--tenant", "sd2e").exits(2).says("Globus has no tenants");
        shell.run("login", "globus", "--username", "ada").exits(2);
        assertThat(shell.terminal.shown()).isEmpty();
        assertThat(PLAY.requests("agave", "clients.delete")).isZero();
    }

    @Test
    void whoever_has_no_client_is_offered_one() {
        outside();
        types("demo", "", "demo-password");

        shell.run("login", "agave", "--tenant", "sd2e", "-s", "tour")
                .exits(0)
                .says("Client evergrant-lap-top is created at sd2e, and kept here.", "Session tour is saved.");

        assertThat(shell.terminal.shown())
                .isEqualTo("API username: No client of demo's is known here for sd2e."
                        + " Create one named evergrant-lap-top? [Y/n] API password: ");
        types("demo", "demo-password");
        shell.run("login", "agave", "--tenant", "sd2e", "-s", "again").exits(0);
        assertThat(shell.terminal.shown()).as("the client is known now").isEqualTo("API username: API password: ");
        assertThat(PLAY.requests("agave", "clients.create")).isEqualTo(1);
    }

    @Test
    void whoever_wants_none_or_sits_at_no_terminal_is_told_how_to_create_one() {
        outside();
        types("demo", "n");
        shell.run("login", "agave", "--tenant", "sd2e")
                .exits(2)
                .says("no client of demo's is known here for sd2e; a login needs one")
                .advises("evergrant clients create evergrant-lap-top --tenant sd2e --username demo");
        shell.terminal = new TypingTerminal();
        shell.with("EVERGRANT_PASSWORD", "demo-password");

        shell.run("login", "agave", "--tenant", "sd2e", "--username", "demo")
                .exits(2)
                .advises("evergrant clients create evergrant-lap-top --tenant sd2e --username demo");
        shell.run("clients", "create", "evergrant-lap-top", "--tenant", "sd2e", "--username", "demo")
                .exits(0);
        shell.run("login", "agave", "--tenant", "sd2e", "--username", "demo").exits(0);
        assertThat(PLAY.requests("agave", "clients.create")).isEqualTo(1);
    }

    @Test
    void after_its_client_was_deleted_elsewhere_a_session_is_logged_in_again_by_a_new_one() {
        outside().with("EVERGRANT_PASSWORD", "demo-password");
        types("demo", "y");
        shell.run("login", "agave", "--tenant", "sd2e", "-s", "tour").exits(0);
        Shell elsewhere = PLAY.shell(home.resolve("elsewhere")).with("EVERGRANT_PASSWORD", "demo-password");
        elsewhere
                .run("clients", "delete", "evergrant-lap-top", "--tenant", "sd2e", "--username", "demo")
                .exits(0);

        shell.run("token", "-s", "tour", "--renew").exits(4).says("was deleted");
        types("yes");
        shell.run("login", "agave", "-s", "tour")
                .exits(0)
                .says("sd2e knows the client evergrant-lap-top no more.", "Client evergrant-lap-top is created");

        shell.run("token", "-s", "tour", "--renew").isQuiet();
        shell.run("status").exits(0).prints("fresh");
    }

    @Test
    void a_name_of_this_machine_that_is_taken_gets_a_number() {
        outside().with("EVERGRANT_PASSWORD", "demo-password");
        Shell elsewhere = PLAY.shell(home.resolve("elsewhere")).with("EVERGRANT_PASSWORD", "demo-password");
        elsewhere
                .run("clients", "create", "evergrant-lap-top", "--tenant", "sd2e", "--username", "demo")
                .exits(0);
        types("demo", "y");

        shell.run("login", "agave", "--tenant", "sd2e").exits(0).says("Client evergrant-lap-top-2 is created");
    }

    @Test
    void a_client_that_is_named_is_the_only_one_that_is_tried() throws IOException {
        shell.with("EVERGRANT_PASSWORD", "demo-password");
        String[] login = {"login", "agave", "--tenant", "sd2e", "--username", "demo"};
        Path secret = Files.writeString(home.resolve("secret"), "sandbox-agave-secret\n");

        shell.run(AgaveHand.with(login, "--client-id", "sandbox-agave-key"))
                .exits(2)
                .says("secret of client");
        shell.run(AgaveHand.with(login, "--client-id", "sandbox-agave-key", "--client-secret-file", secret.toString()))
                .exits(0);
        shell.runWith(
                        "wrong",
                        AgaveHand.with(login, "--client-id", "sandbox-agave-key", "--client-secret-stdin", "-s", "x"))
                .exits(5)
                .says("invalid_client");
        shell.runWith("wrong", AgaveHand.with(login, "--client-secret-stdin"))
                .exits(2)
                .says("--client-id");
    }

    @Test
    void files_that_were_cut_are_said_before_anybody_is_asked_and_stay_as_they_are() throws IOException {
        shell.with("EVERGRANT_PASSWORD", "demo-password");
        String[] who = {"--tenant", "sd2e", "--username", "demo"};
        shell.run(AgaveHand.with(who, "clients", "create", "good")).exits(0);
        Path config = home.resolve(".agave").resolve("config.json");
        String cut = Files.readString(config).substring(0, 100);
        Files.writeString(config, cut);
        Files.delete(home.resolve(".agave").resolve("current"));

        shell.run(AgaveHand.with(who, "clients", "create", "other"))
                .exits(6)
                .says("run: mv " + config + " " + config + ".damaged-");
        shell.run(AgaveHand.with(who, "login", "agave")).exits(6).says(config.toString());
        assertThat(config).hasContent(cut);
        assertThat(PLAY.requests("agave", "clients.create")).isEqualTo(1);
        assertThat(PLAY.requests("agave", "token.password")).isZero();
        // What has nothing to do with them goes on.
        shell.logIn("g", PLAY.grantGroups());
        shell.run("token", "-s", "g").isQuiet();
        shell.run("sessions", "list").exits(0).prints("globus").says("warning:", config.toString());
    }

    @Test
    void a_folder_that_cannot_be_written_stops_before_a_client_is_created() throws IOException {
        Files.createDirectories(home.resolve(".agave").resolve("config.json"));
        shell.with("EVERGRANT_PASSWORD", "demo-password");

        shell.run("clients", "create", "c", "--tenant", "sd2e", "--username", "demo")
                .exits(6);
        assertThat(PLAY.requests("agave", "clients.create")).isZero();
    }
}
