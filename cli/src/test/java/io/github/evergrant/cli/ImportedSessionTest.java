package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What becomes of the logins of other programs that are known here. */
final class ImportedSessionTest extends ImportedCase {

    @Test
    void a_copy_is_ours_and_leaves_the_other_program_s_file_alone() throws Exception {
        Path database = globusCli("userprofile/production");
        byte[] before = Files.readAllBytes(database);
        String other = "json:" + home.resolve("other.json");

        Ran ran = shell.run("-q", "--store", other, "sessions", "import", "--from", "globus-cli", "--copy", "--json")
                .exits(0);

        assertThat(ran.errorJson("warning")).containsEntry("code", "shared_refresh_token");
        assertThat(ran.json()).containsEntry("session", "globus-cli").containsEntry("storage", other);
        shell.run("--store", other, "token", "-s", "globus-cli", "--renew").isQuiet();
        assertThat(Files.readAllBytes(database)).isEqualTo(before);
        try (Stream<Path> beside = Files.list(database.getParent())) {
            assertThat(beside).containsExactly(database);
        }
        shell.run("--store", other, "sessions", "import", "--from", "globus-cli", "--copy")
                .exits(2)
                .says("there is a session 'globus-cli' in " + other + " already")
                .advises("evergrant --store " + other + " sessions import --from globus-cli --copy -s globus-cli-2");
        shell.run("token", "-s", "globus-cli").exits(4);
    }

    @Test
    void what_rotates_is_not_copied() {
        globusCli("userprofile/production");
        imported();
        shell.run("token", "--renew").isQuiet();

        shell.run("sessions", "import", "--from", "globus-cli", "--copy", "-s", "twin")
                .exits(2)
                .says("used once")
                .advises("evergrant sessions import --from globus-cli -s twin");
    }

    @Test
    void another_name_is_another_name_here() {
        Path database = globusCli("userprofile/production");
        imported();
        shell.run("sessions", "use", "globus-cli").exits(0);

        shell.run("sessions", "rename", "globus-cli", "work").exits(0);

        shell.run("token", "-s", "globus-cli").exits(4).advises("evergrant token -s work");
        shell.run("token", "--renew").isQuiet();
        assertThat(shell.run("status", "--json").json()).containsEntry("storage", "sqlite:" + database);
    }

    @Test
    void to_delete_it_is_to_forget_it_and_its_program_keeps_it() {
        Path database = globusCli("userprofile/production");
        imported();
        String token = shell.run("token", "--renew").isQuiet().line();

        shell.run("sessions", "delete", "globus-cli")
                .exits(0)
                .says("Session globus-cli is forgotten here. What it had stays in sqlite:" + database);

        shell.run("token", "-s", "globus-cli").exits(4).advises("evergrant login globus -s globus-cli");
        shell.run("sessions", "list").says("There are no sessions");
        assertThat(play.requests("revoke")).isZero();
        imported();
        assertThat(shell.run("token").isQuiet().line()).isEqualTo(token);
    }

    @Test
    void to_log_it_out_is_to_log_its_program_out() {
        globusCli("userprofile/production");
        imported();

        shell.run("logout", "-s", "globus-cli").exits(0).says("Session globus-cli is gone.");

        assertThat(play.requests("revoke")).isEqualTo(2);
        shell.run("sessions", "list").says("There are no sessions");
        shell.run("sessions", "import", "--from", "globus-cli").exits(4).says("holds no tokens");
    }

    @Test
    void a_login_that_its_program_has_ended_is_said_to_be_gone_and_comes_back_with_it() {
        Path database = globusCli("userprofile/production");
        imported();
        GlobusPrograms.execute(database, "DELETE FROM token_storage");

        shell.run("token", "-s", "globus-cli")
                .exits(4)
                .says("nothing of it is there any more")
                .advises("evergrant sessions delete globus-cli");
        shell.run("sessions", "verify").exits(6).prints("adopted gone", "evergrant sessions delete globus-cli");

        globusCli("userprofile/production");
        shell.run("token", "-s", "globus-cli", "--renew").isQuiet();
    }

    @Test
    void one_store_that_is_damaged_does_not_hide_the_others() throws Exception {
        shell.logIn("tour", play.grantGroups());
        Path database = globusCli("userprofile/production");
        imported();
        Files.writeString(database, "not a database at all, and longer than its header would be: ".repeat(20));

        shell.run("token", "-s", "tour").isQuiet();
        shell.run("sessions", "list").exits(0).prints("\ntour ").says("warning: ", database.toString());
        shell.run("token", "-s", "globus-cli")
                .exits(6)
                .says(database.toString())
                .advises("ls -l " + database);
        shell.run("sessions", "verify").exits(6).prints("globus-cli  store format unknown  ls -l " + database);
        shell.run("sessions", "delete", "globus-cli").exits(0).says("it is forgotten all the same");
        shell.run("sessions", "verify").exits(0);
    }

    @Test
    void it_can_move_to_our_own_store_and_stays_with_its_program() throws Exception {
        Path database = globusCli("userprofile/production");
        imported();
        String own = "json:" + shell.store();
        byte[] before = Files.readAllBytes(database);

        shell.run("sessions", "copy", "globus-cli", "--to", own)
                .exits(0)
                .says(
                        "Session globus-cli is now in " + own,
                        "What its own program has of it stays in sqlite:" + database,
                        "warning: both have the same refresh token now");

        assertThat(Files.readAllBytes(database)).isEqualTo(before);

        shell.run("token", "-s", "globus-cli", "--renew").isQuiet();
        assertThat(shell.run("status", "--json").json()).containsEntry("storage", own);
        shell.run("--store", "sqlite:" + database, "token", "-s", "userprofile/production")
                .exits(4)
                .says("where it is 'globus-cli'")
                .advises("evergrant --store " + own + " token -s globus-cli");
        shell.run("--store", "sqlite:" + database, "sessions", "show", "userprofile/production")
                .exits(4)
                .advises("evergrant --store " + own + " sessions show globus-cli");
        shell.run("--store", "sqlite:" + database, "sessions", "list").says("There are no sessions");
    }

    @Test
    void what_rotates_is_not_taken_from_its_program() throws Exception {
        Path database = globusCli("userprofile/production");
        imported();
        shell.run("token", "--renew").exits(0);
        byte[] before = Files.readAllBytes(database);

        shell.run("sessions", "copy", "globus-cli", "--to", "json:" + shell.store())
                .exits(2)
                .says("is used once, and another program has it")
                .advises("evergrant login globus -s globus-cli-2");

        assertThat(Files.readAllBytes(database)).isEqualTo(before);
        shell.run("token", "--renew").exits(0);
    }

    @Test
    void its_files_beside_the_store_are_private() throws Exception {
        globusCli("userprofile/production");
        imported();

        Path list = home.resolve("state/adopted.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(list)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(list)).doesNotContain("sandbox-");
    }
}
