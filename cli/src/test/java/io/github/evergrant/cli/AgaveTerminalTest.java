package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The prompts of Agave at a real terminal: the password is typed, and not seen. */
final class AgaveTerminalTest {

    @AutoClose
    private final Play play = new Play();

    @TempDir
    private Path home;

    private static void await(Program program, String prompt) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> program.saidSoFar().endsWith(prompt));
    }

    @Test
    @DisplayName("agave 1: the table, the prompts, and a password that is not seen")
    void the_table_the_prompts_and_a_password_that_is_not_seen() {
        Shell shell = play.shell(home);
        try (Program login = Program.inTerminal(shell, "login", "agave")) {
            await(login, "\nPlease specify the ID for the tenant you wish to interact with: ");
            assertThat(login.saidSoFar().replace("\r", ""))
                    .isEqualTo(shell.run("tenants").out()
                            + "\nPlease specify the ID for the tenant you wish to interact with: ");
            login.type("sd2e\n");
            await(login, "API username: ");
            login.type("demo\n");
            await(login, "API password: ");
            login.type("demo-password\n");
            assertThat(login.end().exits(0).out())
                    .contains("Signed in to Agave as demo. Session sd2e/demo/DefaultApplication is saved.")
                    .doesNotContain("demo-password");
        }
        shell.variables.remove("EVERGRANT_SANDBOX");
        Program.start(shell, "token", "--renew").end().isQuiet();
        assertThat(play.requests("agave", "token.refresh")).isEqualTo(1);
    }

    /** What a person at a terminal sees who is asked for their password, and for their name if the program asks. */
    private String asked(Shell shell, boolean name, String... words) {
        try (Program program = Program.inTerminal(shell, words)) {
            if (name) {
                await(program, "API username: ");
                program.type("demo\n");
            }
            await(program, "API password: ");
            program.type("demo-password\n");
            return program.end().exits(0).out().replace("\r", "");
        }
    }

    @Test
    void a_client_from_its_creation_to_its_end() {
        Shell shell = play.shell(home);

        String made = asked(shell, true, "clients", "create", "c", "for a test", "--tenant", "sd2e");
        assertThat(made)
                .startsWith("API username: demo\nAPI password: \n")
                .contains(
                        "NAME  KEY\nc     sandbox-key-", "Client c is created", "evergrant login agave -s sd2e/demo/c")
                .doesNotContain("demo-password", "sandbox-secret-");
        assertThat(asked(shell, true, "login", "agave", "--tenant", "sd2e"))
                .contains("Signed in to Agave as demo. Session sd2e/demo/c is saved.")
                .doesNotContain("demo-password");
        assertThat(asked(shell, false, "clients", "list", "-s", "sd2e/demo/c"))
                .startsWith("API password: \nNAME                           DESCRIPTION  ")
                .contains("\nc                              for a test  ");
        assertThat(asked(shell, false, "clients", "subscribe", "PublicKeys", "v2", "admin"))
                .contains("Client c may use PublicKeys v2 of admin.");
        assertThat(asked(shell, false, "clients", "subscriptions"))
                .contains("\nNAME             VERSION  PROVIDER            \nApps                v2    admin  ")
                .endsWith("\nPublicKeys          v2    admin               \n");

        shell.variables.remove("EVERGRANT_SANDBOX");
        String token = Program.start(shell, "token").end().isQuiet().line();
        assertThat(Program.start(shell, "token", "-s", "sd2e/demo/c")
                        .end()
                        .isQuiet()
                        .line())
                .isEqualTo(token);
        assertThat(asked(shell, false, "clients", "delete")).contains("Client c is deleted at sd2e");
        Program.start(shell, "status").end().exits(0).prints("login-required: client deleted");
        Program.start(shell, "token", "--renew").end().exits(4).says("the client of session 'sd2e/demo/c' was deleted");
        Program.start(shell, "status").end().exits(0).prints("login-required: client deleted");
        assertThat(play.requests("agave", "clients.create")).isEqualTo(1);
        assertThat(play.requests("agave", "token.password")).isEqualTo(1);
    }
}
