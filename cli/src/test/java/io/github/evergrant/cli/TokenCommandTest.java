package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokenCommandTest {

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
    void prints_the_token_and_a_newline_and_nothing_else() {
        Ran ran = shell.run("token", "-s", "tour").isQuiet();

        assertThat(ran.out()).matches("sandbox-at-[A-Za-z0-9_-]+\n");
    }

    @Test
    void the_session_can_be_named_before_the_command_after_it_or_by_a_variable() {
        String token = shell.run("token").isQuiet().out();

        assertThat(shell.run("-s", "tour", "token").isQuiet().out()).isEqualTo(token);
        assertThat(shell.run("token", "--session", "tour").isQuiet().out()).isEqualTo(token);
        assertThat(shell.run("token", "--session=tour").isQuiet().out()).isEqualTo(token);
        assertThat(shell.with("EVERGRANT_SESSION", "tour")
                        .run("token")
                        .isQuiet()
                        .out())
                .isEqualTo(token);
        shell.run("token", "-s", "other").exits(4);
    }

    @Test
    void json_says_what_a_script_needs_to_know() {
        Map<String, @Nullable Object> json =
                shell.run("--json", "token").isQuiet().json();

        assertThat(json.keySet())
                .containsExactly(
                        "schema",
                        "session",
                        "resource_server",
                        "access_token",
                        "token_type",
                        "expires_at",
                        "expires_in",
                        "scope",
                        "refreshed");
        assertThat(json)
                .containsEntry("schema", 1L)
                .containsEntry("session", "tour")
                .containsEntry("resource_server", Play.GROUPS)
                .containsEntry("token_type", "Bearer")
                .containsEntry("scope", List.of(Play.GROUPS_SCOPE))
                .containsEntry("refreshed", false);
        assertThat((Long) json.get("expires_in")).isBetween(800L, 900L);
        assertThat((String) json.get("expires_at")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    }

    @Test
    void a_whole_header_on_request() {
        String token = shell.run("token").line();

        assertThat(shell.run("token", "--header").isQuiet().out()).isEqualTo("Authorization: Bearer " + token + "\n");
        shell.run("token", "--header", "--json").exits(2);
    }

    @Test
    void a_fresh_and_an_aging_token_are_printed_and_nothing_is_sent() {
        String token = shell.run("token").isQuiet().line();
        shell.later(Duration.ofSeconds(835));

        assertThat(shell.run("token").isQuiet().line()).isEqualTo(token);
        assertThat(shell.run("status", "--json").json()).containsEntry("state", "aging");
        assertThat(play.requests("token.refresh")).isZero();
    }

    @Test
    void a_spent_token_is_renewed_first() {
        String token = shell.run("token").line();
        shell.later(Duration.ofSeconds(850));

        Map<String, @Nullable Object> json =
                shell.run("token", "--json").isQuiet().json();

        assertThat(json).containsEntry("refreshed", true);
        assertThat(json.get("access_token")).isNotEqualTo(token);
        assertThat(shell.run("token").isQuiet().line()).isEqualTo(json.get("access_token"));
        assertThat(play.requests("token.refresh")).isEqualTo(1);
    }

    @Test
    void min_valid_renews_a_token_that_ends_too_early() {
        String token = shell.run("token").line();
        shell.later(Duration.ofSeconds(700));

        assertThat(shell.run("token", "--min-valid", "60s").isQuiet().line()).isEqualTo(token);
        assertThat(shell.run("token", "--min-valid", "5m").isQuiet().line()).isNotEqualTo(token);
        assertThat(play.requests("token.refresh")).isEqualTo(1);
    }

    @Test
    void min_valid_beyond_a_whole_life_renews_once_and_warns() {
        shell.later(Duration.ofSeconds(700));

        shell.run("token", "--min-valid", "10h")
                .exits(0)
                .says("warning: the token ends in 14 min", "it is not renewed again");

        assertThat(play.requests("token.refresh")).isEqualTo(1);
        shell.run("token", "--min-valid", "10h").exits(0).says("warning: the token ends");
        assertThat(play.requests("token.refresh")).isEqualTo(1);
    }

    @Test
    void renew_renews_even_when_it_is_not_due() {
        String token = shell.run("token").line();

        assertThat(shell.run("token", "--renew").isQuiet().line()).isNotEqualTo(token);
    }

    @Test
    void a_rejected_token_is_renewed_only_while_it_is_the_stored_one() {
        String first = shell.run("token").line();

        String second = shell.runWith(first + "\n", "token", "--rejected", "-")
                .isQuiet()
                .line();
        String again = shell.runWith(first + "\n", "token", "--rejected", "-")
                .isQuiet()
                .line();

        assertThat(second).isNotEqualTo(first);
        assertThat(again).isEqualTo(second);
        assertThat(play.requests("token.refresh")).isEqualTo(1);
    }

    @Test
    void the_rejected_token_is_never_an_argument() {
        String token = shell.run("token").line();

        shell.run("token", "--rejected", token).exits(2).says("standard input").advises("evergrant token --help");
        shell.run("token", "--rejected", "-").exits(2).says("it is empty");
    }

    @Test
    void of_several_resource_servers_one_must_be_named() {
        shell.logIn("all", play.grant());

        shell.run("token", "-s", "all")
                .exits(2)
                .says("auth.globus.org, transfer.api.globus.org, groups.api.globus.org")
                .advises("evergrant token -s all --resource-server auth.globus.org");
        shell.run("token", "-s", "all", "--resource-server", Play.GROUPS)
                .isQuiet()
                .prints("sandbox-at-");
        shell.run("token", "-s", "all", "--resource-server", "nowhere")
                .exits(4)
                .says("no token for 'nowhere'")
                .advises("evergrant login globus -s all --scope SCOPE");
        shell.run("exec", "-s", "all", "--", "echo", "a b")
                .exits(2)
                .advises("evergrant exec --resource-server auth.globus.org -s all -- echo 'a b'");
        shell.with("EVERGRANT_SESSION", "all")
                .run("exec", "--", "ps", "-s", "x")
                .exits(2)
                .advises("evergrant -s all exec --resource-server auth.globus.org -- ps -s x");
        shell.variables.remove("EVERGRANT_SESSION");
    }

    @Test
    void without_a_choice_of_session_the_list_is_given() {
        shell.logIn("second", play.grantGroups());

        shell.run("token").exits(2).says("tour, second").advises("evergrant token -s tour");
        shell.run("sessions", "use", "second").exits(0);
        assertThat(shell.run("token", "--json").json()).containsEntry("session", "second");
    }

    @Test
    void a_stored_token_with_a_line_break_is_not_printed() throws Exception {
        String document = java.nio.file.Files.readString(shell.store());
        Path foreign = home.resolve("foreign.json");
        java.nio.file.Files.writeString(
                foreign, document.replaceAll("sandbox-at-[A-Za-z0-9_-]+", "evil\\\\n\\\\u001b[31mred"));
        java.nio.file.Files.setPosixFilePermissions(
                foreign, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        shell.variables.remove("EVERGRANT_SANDBOX");

        Ran ran = shell.run("--store", "json:" + foreign, "token", "-s", "tour");

        ran.exits(6).printsNothing().says("holds characters that no token has");
        assertThat(ran.err()).doesNotContain("\u001b", "evil");
    }
}
