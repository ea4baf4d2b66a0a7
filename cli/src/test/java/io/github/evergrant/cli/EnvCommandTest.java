package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnvCommandTest {

    @AutoClose
    private final Play play = new Play();

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void log_in() {
        shell = play.shell(home);
        shell.logIn("tour", play.grantGroups());
    }

    @Test
    void prints_the_providers_own_variable_and_the_session() {
        String token = shell.run("token").line();

        assertThat(shell.run("env").isQuiet().out())
                .isEqualTo("export GLOBUS_ACCESS_TOKEN='" + token + "'\nexport EVERGRANT_SESSION='tour'\n");
        assertThat(shell.run("env", "--format", "dotenv").isQuiet().out())
                .isEqualTo("GLOBUS_ACCESS_TOKEN=" + token + "\nEVERGRANT_SESSION=tour\n");
    }

    @Test
    void json_is_an_object_of_the_variables() {
        String token = shell.run("token").line();

        Map<String, @Nullable Object> json =
                shell.run("env", "--format", "json").isQuiet().json();

        assertThat(json).isEqualTo(Map.of("GLOBUS_ACCESS_TOKEN", token, "EVERGRANT_SESSION", "tour"));
        assertThat(shell.run("env", "--json").json()).isEqualTo(json);
        shell.run("env", "--json", "--format", "sh").exits(2);
    }

    @Test
    void a_variable_can_be_named_and_must_be_a_name() {
        Ran ran = shell.run("env", "--variable", "API_TOKEN").isQuiet();

        assertThat(ran.out()).startsWith("export API_TOKEN='").doesNotContain("GLOBUS_ACCESS_TOKEN");
        shell.run("env", "--variable", "A B").exits(2).printsNothing();
        shell.run("env", "--variable", "A;id").exits(2).printsNothing();
        shell.run("env", "--variable", "9A").exits(2).printsNothing();
    }

    @Test
    void a_spent_token_is_renewed_first() {
        String spent = shell.run("token").line();
        shell.later(Duration.ofSeconds(850));

        assertThat(shell.run("env").isQuiet().out()).doesNotContain(spent);
        assertThat(play.requests("token.refresh")).isEqualTo(1);
    }

    @Test
    void a_session_name_is_quoted_like_any_value() {
        shell.run("sessions", "rename", "tour", "it's $(id)").exits(0);

        assertThat(shell.run("env").isQuiet().out()).endsWith("export EVERGRANT_SESSION='it'\\''s $(id)'\n");
        shell.run("sessions", "rename", "it's $(id)", "100%").exits(0);
        shell.run("env", "--format", "cmd").exits(2).printsNothing().says("cmd cannot quote");
    }
}
