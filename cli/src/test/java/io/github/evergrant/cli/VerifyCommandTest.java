package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.storage.TokenStorages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found wrong with a store, and what to run. */
final class VerifyCommandTest {

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
        shell.run("token", "--renew").exits(0);
    }

    /** Having seen to it that nothing is changed, and nobody asked. */
    private Ran verify(String... more) {
        Map<String, String> before = snapshot();
        int requests = play.requests("token.refresh");
        Ran ran = shell.run(Shell.words(new String[] {"sessions", "verify"}, more));
        assertThat(snapshot()).isEqualTo(before);
        assertThat(play.requests("token.refresh")).isEqualTo(requests);
        return ran;
    }

    private Map<String, String> snapshot() {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(home)) {
            files.forEach(file -> all.put(file.toString(), state(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static String state(Path file) {
        try {
            // Never a lock file, nor SQLite's: to read and close it would drop the locks of this process.
            boolean content = Files.isRegularFile(file) && !file.toString().endsWith(".lock");
            return Files.getLastModifiedTime(file) + " " + Files.getPosixFilePermissions(file)
                    + (content ? HexFormat.of().formatHex(Files.readAllBytes(file)) : "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path journal() {
        try (Stream<Path> files = Files.list(store.resolveSibling("sessions.json.d"))) {
            return files.filter(file -> file.toString().endsWith(".journal"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_sound_store_is_said_to_be_sound() {
        verify().exits(0).printsNothing().says("All is well in json:" + store);
        verify("--all").exits(0);
        verify("-q").isQuiet();
        assertThat(verify("--json").isQuiet().json())
                .containsEntry("sound", true)
                .containsEntry("storage", "json:" + store)
                .containsEntry("findings", List.of());
        verify("-s", "tour").exits(0);
        verify("-s", "nobody").exits(4);
        verify("-s", "tour", "--all").exits(2);
    }

    @Test
    void a_store_that_is_not_there_yet_is_sound() {
        assertThat(shell.run("--store", "json:" + home.resolve("new/none.json"), "sessions", "verify")
                        .exits(0)
                        .err())
                .contains("All is well");
        assertThat(home.resolve("new")).doesNotExist();
    }

    @Test
    void a_damaged_store_is_named_with_what_to_run() throws Exception {
        Files.writeString(store, "{\"data\": ");

        Ran ran = verify().exits(6);

        assertThat(ran.out().lines().toList().get(0)).matches("SESSION +FINDING +RUN");
        ran.prints("\n-        store corrupt  mv " + store + " " + store + ".damaged-", "is damaged");
        Map<String, @Nullable Object> json = verify("--json").exits(6).json();
        assertThat(json).containsEntry("sound", false);
        assertThat(String.valueOf(json.get("findings"))).contains("code=store_corrupt", "run=mv ");
    }

    @Test
    void every_bad_entry_is_named_with_the_login_that_mends_it() throws Exception {
        Files.writeString(
                store,
                Files.readString(store)
                        .replace("\"data\": {", "\"data\": {\"odd\": {\"rs\": {\"scope\": 7}}, \"worse\": [], "));

        verify().exits(6)
                .prints(
                        "odd      token malformed  evergrant login globus -s odd",
                        "worse    token malformed  evergrant login globus -s worse",
                        "the tokens of \"rs\" cannot be read: resource_server is not a string");
        assertThat(verify("-s", "odd").exits(6).out()).doesNotContain("worse");
        verify("-s", "tour").exits(0);
    }

    @Test
    void a_bad_entry_among_good_ones_is_named_to_whoever_asks_for_it() throws Exception {
        Files.writeString(
                store,
                Files.readString(store).replace("\"tour\": {", "\"tour\": {\"bad\": {\"resource_server\": \"bad\"}, "));

        shell.run("token", "-s", "tour", "--resource-server", "bad").exits(6).says("\"bad\" cannot be read");
        shell.run("status", "-s", "tour").exits(0).prints("tour: cannot be read: ", "\"bad\"");
        assertThat(String.valueOf(
                        shell.run("status", "-s", "tour", "--json").json().get("unreadable")))
                .contains("\"bad\"");
        verify().exits(6).prints("tour     token malformed");
    }

    @Test
    void a_damaged_journal_is_named() throws Exception {
        Path journal = journal();
        Files.writeString(journal, "damaged");

        verify().exits(6).prints("journal corrupt  mv " + journal + " " + journal + ".damaged-");
    }

    @Test
    void damaged_configuration_is_named() throws Exception {
        TokenStorages.open("json:" + store).storeConfiguration("tour", "one", Map.of("k", "v"));
        Path configuration;
        try (Stream<Path> files = Files.list(store.resolveSibling("sessions.json.d"))) {
            configuration = files.filter(file -> file.toString().endsWith(".config.json"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.writeString(configuration, "{");

        verify().exits(6).prints("tour     configuration corrupt  mv " + configuration + " ");
    }

    @Test
    void files_that_others_can_read_are_named() throws Exception {
        Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rw-r--r--"));
        verify().exits(6).prints("store permissions  chmod 600 " + store);
        Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rw-------"));

        Path folder = store.resolveSibling("sessions.json.d");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        verify().exits(6).prints("store permissions  chmod 700 " + folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        verify().exits(0);
    }

    @Test
    void a_renewal_that_was_cut_short_is_settled_by_the_command_that_is_named() {
        play.breakRefresh("\"do\":\"drop-after\"");
        shell.run("token", "--renew", "--timeout", "5s");
        play.heal();
        shell.later(Duration.ofSeconds(40));

        String run = "evergrant token -s tour --renew --resource-server " + Play.GROUPS + " > /dev/null";
        verify().exits(6).prints("tour     in doubt  " + run, "was cut short ");
    }

    @Test
    void tokens_that_a_python_program_wrote_back_are_put_right_by_the_command_that_is_named() throws Exception {
        byte[] old = Files.readAllBytes(store);
        shell.run("token", "--renew").isQuiet();
        Files.write(store, old);

        verify().exits(6).prints("tour     store outdated  evergrant token -s tour --renew --resource-server ");

        shell.run("token", "-s", "tour", "--renew", "--resource-server", Play.GROUPS)
                .isQuiet();
        verify().exits(0);
    }

    @Test
    void a_session_that_the_store_has_lost_is_brought_back_by_the_command_that_is_named() throws Exception {
        Files.delete(store);

        verify().exits(6).prints("tour     session unlisted  evergrant token -s tour --renew --resource-server ");

        shell.run("token", "-s", "tour", "--renew", "--resource-server", Play.GROUPS)
                .isQuiet();
        verify().exits(0);
        shell.run("sessions", "list").isQuiet().prints("tour ");
    }

    @Test
    void a_damaged_list_of_sessions_elsewhere_is_named_and_hides_nothing() throws Exception {
        Path list = home.resolve("state/adopted.json");
        Files.writeString(list, "{\"sessions\": ");
        Files.setPosixFilePermissions(list, PosixFilePermissions.fromString("rw-------"));

        shell.run("token", "-s", "tour").exits(0).says("warning: ", list.toString());
        verify().exits(6).prints("-        state corrupt  mv " + list + " ");
    }

    @Test
    void a_name_that_two_sessions_have_is_named() {
        Path database = GlobusPrograms.database(home.resolve(".globus/cli/storage.db"));
        GlobusPrograms.keep(database, "userprofile/production", play.grantGroups(), shell.clock.instant());
        shell.run("sessions", "import", "--from", "globus-cli", "--client-id", Play.PUBLIC_CLIENT)
                .exits(0);
        String own = "json:" + store;
        shell.run("sessions", "rename", "globus-cli", "both").exits(0);
        TokenStorages.open(own)
                .replace("both", Map.of(), TokenStorages.open(own).read("tour"));

        verify().exits(6).prints("both     name taken twice  evergrant sessions rename both both-2");

        shell.run("sessions", "rename", "both", "both-2").exits(0);
        verify().exits(0);
        assertThat(shell.run("status", "-s", "both", "--json").json()).containsEntry("storage", own);
        shell.run("token", "-s", "both-2", "--renew").isQuiet();
    }

    @Test
    void a_database_is_looked_at_as_a_whole() {
        Path database = home.resolve("sessions.db");
        shell.run("sessions", "copy", "tour", "--to", "sqlite:" + database).exits(0);
        shell.with("EVERGRANT_STORE", "sqlite:" + database);
        shell.run("sessions", "verify").exits(0);

        GlobusPrograms.execute(database, "INSERT INTO token_storage VALUES ('odd', 'rs', '{}')");

        shell.run("sessions", "verify").exits(6).prints("odd      token malformed  evergrant login globus -s odd");
    }
}
