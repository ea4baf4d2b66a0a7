package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The prompts of Agave at a real terminal: the password is typed, and not seen. */
final class AgaveTerminalTest {

    private final Play play = new Play();

    @TempDir
    private Path home;

    @AfterEach
    void stop() {
        play.close();
    }

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
                    .contains("Signed in to Agave as demo. Session agave-sd2e is saved.")
                    .doesNotContain("demo-password");
        }
        shell.variables.remove("EVERGRANT_SANDBOX");
        Program.start(shell, "token", "--renew").end().isQuiet();
        assertThat(play.requests("agave", "token.refresh")).isEqualTo(1);
    }

    @Test
    void a_client_is_created_with_a_password_that_is_not_seen() {
        Shell shell = play.shell(home);
        try (Program create = Program.inTerminal(shell, "clients", "create", "c", "d", "--tenant", "sd2e")) {
            await(create, "API username: ");
            create.type("demo\n");
            await(create, "API password: ");
            create.type("demo-password\n");
            assertThat(create.end().exits(0).out())
                    .contains("Client c is created")
                    .doesNotContain("demo-password", "sandbox-secret-");
        }
        assertThat(play.requests("agave", "clients.create")).isEqualTo(1);
    }
}
