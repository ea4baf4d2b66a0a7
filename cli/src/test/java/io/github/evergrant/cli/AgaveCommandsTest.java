package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tenants, clients and logins of Agave, at the sandbox. */
final class AgaveCommandsTest {

    private static final Play PLAY = new Play();
    private static final String TENANTS =
            "ID                   NAME                                     URL" + " ".repeat(47);
    private static final String ASKS = "\nPlease specify the ID for the tenant you wish to interact with: ";

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void open() {
        PLAY.reset();
        shell = PLAY.shell(home).with("HOSTNAME", "Lap_top.example.org");
    }

    @AfterAll
    static void stop() {
        PLAY.close();
    }

    /** The sandbox as a stranger's list of tenants: no client of its own is lent then. */
    private Shell outside() {
        shell.variables.remove("EVERGRANT_SANDBOX");
        return shell.with("TAPIS_TENANTS_URL", PLAY.base() + "/agave/tenants");
    }

    private void types(String... answers) {
        shell.terminal = new TypingTerminal();
        Stream.of(answers).forEach(answer -> shell.terminal.types(shown -> answer));
    }

    @Test
    void tenants_are_listed_in_the_table_that_their_users_know() {
        Ran ran = shell.run("tenants").isQuiet();

        assertThat(ran.out().lines().toList()).hasSize(6).startsWith(TENANTS);
        assertThat(ran.out())
                .contains("\nsd2e                 SD2E Tenant" + " ".repeat(30) + PLAY.base() + "/agave/sd2e/");
        assertThat(shell.run("tenants", "list").isQuiet().out()).isEqualTo(ran.out());
        assertThat(shell.run("tenants", "--json").isQuiet().json().get("tenants"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains(Map.of(
                        "id",
                        "sgci",
                        "name",
                        "Science Gateways Community Institute",
                        "url",
                        PLAY.base() + "/agave/sgci/"));
    }

    @Test
    @DisplayName("Q17, Q18: a list of tenants that is none is said, and nothing breaks")
    void a_list_of_tenants_that_is_none_is_said() {
        shell.run("tenants", "--tenants-url", "https://x.example/").exits(2).says("EVERGRANT_SANDBOX");
        PLAY.answer("agave", "tenants", 500, "<html>down</html>");
        shell.run("tenants").exits(7).says("status 500").advises("evergrant tenants");
        PLAY.answer("agave", "tenants", 200, "<html>hello</html>");
        shell.run("tenants").exits(7).says("cannot be read");
        outside();
        shell.run("tenants", "--tenants-url", "http://127.0.0.1:9/tenants")
                .exits(7)
                .says("did not answer");
        shell.run("tenants", "--tenants-url", "http://api.example.org/tenants")
                .exits(2)
                .says("plain HTTP");
        shell.run("tenants", "--tenants-url", "nowhere").exits(2);
        assertThat(shell.run("tenants").isQuiet().out()).startsWith(TENANTS);
    }

    @Test
    @DisplayName("Q35: a person says who they are, as they always have, and the session is used like any other")
    void a_person_says_who_they_are() {
        types("demo", "demo-password");

        shell.run("login", "agave", "--tenant", "sd2e")
                .exits(0)
                .printsNothing()
                .says("Signed in to Agave as demo. Session agave-sd2e is saved.");

        assertThat(shell.terminal.shown()).isEqualTo("API username: API password: ");
        String token = shell.run("token").isQuiet().line();
        assertThat(shell.run("whoami").isQuiet().line()).isEqualTo("demo");
        assertThat(shell.run("env", "--format", "json").isQuiet().json())
                .containsEntry("TAPIS_TOKEN", token)
                .containsEntry("TAPIS_BASE_URL", PLAY.base() + "/agave/sd2e");
        shell.run("curl", PLAY.base() + "/agave/sd2e/profiles/v2/me").isQuiet().prints("\"username\":\"demo\"");
        shell.run("curl", PLAY.base() + "/agave/sgci/profiles/v2/me").exits(2).says("nothing was sent");
        shell.run("status", "--check").exits(0).prints("agave-sd2e", "fresh");
        shell.run("logout").exits(0).says("no way to revoke tokens");
    }

    @Test
    @DisplayName("agave 1: whoever names no tenant chooses one from the table")
    void whoever_names_no_tenant_chooses_one() {
        types("sd2e", "demo", "demo-password");

        shell.run("login", "agave", "-s", "tour").exits(0).printsNothing();

        assertThat(shell.terminal.shown())
                .isEqualTo(shell.run("tenants").out() + ASKS + "API username: API password: ");
        assertThat(shell.run("sessions", "show", "tour", "--json").json()).containsEntry("environment", "sd2e");
        types("demo-password");
        shell.run("login", "agave", "-s", "tour").exits(0);
        assertThat(shell.terminal.shown())
                .as("the session knows tenant and user")
                .isEqualTo("API password: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SD2E", "sd2e ", ""})
    @DisplayName("agave 5: an id that there is none of is said, and nothing is asked")
    void an_id_that_there_is_none_of_is_said(String typed) {
        types(typed);
        shell.run("login", "agave").exits(2).says("there is no tenant").advises("evergrant tenants");
        shell.run("login", "agave", "--tenant", typed + "!").exits(2).advises("evergrant tenants");
        assertThat(shell.terminal.shown()).doesNotContain("API");
    }

    @Test
    void a_tenant_is_named_by_its_address_too_and_by_the_variable_of_the_originals() {
        outside().with("EVERGRANT_PASSWORD", "demo-password").with("TAPIS_USERNAME", "demo");
        shell.with("TAPIS_API_KEY", "sandbox-agave-key").with("TAPIS_API_SECRET", "sandbox-agave-secret");

        shell.run("login", "agave", "-s", "one", "--tenant", PLAY.base() + "/agave/sgci")
                .exits(0);
        shell.with("TAPIS_BASE_URL", PLAY.base() + "/agave/tacc.prod/");
        shell.run("login", "agave").exits(0).says("Session agave is saved");

        assertThat(shell.run("sessions", "show", "one", "--json").json()).containsEntry("environment", "sgci");
        assertThat(shell.run("sessions", "show", "agave", "--json").json()).containsEntry("environment", "tacc.prod");
        // An old gateway says in XML that the token has ended.
        PLAY.expire();
        shell.run("-s", "agave", "curl", PLAY.base() + "/agave/tacc.prod/profiles/v2/me")
                .isQuiet()
                .prints("\"username\":\"demo\"");
        assertThat(PLAY.requests("agave", "token.refresh")).isEqualTo(1);
    }

    @Test
    void a_wrong_password_is_the_tenants_no_and_nothing_is_saved() {
        types("demo", "canary-password");

        Ran ran = shell.run("login", "agave", "--tenant", "sd2e").exits(5).says("username with this password");

        assertThat(ran.err()).doesNotContain("canary");
        types("demo", "canary-password");
        Ran list = shell.run("clients", "list", "--tenant", "sd2e").exits(5).says("status 400", "password");
        assertThat(list.err()).doesNotContain("canary").endsWith("run: evergrant clients list --tenant sd2e\n");
        shell.run("sessions", "list").says("There are no sessions");
    }

    @Test
    void without_a_terminal_nobody_is_asked() {
        for (List<String> words : List.of(
                List.of("login", "agave", "--tenant", "sd2e"),
                List.of("login", "agave"),
                List.of("login", "agave", "--tenant", "sd2e", "--username", "demo"),
                List.of("clients", "list", "--tenant", "sd2e"),
                List.of("clients", "create", "c", "--tenant", "sd2e", "--username", "demo"))) {
            Ran ran = shell.run(words.toArray(new String[0])).exits(4).printsNothing();
            assertThat(ran.err().lines()).hasSize(1);
            assertThat(ran.err()).contains("; run: evergrant ");
        }
    }

    @Test
    void a_person_who_ends_the_input_has_cancelled() {
        types("demo");
        shell.run("login", "agave", "--tenant", "sd2e").exits(8).says("cancelled");
        types();
        shell.terminal.isPresent();
        shell.run("login", "agave").exits(8).says("cancelled");
        assertThat(PLAY.requests("agave", "token.password")).isZero();
    }

    @Test
    void a_client_is_created_used_subscribed_and_deleted() throws IOException {
        shell.with("EVERGRANT_PASSWORD", "demo-password").with("TAPIS_USERNAME", "nobody");
        String[] who = {"--tenant", "sd2e", "--username", "demo"};

        Ran made = shell.run(with(who, "clients", "create", "my /client", "for a test"))
                .exits(0)
                .says("Client my /client is created, and kept here.", "evergrant login agave --tenant sd2e");
        assertThat(made.out()).startsWith("NAME        KEY\nmy /client  sandbox-key-");
        shell.run(with(who, "login", "agave", "-s", "tour")).exits(0);
        assertThat(shell.run("sessions", "show", "tour", "--json").json().toString())
                .contains(made.out().strip().replaceFirst("(?s).* ", ""));

        assertThat(shell.run(with(who, "clients", "list")).isQuiet().out())
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

        shell.run("clients", "delete").exits(0).printsNothing().says("Client my /client is deleted at sd2e");
        assertThat(files()).isEmpty();
        shell.run("token", "--renew")
                .exits(4)
                .says("the client of session 'tour' was deleted")
                .advises("evergrant login agave -s tour --environment sd2e");
        shell.run("status").exits(0).prints("login-required", "tour: login-required: client deleted");
    }

    @Test
    void a_secret_is_shown_only_when_that_is_asked_for_and_kept_for_nobody_else() throws IOException {
        shell.with("EVERGRANT_PASSWORD", "demo-password");
        String[] who = {"--tenant", "sd2e", "--username", "demo"};

        Map<String, @Nullable Object> json = shell.run(with(who, "clients", "create", "a", "--show-secret", "--json"))
                .exits(0)
                .json();
        assertThat(json)
                .containsEntry("name", "a")
                .containsEntry("tenant", "sd2e")
                .containsKeys("key", "secret");
        shell.run(with(who, "clients", "create", "b", "--show-secret")).exits(0).prints("SECRET", "sandbox-secret-");
        assertThat(shell.run(with(who, "clients", "create", "c", "--json"))
                        .exits(0)
                        .json())
                .doesNotContainKey("secret");
        assertThat(files()).hasSize(3).allSatisfy(file -> {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(file.getFileName().toString()).matches("[0-9a-f]{32}\\.json");
        });
    }

    @Test
    void a_name_that_is_taken_or_empty_is_said() {
        shell.with("EVERGRANT_PASSWORD", "demo-password");
        String[] who = {"--tenant", "sd2e", "--username", "demo"};

        shell.run(with(who, "clients", "create", "DefaultApplication"))
                .exits(5)
                .says("Unable to create application")
                .advises("evergrant clients list --tenant sd2e");
        shell.run(with(who, "clients", "create", " ")).exits(2).says("name is empty");
        shell.run(with(who, "clients", "create")).exits(2);
        PLAY.answer("agave", "clients.create", 200, "{\"status\":\"success\",\"result\":null}");
        shell.run(with(who, "clients", "create", "c")).exits(5).says("did not tell key and secret");
        PLAY.answer("agave", "clients.list", 502, "<html>");
        shell.run(with(who, "clients", "list")).exits(7).says("status 502");
        assertThat(files()).isEmpty();
    }

    @Test
    @DisplayName("Q10, Q32: what is missing is said before anything is asked or sent")
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
        shell.run("login", "globus", "--tenant", "sd2e").exits(2).says("Globus has neither tenants");
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

        shell.run(with(login, "--client-id", "sandbox-agave-key")).exits(2).says("secret of client");
        shell.run(with(login, "--client-id", "sandbox-agave-key", "--client-secret-file", secret.toString()))
                .exits(0);
        shell.runWith("wrong", with(login, "--client-id", "sandbox-agave-key", "--client-secret-stdin", "-s", "x"))
                .exits(5)
                .says("invalid_client");
        shell.runWith("wrong", with(login, "--client-secret-stdin")).exits(2).says("--client-id");
    }

    @Test
    void a_kept_client_that_is_damaged_is_said_and_no_other_is_kept_back() throws IOException {
        shell.with("EVERGRANT_PASSWORD", "demo-password");
        String[] who = {"--tenant", "sd2e", "--username", "demo"};
        shell.run(with(who, "clients", "create", "good")).exits(0);
        shell.run(with(who, "clients", "create", "bad")).exits(0);
        for (Path file : files()) {
            if (Files.readString(file).contains("\"bad\"")) {
                Files.writeString(file, "{\"key\":");
            }
        }

        shell.run(with(who, "login", "agave")).exits(0).says("warning:", "cannot be read; the client that it keeps");
        assertThat(files()).hasSize(2);
    }

    @Test
    void a_folder_that_cannot_be_written_stops_before_a_client_is_created() throws IOException {
        Files.createDirectories(home.resolve("state"));
        Files.writeString(home.resolve("state").resolve("clients"), "in the way");
        shell.with("EVERGRANT_PASSWORD", "demo-password");

        shell.run("clients", "create", "c", "--tenant", "sd2e", "--username", "demo")
                .exits(6);
        assertThat(PLAY.requests("agave", "clients.create")).isZero();
    }

    @Test
    void tokens_from_elsewhere_become_a_session_too() {
        Map<String, @Nullable Object> reply = Shell.object(PLAY.grantAgave());

        shell.runWith(PLAY.grantAgave(), "login", "agave", "-s", "whole", "--tenant", "sd2e", "--token-response-stdin")
                .exits(0);
        shell.runWith(
                        String.valueOf(reply.get("refresh_token")),
                        "login",
                        "agave",
                        "-s",
                        "refresh",
                        "--tenant",
                        "sd2e",
                        "--refresh-token-stdin")
                .exits(0)
                .says("Signed in to Agave as demo.");
        shell.run("token", "-s", "whole", "--renew").isQuiet();
        shell.run("token", "-s", "refresh", "--renew").isQuiet();
        outside();
        shell.runWith(PLAY.grantAgave(), "login", "agave", "-s", "x", "--tenant", "sd2e", "--token-response-stdin")
                .exits(2)
                .says("no client is known here for sd2e")
                .advises("evergrant clients create evergrant-lap-top --tenant sd2e");
    }

    @Test
    void sessions_of_others_are_not_mistaken_for_agaves() {
        shell.runWith(PLAY.grantGroups(), "login", "globus", "-s", "g", "--token-response-stdin")
                .exits(0);

        shell.run("clients", "list", "-s", "g").exits(2).says("is not with Agave");
        shell.run("clients", "list", "-s", "g", "--tenant", "sd2e").exits(2).says("give -s or --tenant");
        shell.run("clients", "list").exits(4).says("choosing a tenant");
        types("demo", "demo-password");
        shell.run("login", "agave", "-s", "g", "--tenant", "sd2e").exits(2).says("another provider");
        shell.run("-s", "g", "curl", PLAY.base() + "/agave/sd2e/profiles/v2/me").exits(2);
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.list(home.resolve("state").resolve("clients"))) {
            return all.toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The command first, and then who is meant. */
    private static String[] with(String[] some, String... others) {
        return some[0].startsWith("-")
                ? Stream.concat(Stream.of(others), Stream.of(some)).toArray(String[]::new)
                : Stream.concat(Stream.of(some), Stream.of(others)).toArray(String[]::new);
    }
}
