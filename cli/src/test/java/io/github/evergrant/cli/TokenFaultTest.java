package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the provider does to a renewal, a token that is still good is printed, and no session is lost. */
final class TokenFaultTest {

    @AutoClose
    private final Play play = new Play();

    @TempDir
    private Path home;

    private Shell shell;
    private String token = "";

    @BeforeEach
    void log_in() {
        shell = play.shell(home);
        shell.logIn("tour", play.grantGroups());
        token = shell.run("token").line();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"do\":\"status\",\"status\":503",
                "\"do\":\"status\",\"status\":500,\"body\":\"<html>oops</html>\"",
                "\"do\":\"status\",\"status\":429,\"headers\":{\"Retry-After\":\"20\"}",
                "\"do\":\"garbage\"",
                "\"do\":\"truncate\"",
                "\"do\":\"drop\"",
                "\"do\":\"wrong-content-type\""
            })
    void trouble_on_the_way_never_ends_a_session(String fault) {
        play.breakRefresh(fault);
        shell.later(Duration.ofSeconds(800));

        Ran early = shell.run("token", "--timeout", "1s", "--min-valid", "5m").exits(0);
        assertThat(early.line()).isEqualTo(token);
        early.says("evergrant: warning: ", "the stored token is still valid until ");
        assertThat(early.err().lines()).hasSize(1);

        shell.later(Duration.ofSeconds(50));
        Ran spent = shell.run("token", "--timeout", "1s").exits(0).says("still valid until ");
        assertThat(spent.line()).isEqualTo(token);

        shell.later(Duration.ofSeconds(100));
        shell.run("token", "--timeout", "1s")
                .exits(7)
                .printsNothing()
                .says("session 'tour' cannot be renewed now")
                .advises("evergrant token --timeout 1s -s tour");

        play.heal();
        shell.later(Duration.ofSeconds(60));
        assertThat(shell.run("token").isQuiet().line()).isNotEqualTo(token);
        assertThat(shell.run("status", "--json").json()).containsEntry("state", "fresh");
    }

    @Test
    void the_end_of_a_cool_down_is_told() {
        play.breakRefresh("\"do\":\"status\",\"status\":429,\"headers\":{\"Retry-After\":\"3600\"}");
        shell.later(Duration.ofSeconds(1000));

        Ran ran = shell.run("token", "--json", "--timeout", "1s").exits(7);

        assertThat(shell.run("token", "--timeout", "1s").exits(7).err())
                .containsPattern("\n  try again in \\d+ min\n")
                .doesNotContainPattern("\\d{4}-\\d\\d-\\d\\dT");
        assertThat(ran.errorJson("error")).containsKey("retry_at").containsEntry("session", "tour");
        assertThat(shell.run("status", "--json").json())
                .containsEntry("state", "cooling")
                .satisfies(json -> assertThat(json.get("cooling_until")).isNotNull())
                .satisfies(json -> assertThat(json.get("last_error")).isNotNull());
    }

    @Test
    @DisplayName("84, W16: a dead refresh token is a login that is needed, and status says so")
    void a_refused_refresh_token_needs_a_login() {
        play.breakRefresh("\"do\":\"status\",\"status\":400,\"body\":{\"error\":\"invalid_grant\"}");
        shell.later(Duration.ofSeconds(1000));

        shell.run("token", "--timeout", "3s").exits(4).printsNothing().advises("evergrant login globus -s tour");
        assertThat(shell.run("status", "--json").json()).containsEntry("state", "login-required");
    }

    @Test
    void a_refused_client_is_the_providers_no() {
        play.breakRefresh("\"do\":\"status\",\"status\":401,\"body\":{\"error\":\"invalid_client\"}");
        shell.later(Duration.ofSeconds(1000));

        shell.run("token", "--timeout", "2s").exits(5).printsNothing().says("refused to renew session 'tour'");
    }

    @Test
    void a_warning_is_json_when_json_was_asked_for() {
        play.breakRefresh("\"do\":\"status\",\"status\":503");
        shell.later(Duration.ofSeconds(850));

        Ran ran = shell.run("token", "--json", "--timeout", "1s").exits(0);

        assertThat(ran.json()).containsEntry("access_token", token).containsEntry("refreshed", false);
        assertThat(ran.errorJson("warning")).containsKeys("code", "message");
    }
}
