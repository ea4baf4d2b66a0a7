package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.providers.agave.saved.AgaveTokenStorage;
import io.github.evergrant.providers.agave.saved.SavedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions with Agave lie where its other programs look for them, and are sessions like any others here. */
final class SavedAgaveTest {

    @AutoClose
    private static final Play PLAY = new Play();

    private static final String OWN = "sd2e/demo/DefaultApplication";

    @TempDir
    private Path home;

    private Shell shell;
    private Path files;

    @BeforeEach
    void open() {
        PLAY.reset();
        shell = AgaveHand.shell(PLAY, home).with("EVERGRANT_PASSWORD", "demo-password");
        files = home.resolve(".agave");
    }

    private void logIn(String... more) {
        String[] login = {"login", "agave", "--username", "demo"};
        shell.run(AgaveHand.with(login, more)).exits(0);
    }

    private @Nullable String inUse() {
        try (AgaveTokenStorage storage = AgaveTokenStorage.open(files)) {
            return storage.current().map(SavedSession::name).orElse(null);
        }
    }

    @Test
    void a_login_is_kept_there_and_nowhere_else() throws IOException {
        logIn("--tenant", "sd2e");

        assertThat(AgaveHand.saved(home)).containsExactly(OWN);
        assertThat(Files.exists(shell.store())).isFalse();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files)))
                .isEqualTo("rwx------");
        String token = shell.run("token").isQuiet().line();
        assertThat(Files.readString(files.resolve("current"))).contains(token);
        assertThat(shell.run("token", "-s", OWN).isQuiet().line()).isEqualTo(token);
        assertThat(shell.run("--store", "agave:", "token").isQuiet().line()).isEqualTo(token);
        assertThat(shell.run("sessions", "show", OWN, "--json").json()).containsEntry("storage", "agave:" + files);
        PLAY.expire();
        shell.run("curl", PLAY.base() + "/agave/sd2e/profiles/v2/me").isQuiet().prints("\"username\":\"demo\"");
        assertThat(Files.readString(files.resolve("config.json"))).doesNotContain(token);
        assertThat(PLAY.requests("agave", "token.refresh")).isEqualTo(1);
    }

    @Test
    void another_store_that_is_named_keeps_it_alone() {
        logIn("--tenant", "sd2e", "--store", "sqlite:" + home.resolve("own.db"));

        assertThat(files).doesNotExist();
        shell.run("--store", "sqlite:" + home.resolve("own.db"), "sessions", "list")
                .exits(0)
                .prints("agave-sd2e");
    }

    @Test
    @DisplayName("agave 71: the folder that the variables name is the one")
    void the_folder_that_the_variables_name_is_the_one() {
        shell.with("TAPIS_CACHE_DIR", home.resolve("elsewhere").toString())
                .with("AGAVE_CACHE_DIR", home.resolve("nowhere").toString());
        logIn("--tenant", "sd2e");

        assertThat(home.resolve("elsewhere/config.json")).exists();
        assertThat(home.resolve("nowhere")).doesNotExist();
        assertThat(files).doesNotExist();
        shell.run("token", "-s", OWN).isQuiet();
    }

    @Test
    void they_are_listed_beside_the_others_and_one_of_them_is_used() {
        logIn("--tenant", "sd2e");
        logIn("--tenant", "sgci");
        shell.run("clients", "create", "new", "--tenant", "sd2e", "--username", "demo")
                .exits(0);
        shell.logIn("g", PLAY.grantGroups());
        assertThat(inUse()).isEqualTo("sgci/demo/DefaultApplication");

        Ran list = shell.run("sessions", "list").isQuiet();
        assertThat(list.out().lines().map(line -> line.replaceFirst(" .*", "")))
                .containsExactly("SESSION", "g", OWN, "sgci/demo/DefaultApplication", "sd2e/demo/new");
        assertThat(list.out()).containsPattern("sd2e/demo/new +agave +demo +login-required +- ");
        assertThat(shell.run("token", "--json").json())
                .as("the only one of ours: what others save takes nothing from it")
                .containsEntry("session", "g");
        assertThat(shell.run("sessions", "list", "--json").json().toString())
                .contains("session=sd2e/demo/new, provider=agave");

        shell.run("sessions", "use", OWN).exits(0);
        assertThat(inUse()).isEqualTo(OWN);
        assertThat(shell.run("token", "--json").json()).containsEntry("session", OWN);
        // It is followed, whoever chooses another there.
        shell.run("--store", "agave:", "sessions", "use", "sgci/demo/DefaultApplication")
                .exits(0);
        assertThat(shell.run("token", "--json").json()).containsEntry("session", "sgci/demo/DefaultApplication");
        shell.run("sessions", "use", "sd2e/demo/new").exits(0);
        shell.run("token")
                .exits(4)
                .says("nobody has logged in with session 'sd2e/demo/new'")
                .advises("evergrant login agave -s sd2e/demo/new");
        shell.run("logout", "--all").exits(0).says("Session g is gone", "Agave's programs stay");
        shell.run("sessions", "use", OWN).exits(0);
        assertThat(shell.run("--store", "agave:", "sessions", "list").isQuiet().out())
                .containsPattern(OWN + " .*\\*");
    }

    @Test
    void of_several_the_one_in_use_is_meant_where_there_are_no_others() {
        logIn("--tenant", "sd2e");
        logIn("--tenant", "sgci");

        assertThat(shell.run("token", "--json").json()).containsEntry("session", "sgci/demo/DefaultApplication");
        assertThat(shell.run("--store", "agave:", "token", "--json").json())
                .containsEntry("session", "sgci/demo/DefaultApplication");
    }

    @Test
    void a_name_of_ones_own_is_a_second_one_for_the_same_session() {
        logIn("--tenant", "sd2e", "-s", "tour");

        assertThat(AgaveHand.saved(home)).containsExactly(OWN);
        assertThat(shell.run("sessions", "list").isQuiet().out())
                .contains("tour ")
                .doesNotContain(OWN);
        String token = shell.run("token", "-s", "tour", "--renew").isQuiet().line();
        assertThat(shell.run("token", "-s", OWN).isQuiet().line()).isEqualTo(token);
        shell.run("sessions", "rename", "tour", "trip").exits(0);
        shell.run("sessions", "rename", "trip", "sd2e/demo/other").exits(2).says("has the form of the names");
        shell.run("sessions", "rename", "trip", OWN).exits(0);
        assertThat(shell.run("sessions", "list").isQuiet().out()).contains(OWN).doesNotContain("trip");
        shell.run("sessions", "rename", OWN, "back").exits(0);
        assertThat(shell.run("token", "-s", "back").isQuiet().line()).isEqualTo(token);
        logIn("-s", "back");
        assertThat(shell.run("sessions", "list").isQuiet().out()).contains("back ");
        shell.run("logout", "-s", "back").exits(0);
        shell.run("token", "-s", "back").exits(4);
        assertThat(AgaveHand.saved(home)).as("the client stays").containsExactly(OWN);
    }

    @Test
    void a_session_that_is_deleted_is_forgotten_with_its_client() throws IOException {
        logIn("--tenant", "sd2e");
        shell.run("clients", "create", "new", "--tenant", "sd2e", "--username", "demo")
                .exits(0);

        shell.run("sessions", "delete", "sd2e/demo/new").exits(0);
        assertThat(AgaveHand.saved(home)).containsExactly(OWN);
        shell.run("sessions", "delete", OWN).exits(0);
        assertThat(AgaveHand.saved(home)).isEmpty();
        shell.run("sessions", "list").exits(0).printsNothing();
        assertThat(files.resolve("config.json")).doesNotExist();
    }

    @Test
    @DisplayName("agave 41, Q13: a client that takes the name of a session's has no tokens of the former one")
    void a_client_that_takes_the_name_of_a_sessions_has_no_tokens() throws IOException {
        String[] who = {"--tenant", "sd2e", "--username", "demo"};
        shell.run(AgaveHand.with(who, "clients", "create", "c")).exits(0);
        logIn("-s", "sd2e/demo/c");
        String token = shell.run("token", "-s", "sd2e/demo/c").isQuiet().line();
        shell.run(AgaveHand.with(who, "clients", "delete", "c")).exits(0);

        shell.run(AgaveHand.with(who, "clients", "create", "c")).exits(0);

        assertThat(Files.readString(files.resolve("config.json"))).doesNotContain(token);
        shell.run("token", "-s", "sd2e/demo/c").exits(4).advises("evergrant login agave -s sd2e/demo/c");
        logIn("-s", "sd2e/demo/c");
        shell.run("token", "-s", "sd2e/demo/c", "--renew").isQuiet();
    }

    @Test
    void a_session_that_the_python_library_saved_renews_in_place() throws IOException {
        Map<String, @Nullable Object> reply = Shell.object(PLAY.grantAgave());
        Path folder = Files.createDirectories(home.resolve("python"));
        Path config = Files.writeString(folder.resolve("config.json"), """
                {
                    "current": {
                        "their_client": {
                            "tenantid": "sd2e",
                            "baseurl": "%s/agave/sd2e/",
                            "devurl": "",
                            "apisecret": "sandbox-agave-secret",
                            "apikey": "sandbox-agave-key",
                            "username": "demo",
                            "access_token": "%s",
                            "refresh_token": "%s",
                            "created_at": "1539708516",
                            "expires_in": 14400,
                            "expires_at": "Tue Oct 16 20:48:36 UTC 2018"
                        }
                    }
                }""".formatted(
                        PLAY.base(), reply.get("access_token"), reply.get("refresh_token")));
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r--r--"));
        String store = "agave:" + folder;

        shell.run("--store", store, "status").exits(0).prints("spent");
        String token = shell.run("--store", store, "token").exits(0).line();

        assertThat(token).isNotEqualTo(reply.get("access_token"));
        assertThat(Files.readString(config)).contains(token).doesNotContain("1539708516");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config)))
                .isEqualTo("rw-------");
        assertThat(PLAY.requests("agave", "token.refresh")).isEqualTo(1);
        shell.run("--store", store, "whoami").isQuiet().prints("demo");
        shell.with("TAPIS_CACHE_DIR", folder.toString());
        shell.run("sessions", "import", "--from", "agave", "-s", "py")
                .exits(0)
                .says("Session py is imported; it stays in " + config);
        assertThat(shell.run("token", "-s", "py").isQuiet().line()).isEqualTo(token);
        shell.run("sessions", "import", "--from", "agave", "-s", "mine", "--copy")
                .exits(2)
                .says("two owners of it would end the session");
        shell.run("sessions", "delete", "py").exits(0).says("What it had stays in");
        shell.run("sessions", "import", "--from", "agave", "--namespace", "x/y/z")
                .exits(4)
                .says("holds no session 'x/y/z'");
        shell.run("sessions", "import", "x.json", "--from", "agave").exits(2);

        String elsewhere = "json:" + home.resolve("elsewhere.json");
        shell.run("--store", store, "sessions", "copy", "sd2e/demo/their_client", "--to", elsewhere)
                .exits(0)
                .says("Agave's programs have its tokens no more");
        // Two owners of a refresh token that works once would end the session; the client stays for another login.
        assertThat(Files.readString(config) + Files.readString(folder.resolve("current")))
                .doesNotContain(token)
                .contains("sandbox-agave-secret");
        shell.run("--store", store, "token").exits(4).says("was moved to the storage " + elsewhere);
        shell.run("--store", elsewhere, "token", "--renew").isQuiet();
        shell.run("--store", store, "token", "-s", "sd2e/demo/their_client")
                .exits(4)
                .says(elsewhere);
    }

    @Test
    @DisplayName("agave Q30: a session that line C saved without a tenant is listed and renewed like any other")
    void a_session_without_a_tenant() throws IOException {
        Map<String, @Nullable Object> reply = Shell.object(PLAY.grantAgave());
        String record = """
                {"refresh_token": "%s", "expires_in": 3600, "expires_at": "Tue Oct 16 17:48:36 2018", \
                "created_at": 1539708516, "username": "demo", "client_name": null, "tenantid": null, \
                "apisecret": "sandbox-agave-secret", "apikey": "sandbox-agave-key", "baseurl": "%s/agave/sd2e", \
                "access_token": "%s"}""".formatted(reply.get("refresh_token"), PLAY.base(), reply.get("access_token"));
        String places = "\"null\": {\"demo\": {\"sandbox-agave-key\": " + record + "}}";
        Files.createDirectories(files);
        Files.writeString(files.resolve("config.json"), "{\"sessions\": {" + places + ", " + places + "}}");
        Files.writeString(files.resolve("current"), record);
        String name = PLAY.base().replace("/", "%2F") + "%2Fagave%2Fsd2e/demo/sandbox-agave-key";

        assertThat(shell.run("sessions", "list").exits(0).out()).contains(name).contains("spent");
        String token = shell.run("token").exits(0).line();

        assertThat(token).isNotEqualTo(reply.get("access_token"));
        assertThat(Files.readString(files.resolve("current"))).contains(token);
        assertThat(Files.readString(files.resolve("config.json")))
                .contains(token)
                .doesNotContain("1539708516");
        assertThat(shell.run("--store", "agave:", "token", "-s", name).isQuiet().line())
                .isEqualTo(token);
        shell.run("sessions", "use", name).exits(0);
        shell.run("whoami").isQuiet().prints("demo");
        shell.run("token", "--renew").isQuiet();
        shell.run("sessions", "verify").exits(0);
    }

    @Test
    @DisplayName("agave Q30: without a tenant's address a session ends with its token, and the next command is a login")
    void a_session_without_an_address() throws IOException {
        Map<String, @Nullable Object> reply = Shell.object(PLAY.grantAgave());
        Files.createDirectories(files);
        Files.writeString(
                files.resolve("current"), """
                {"refresh_token": "%s", "expires_in": 3600, "created_at": 1539708516, "username": "demo", \
                "client_name": "c", "tenantid": null, "apisecret": "s", "apikey": "k", "baseurl": null, \
                "access_token": "%s"}""".formatted(reply.get("refresh_token"), reply.get("access_token")));

        AgaveHand.outside(PLAY, shell);
        shell.run("--store", "agave:", "sessions", "list").exits(0).prints("/demo/c");
        shell.run("--store", "agave:", "token").exits(4).advises("evergrant --store agave: login agave");
        assertThat(PLAY.requests("agave", "token.refresh")).isZero();
    }

    @Test
    void a_refresh_token_that_works_once_is_not_given_away_unasked() {
        logIn("--tenant", "sd2e");

        Ran ran = shell.run("sessions", "export", OWN, "--format", "token-response");
        assertThat(ran.exits(0).line()).doesNotContain("refresh_token");
        assertThat(ran.err()).isNotEmpty();
        assertThat(shell.run("sessions", "export", OWN, "--format", "token-response", "--with-refresh-token")
                        .exits(0)
                        .line())
                .contains("refresh_token");
    }

    @Test
    void a_name_that_is_another_ones_or_fixed_leads_to_the_right_command() throws IOException {
        String[] who = {"--tenant", "sd2e", "--username", "demo"};
        shell.run(AgaveHand.with(who, "clients", "create", "c")).exits(0);
        logIn("-s", "sd2e/demo/c");
        // As line C files it: under the client's key, too.
        Map<String, @Nullable Object> root = Shell.object(Files.readString(files.resolve("config.json")));
        Map<String, @Nullable Object> record = Shell.object(Files.readString(files.resolve("current")));
        String key = String.valueOf(record.get("apikey"));
        String nameless = "\"" + key + "\": "
                + Files.readString(files.resolve("current")).replace("\"client_name\": \"c\", ", "");
        String config = Files.readString(files.resolve("config.json"));
        Files.writeString(files.resolve("config.json"), config.replace("\"demo\": {", "\"demo\": {" + nameless + ","));
        assertThat(root).containsKey("sessions");

        shell.run("token", "-s", "sd2e/demo/" + key, "--renew")
                .exits(2)
                .advises("evergrant token -s sd2e/demo/c --renew");
        shell.run("--store", "agave:", "sessions", "rename", "sd2e/demo/c", "trip")
                .exits(2)
                .advises("evergrant --store json:" + shell.store() + " sessions rename sd2e/demo/c trip");
        shell.run("--store", "json:" + shell.store(), "sessions", "rename", "sd2e/demo/c", "trip")
                .exits(0);
        shell.run("token", "-s", "trip").exits(0);
    }

    @Test
    void names_of_that_form_are_for_agave_and_sessions_are_called_as_they_are() {
        shell.runWith(PLAY.grantGroups(), "login", "globus", "-s", "a/b/c", "--token-response-stdin")
                .exits(2)
                .says("has the form of the names");
        shell.run("--store", "agave:", "login", "agave", "-s", "tour", "--tenant", "sd2e", "--username", "demo")
                .exits(2)
                .says("TENANT/USER/CLIENT");
        shell.run("login", "agave", "-s", "sd2e/other/c", "--username", "demo").exits(2);
        shell.run("login", "agave", "-s", "sd2e/demo/c", "--tenant", "sgci").exits(2);
        shell.runWith(PLAY.grantGroups(), "--store", "agave:", "login", "globus", "--token-response-stdin")
                .exits(2)
                .says("keeps sessions with Agave, and no others");
        assertThat(PLAY.requests("agave", "token.password")).isZero();
        assertThat(files.resolve("config.json")).doesNotExist();
    }

    @Test
    void two_names_of_one_session_end_together() {
        logIn("--tenant", "sd2e", "-s", "one");
        logIn("--tenant", "sd2e", "-s", "two");

        shell.run("logout", "--all").exits(0);

        assertThat(shell.run("sessions", "list").out())
                .contains("login-required")
                .doesNotContain("one ", "two ");
        shell.run("token", "-s", "two").exits(4);
    }

    @Test
    void a_client_is_not_created_over_that_of_another_server() throws IOException {
        String[] who = {"--tenant", "sd2e", "--username", "demo"};
        shell.run(AgaveHand.with(who, "clients", "create", "c")).exits(0);
        Path config = files.resolve("config.json");
        Files.writeString(
                config, Files.readString(config).replace(PLAY.base() + "/agave/sd2e", "https://api.sd2e.org"));
        Files.delete(files.resolve("current"));
        shell.run(AgaveHand.with(who, "clients", "delete", "c")).exits(0);

        shell.run(AgaveHand.with(who, "clients", "create", "c"))
                .exits(2)
                .says("is with another server", "nothing was sent");
        assertThat(PLAY.requests("agave", "clients.create")).isEqualTo(1);
    }
}
