package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GroupsCommandTest {

    @AutoClose
    private final Play play = new Play();

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void log_in() {
        shell = play.shell(home);
        shell.logIn("tour", play.grant());
    }

    @Test
    void lists_the_groups_of_the_account() {
        assertThat(shell.run("groups").isQuiet().out()).isEqualTo("""
                        ID                                    NAME        TYPE     SESSION ENFORCEMENT  ROLES
                        d3974728-6458-11e4-b72d-123139141556  Demo Group  regular  not strict           admin
                        """);
    }

    @Test
    void json_has_the_same() {
        assertThat(shell.run("groups", "--json").isQuiet().out())
                .isEqualTo("{\"schema\":1,\"session\":\"tour\",\"groups\":[{\"id\":"
                        + "\"d3974728-6458-11e4-b72d-123139141556\",\"name\":\"Demo Group\",\"type\":\"regular\","
                        + "\"enforce_session\":false,\"roles\":[\"admin\"]}]}\n");
    }

    @Test
    void a_spent_token_is_renewed_and_a_refused_one_too_each_once() {
        shell.later(Duration.ofSeconds(850));
        shell.run("groups").isQuiet().prints("Demo Group");
        assertThat(play.requests("token.refresh")).isEqualTo(1);

        play.expire();
        shell.run("groups").isQuiet().prints("Demo Group");

        assertThat(play.requests("token.refresh")).isEqualTo(2);
        assertThat(play.requests("groups.my_groups")).isEqualTo(3);
    }

    @Test
    void a_sandbox_session_goes_to_its_sandbox_without_the_variable() {
        shell.variables.remove("EVERGRANT_SANDBOX");

        shell.run("groups").isQuiet().prints("Demo Group");
    }

    @Test
    void a_token_that_is_not_for_it_is_refused_with_the_login_that_asks_for_the_scope() {
        shell.logIn("narrow", play.grantScope("urn:globus:auth:scope:groups.api.globus.org:all"));

        shell.run("-s", "narrow", "groups")
                .exits(5)
                .advises("evergrant login globus -s narrow --scope " + Play.GROUPS_SCOPE);
        shell.terminal.types(shown -> play.allow(shown, "demo"));
        shell.run("login", "globus", "-s", "narrow", "--scope", Play.GROUPS_SCOPE)
                .exits(0);
        shell.run("-s", "narrow", "groups").isQuiet().prints("Demo Group");
    }

    @Test
    void trouble_has_the_code_of_trouble() {
        play.breakAll("groups.my_groups", "\"do\":\"status\",\"status\":503");
        shell.run("groups").exits(7).printsNothing();
        play.breakAll("groups.my_groups", "\"do\":\"status\",\"status\":403");
        shell.run("groups").exits(5).printsNothing();
    }
}
