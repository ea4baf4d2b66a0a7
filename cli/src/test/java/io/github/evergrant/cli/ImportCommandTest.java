package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins that other programs keep, made known here. */
final class ImportCommandTest extends ImportedCase {

    @Test
    void a_login_of_globus_cli_is_renewed_in_its_own_file() throws Exception {
        Path database = globusCli("userprofile/production");
        byte[] before = Files.readAllBytes(database);

        imported().printsNothing().says("Session globus-cli is imported; it stays in " + database + ".\n");

        assertThat(Files.readAllBytes(database)).isEqualTo(before);
        String token = shell.run("token").isQuiet().line();
        shell.later(Duration.ofSeconds(1000));
        String renewed = shell.run("token", "-s", "globus-cli").isQuiet().line();
        assertThat(renewed).isNotEqualTo(token);
        assertThat(play.requests("token.refresh")).isEqualTo(1);
        shell.run("groups", "-s", "globus-cli").exits(0).prints("Demo Group");
        shell.run("sessions", "verify").exits(0);
        assumeTrue(GlobusPrograms.isPythonThere(), "python3 is missing");
        String[] pair = GlobusPrograms.readByPython(database, "userprofile/production", Play.GROUPS);
        assertThat(pair[0]).isEqualTo(renewed);
        assertThat(pair[1]).startsWith("sandbox-rt-");
        assertThat(pair[2]).isEqualTo("int");
    }

    @Tag("counted")
    @Test
    void many_processes_and_its_own_program_share_one_renewal() {
        globusCli("userprofile/production", 1);
        imported();
        Awaitility.await()
                .until(() -> "spent".equals(shell.run("status", "--json").json().get("state")));
        List<Program> all = Stream.generate(() -> Program.start(shell, "token", "-s", "globus-cli", "--timeout", "3m"))
                .limit(8)
                .toList();

        assertThat(all.stream().map(program -> program.end().exits(0).line()).distinct())
                .hasSize(1);
        assertThat(play.requests("token.refresh")).isEqualTo(1);
        assertThat(play.stat("reuses")).isZero();
    }

    @Test
    void it_is_listed_shown_and_told_of_with_where_it_is() {
        shell.logIn("tour", play.grantGroups());
        Path database = globusCli("userprofile/production");
        imported("-s", "cli");
        String storage = "sqlite:" + database;

        Ran list = shell.run("sessions", "list").isQuiet();
        assertThat(list.out().lines().toList().get(0)).endsWith("CHOSEN  STORAGE");
        list.prints("\ncli ", storage + "\n", "\ntour ", "json:" + shell.store() + "\n");
        Map<String, @Nullable Object> shown =
                shell.run("sessions", "show", "cli", "--json").isQuiet().json();
        assertThat(shown)
                .containsEntry("storage", storage)
                .containsEntry("provider", "globus")
                .containsEntry("sandbox", play.base())
                .containsEntry("client_id", Play.CONFIDENTIAL_CLIENT)
                .containsEntry("identity", PERSON);
        shell.run("status", "--all").isQuiet().prints("cli: kept in: " + storage);
        assertThat(shell.run("status", "-s", "cli", "--json").isQuiet().json()).containsEntry("storage", storage);
        assertThat(shell.run("status", "-s", "tour", "--json").isQuiet().json())
                .containsEntry("storage", "json:" + shell.store());
        shell.run("--store", "json:" + home.resolve("other.json"), "token", "-s", "cli")
                .exits(4);
        shell.run("--store", "json:" + shell.store(), "token", "-s", "cli").isQuiet();
    }

    @Test
    void environment_and_profile_say_which_login_of_globus_cli_is_meant() {
        globusCli("userprofile/production");
        Path database = globusCli("userprofile/production/work");

        shell.with("GLOBUS_PROFILE", "work");
        imported().says("Session globus-cli-work is imported");
        shell.variables.remove("GLOBUS_PROFILE");
        imported().says("Session globus-cli is imported");

        shell.with("GLOBUS_PROFILE", "nobody");
        String command = "evergrant sessions import --from globus-cli --namespace userprofile/production";
        shell.run("sessions", "import", "--from", "globus-cli")
                .exits(2)
                .says(database + " holds several logins", "  " + command + "\n", "  " + command + "/work\n")
                .advises(command);
        shell.run("sessions", "import", "--from", "globus-cli", "--namespace", "x")
                .exits(2)
                .says("there is no login 'x'")
                .advises(command);
        shell.run("sessions", "import", "--from", "globus-cli", "--namespace", "userprofile/production/work")
                .exits(0)
                .says("Session globus-cli-work is known already");
    }

    @Test
    void importing_twice_says_that_it_is_known() {
        globusCli("userprofile/production");
        imported();

        imported().says("Session globus-cli is known already; it stays in ");
        imported("-s", "globus-cli").says("is known already");
        shell.run("sessions", "import", "--from", "globus-cli", "-s", "other")
                .exits(2)
                .says("imported already, as session 'globus-cli'")
                .advises("evergrant sessions rename globus-cli other");
        assertThat(shell.run("sessions", "list", "--json").json().get("sessions"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(1);
    }

    @Test
    void a_name_that_is_taken_is_not_taken_away() {
        shell.logIn("globus-cli", play.grantGroups());
        globusCli("userprofile/production");

        shell.run("sessions", "import", "--from", "globus-cli")
                .exits(2)
                .says("there is a session 'globus-cli' already")
                .advises("evergrant sessions import --from globus-cli -s globus-cli-2");

        imported("-s", "globus-cli-2").says("Session globus-cli-2 is imported");
    }

    @Test
    void a_machine_s_login_wants_its_secret() throws Exception {
        String namespace = "clientprofile/production/" + Play.CONFIDENTIAL_CLIENT;
        Path database = GlobusPrograms.database(home.resolve(".globus/cli/storage.db"));
        GlobusPrograms.keep(
                database,
                namespace,
                play.grantGroups(Play.CONFIDENTIAL_CLIENT, 900).replaceAll("\"refresh_token\":\"[^\"]*\",?", ""),
                shell.clock.instant());

        imported("-s", "machine")
                .says(
                        "warning: session machine can be used until ",
                        "its client's secret is not known; to have it renewed: evergrant sessions import --from globus-cli"
                                + " -s machine --client-secret-file F");
        Path secret = Files.writeString(home.resolve("secret.txt"), Play.CONFIDENTIAL_SECRET + "\n");
        assertThat(imported("-s", "machine", "--client-secret-file", secret.toString())
                        .err())
                .doesNotContain("warning");
        shell.run("token", "-s", "machine", "--renew").isQuiet();
        assertThat(play.requests("token.client_credentials")).isEqualTo(1);
    }

    @Test
    void a_login_of_globus_compute_has_the_client_that_everybody_knows() {
        Path database = GlobusPrograms.database(home.resolve("compute/storage.db"));
        GlobusPrograms.keep(database, "user/production", play.grantGroups(), shell.clock.instant());
        shell.with("GLOBUS_COMPUTE_USER_DIR", home.resolve("compute").toString());

        shell.run("sessions", "import", "--from", "globus-compute").exits(0).says("Session globus-compute is imported");
        assertThat(shell.run("status", "--json").json())
                .containsEntry("client_id", "4cf29807-cf21-49ec-9443-ff9a3fb9f81c");

        // These tokens are another client's in truth, and whoever knows it can say so.
        shell.run("sessions", "import", "--from", "globus-compute", "--client-id", Play.PUBLIC_CLIENT)
                .exits(0)
                .says("is known already");
        shell.run("token", "--renew").isQuiet();
    }

    @Test
    void of_several_apps_each_has_its_exact_command() {
        GlobusPrograms.apps(home);
        Path apps = home.resolve(".globus/app");
        String first =
                apps.resolve(Play.PUBLIC_CLIENT + "/my-app--v1/tokens.json").toString();

        Ran ran = shell.run("sessions", "import", "--from", "globus-app")
                .exits(2)
                .says("several apps keep tokens here")
                .advises("evergrant sessions import " + first);
        List<String> commands = ran.err()
                .lines()
                .filter(line -> line.startsWith("  evergrant sessions import "))
                .map(line -> line.substring("  evergrant ".length()))
                .toList();
        assertThat(commands).hasSize(4);
        commands.forEach(command -> shell.run(command.split(" ")).exits(0));

        Map<String, @Nullable Object> app =
                shell.run("sessions", "show", "refresh-app", "--json").json();
        assertThat(app)
                .containsEntry("client_id", Play.PUBLIC_CLIENT)
                .containsEntry("identity", PERSON)
                .containsEntry("environment", "production");
        assertThat(shell.run("sessions", "show", "sqlite-app-sandbox", "--json").json())
                .containsEntry("environment", "sandbox");
        // The app of a machine is not renewed without the secret.
        assertThat(shell.run("sessions", "show", "svc", "--json").json()).containsEntry("client_id", null);
    }

    @Test
    void an_app_s_file_is_renewed_in_place() throws Exception {
        Path file = home.resolve(".globus/app/" + Play.PUBLIC_CLIENT + "/my-app/tokens.json");
        Files.createDirectories(file.getParent());
        shell.runWith(
                        play.grantGroups(),
                        "login",
                        "globus",
                        "-s",
                        "DEFAULT",
                        "--token-response-stdin",
                        "--store",
                        "json:" + home.resolve("made.json"))
                .exits(0);
        Files.writeString(
                file, Files.readString(home.resolve("made.json")).replaceAll("\"evergrant-[^\"]*\"", "\"4.9.0\""));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        byte[] before = Files.readAllBytes(file);

        Ran ran =
                shell.run("sessions", "import", "--from", "globus-app").exits(0).says("Session my-app is imported");

        assertThat(ran.err().lines().filter(line -> line.contains("can be read or written by others")))
                .hasSize(1);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        shell.run("token", "--renew").isQuiet();
        assertThat(Files.readString(file)).contains("\"DEFAULT\"");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void any_file_of_the_formats_can_be_imported_and_is_used_until_its_client_is_known() throws Exception {
        Path database = GlobusPrograms.database(home.resolve("no extension"));
        GlobusPrograms.keep(database, "DEFAULT", play.grantGroups(), shell.clock.instant());

        shell.run("sessions", "import", "no extension", "-s", "work")
                .exits(0)
                .says(
                        "warning: session work can be used until ",
                        "which client it belongs to is not known; to have it renewed: evergrant sessions import"
                                + " 'no extension' -s work --client-id ID");
        shell.variables.remove("EVERGRANT_SANDBOX");
        shell.run("token").isQuiet();
        shell.run("token", "--renew").exits(4).says("which client they belong to is unknown");
        try (Stream<Path> beside = Files.list(home)) {
            assertThat(beside.filter(path -> path.getFileName().toString().equals("no extension.d")))
                    .isNotEmpty();
        }

        shell.with("EVERGRANT_SANDBOX", play.base())
                .run("sessions", "import", "no extension", "--client-id", Play.PUBLIC_CLIENT)
                .exits(0);
        shell.run("token", "--renew").isQuiet();
    }

    @Test
    void captured_files_are_imported_as_they_are() throws Exception {
        Path json = GlobusPrograms.golden("json/v4.9.0-2.0-two-namespaces.json", home.resolve("two.json"));
        Path old = GlobusPrograms.golden("json/v4.9.0-legacy-1.0-initial-refresh.json", home.resolve("old.json"));
        Path database = GlobusPrograms.golden("sqlite/v4.9.0-legacy-schema1.db", home.resolve("legacy.db"));
        for (Path file : List.of(json, old, database)) {
            byte[] before = Files.readAllBytes(file);
            Ran ran = shell.run("sessions", "import", file.toString());
            if (ran.code() == 2) {
                ran.says("holds several logins", "--namespace DEFAULT");
                shell.run("sessions", "import", file.toString(), "--namespace", "DEFAULT")
                        .exits(0);
            }
            assertThat(Files.readAllBytes(file)).isEqualTo(before);
        }
        // Tokens of long ago, by a client that only the database names.
        assertThat(shell.run("sessions", "show", "legacy", "--json").json())
                .containsEntry("client_id", Play.PUBLIC_CLIENT);
        shell.run("sessions", "import", old.toString()).exits(0).says("session old has ended, and cannot be renewed");
        assertThat(shell.run("status", "-s", "two", "--json").json()).containsEntry("state", "login-required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json at all", "{\"data\": ", "[]", "{\"format_version\": \"9\"}", ""})
    void a_file_that_is_no_token_store_is_named_and_not_touched(String text) throws Exception {
        Path file = Files.writeString(home.resolve("notes.txt"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        shell.run("sessions", "import", file.toString(), "-s", "x")
                .exits(text.isEmpty() ? 4 : 6)
                .says(file.toString());

        assertThat(Files.readString(file)).isEqualTo(text);
        shell.run("sessions", "list").says("There are no sessions");
        try (Stream<Path> beside = Files.list(home)) {
            assertThat(beside.filter(path -> path.getFileName().toString().startsWith("notes.txt")))
                    .containsExactly(file);
        }
    }

    @Test
    void what_is_not_there_is_named() {
        shell.run("sessions", "import", "nothing.json")
                .exits(6)
                .says("there is no file " + home.resolve("nothing.json"))
                .advises("ls -l " + home.resolve("nothing.json"));
        shell.run("sessions", "import", "--from", "globus-cli")
                .exits(6)
                .says("there is no file " + home.resolve(".globus/cli/storage.db"));
        shell.run("sessions", "import", "--from", "globus-app").exits(4).says("no GlobusApp keeps tokens");
        shell.run("sessions", "import").exits(2).says("name a file, or with --from a program");
        shell.run("sessions", "import", "x", "--from", "globus-cli").exits(2);
        shell.run("sessions", "import", "--from", "netscape").exits(2).says("none of globus-cli");
        shell.run("sessions", "import", home.toString()).exits(6).says("is a folder");
    }

    @Test
    void our_own_store_is_no_other_program_s() {
        shell.logIn("tour", play.grantGroups());

        shell.run("sessions", "import", shell.store().toString()).exits(2).says("is the store itself");
        globusCli("userprofile/production");
        shell.run("--store", "json:" + home.resolve("other.json"), "sessions", "import", "--from", "globus-cli")
                .exits(2)
                .says("--copy");
    }
}
