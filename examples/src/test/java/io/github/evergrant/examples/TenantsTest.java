package io.github.evergrant.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.testing.ForkedJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a session begins with where no tenant is named: the table, the question, the tenant's address. */
final class TenantsTest {

    private static final String QUESTION = "Please specify the ID for the tenant you wish to interact with: ";

    @TempDir
    private Path home;

    private AgavePlay play;

    @BeforeEach
    void open() {
        play = new AgavePlay(home);
    }

    @AfterEach
    void close() {
        play.close();
    }

    private String row(String id, String name) {
        return "%-20s %-40s %-50s".formatted(id, name, play.base() + "/agave/" + id + "/");
    }

    @Test
    void whoever_sits_there_chooses_from_the_table() {
        try (AtTerminal terminal = play.atTerminal(Tenants.class)) {
            terminal.answer("\n" + QUESTION, "sd2e");
            assertThat(terminal.end())
                    .containsExactly(
                            "%-20s %-40s %-50s".formatted("ID", "NAME", "URL"),
                            row("3dem", "3dem Tenant"),
                            row("designsafe", "DesignSafe"),
                            row("sd2e", "SD2E Tenant"),
                            row("sgci", "Science Gateways Community Institute"),
                            row("tacc.prod", "TACC"),
                            "",
                            QUESTION + "sd2e",
                            play.tenant());
        }
    }

    @Test
    void an_id_that_there_is_none_of_is_said() throws Exception {
        try (ForkedJvm program = play.start(Tenants.class)) {
            program.say("SD2E");
            List<String> lines = Play.ending(program, 1);
            assertThat(lines).last().isEqualTo(QUESTION);
        }
        assertThat(Files.readString(home.resolve("said"))).contains("there is no tenant \"SD2E\"", "sd2e, sgci");
    }
}
