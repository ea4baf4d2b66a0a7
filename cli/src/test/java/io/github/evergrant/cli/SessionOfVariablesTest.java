package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agave's variables alone are a session, as for its own programs; nothing of it is written (sections 2.10 and 2.12). */
final class SessionOfVariablesTest {

    @AutoClose
    private static final Play PLAY = new Play();

    private static final String KEEPS =
            "printf %s \"$TAPIS_REFRESH_TOKEN\" | evergrant login agave --refresh-token-stdin && unset TAPIS_TOKEN";

    @TempDir
    private Path home;

    private Shell shell;
    private String token;
    private String refresh;

    @BeforeEach
    void open() {
        PLAY.reset();
        Map<String, @Nullable Object> reply = Shell.object(PLAY.grantAgave());
        token = String.valueOf(reply.get("access_token"));
        refresh = String.valueOf(reply.get("refresh_token"));
        shell = AgaveHand.outside(PLAY, AgaveHand.shell(PLAY, home))
                .with("TAPIS_BASE_URL", tenant())
                .with("TAPIS_TOKEN", token);
    }

    private static String tenant() {
        return PLAY.base() + "/agave/sd2e";
    }

    private void renewable() {
        shell.with("TAPIS_REFRESH_TOKEN", refresh)
                .with("TAPIS_API_KEY", "sandbox-agave-key")
                .with("TAPIS_API_SECRET", "sandbox-agave-secret");
    }

    private void assertNothingWritten() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void all_that_uses_a_session_works_with_the_variables_alone_and_nothing_is_written() throws IOException {
        String words = "Session TAPIS_TOKEN is from the environment: it is not saved, and cannot be renewed here.\n";

        Ran ran = shell.run("token").exits(0);
        assertThat(ran.line()).isEqualTo(token);
        assertThat(ran.err()).isEqualTo(words);
        assertThat(shell.run("token", "-q").isQuiet().line()).isEqualTo(token);
        assertThat(shell.run("-s", "TAPIS_TOKEN", "token", "--header", "-q")
                        .isQuiet()
                        .line())
                .isEqualTo("Authorization: Bearer " + token);
        assertThat(shell.run("status").exits(0).says(words).out())
                .containsPattern("TAPIS_TOKEN +agave \\(sandbox\\) http\\S+ +- +agave +fresh +not known");
        assertThat(shell.run("status", "--json", "-q").isQuiet().json())
                .containsEntry("storage", "environment:")
                .containsEntry("session", "TAPIS_TOKEN")
                .containsEntry("provider", "agave");
        assertThat(shell.run("whoami").exits(0).line()).isEqualTo("demo");
        shell.run("status", "--check").exits(0);
        shell.run("curl", tenant() + "/profiles/v2/me").exits(0).prints("\"username\":\"demo\"");
        shell.run("curl", PLAY.base() + "/agave/sgci/profiles/v2/me").exits(2).says("nothing was sent");
        assertThat(shell.run("env", "--format", "json").exits(0).json())
                .containsOnly(Map.entry("TAPIS_TOKEN", token), Map.entry("TAPIS_BASE_URL", tenant()));
        shell.run("exec", "--", "sh", "-c", "test \"$TAPIS_TOKEN\" = " + token + " && test -z \"$EVERGRANT_SESSION\"")
                .exits(0)
                .says(words);

        assertNothingWritten();
    }

    @Test
    void it_comes_before_what_is_saved_unless_another_session_or_a_store_is_named() {
        shell.variables.remove("TAPIS_TOKEN");
        shell.with("EVERGRANT_PASSWORD", "demo-password").with("EVERGRANT_SANDBOX", PLAY.base());
        shell.variables.remove("TAPIS_TENANTS_URL");
        shell.run("login", "agave", "--tenant", "sd2e", "--username", "demo").exits(0);
        String saved = shell.run("token").isQuiet().line();
        shell.with("TAPIS_TOKEN", token);

        assertThat(shell.run("token").exits(0).line()).isEqualTo(token);
        assertThat(shell.run("token", "-s", "sd2e/demo/DefaultApplication")
                        .isQuiet()
                        .line())
                .isEqualTo(saved);
        assertThat(shell.run("--store", "agave:", "token").isQuiet().line()).isEqualTo(saved);
        shell.run("sessions", "list").isQuiet().prints("sd2e/demo/DefaultApplication");
        assertThat(shell.run("status", "--all").isQuiet().out()).doesNotContain("TAPIS_TOKEN");
        shell.with("EVERGRANT_SESSION", "sd2e/demo/DefaultApplication");
        assertThat(shell.run("token").isQuiet().line()).isEqualTo(saved);
        shell.variables.remove("EVERGRANT_SESSION");
        // What is meant for others does not go to a sandbox, which writes down all that comes.
        shell.with("TAPIS_BASE_URL", "https://api.sd2e.org");
        assertThat(shell.run("token").isQuiet().line()).isEqualTo(saved);
        shell.with("TAPIS_BASE_URL", "");
        assertThat(shell.run("token").isQuiet().line()).isEqualTo(saved);
    }

    @Test
    void a_refresh_token_that_works_once_is_not_spent_where_its_successor_would_be_lost() throws IOException {
        renewable();
        PLAY.expire();

        shell.run("token", "--renew")
                .exits(4)
                .says("cannot be renewed here: its refresh token works once")
                .advises(KEEPS);
        shell.run("curl", "-f", tenant() + "/profiles/v2/me").exits(4).advises(KEEPS);
        shell.runWith(token, "token", "--rejected", "-").exits(4).advises(KEEPS);
        assertThat(PLAY.requests("agave", "token.refresh")).isZero();
        assertNothingWritten();

        // The command that is advised makes a saved session of it, which is renewed from then on.
        shell.with("TAPIS_USERNAME", "demo");
        shell.runWith(refresh, "login", "agave", "--refresh-token-stdin").exits(0);
        shell.variables.remove("TAPIS_TOKEN");
        shell.run("token", "--renew").isQuiet();
        assertThat(PLAY.requests("agave", "token.refresh")).isEqualTo(2);
    }

    @Test
    void a_token_alone_is_used_until_it_is_refused() {
        PLAY.expire();
        shell.run("curl", "-f", tenant() + "/profiles/v2/me")
                .exits(4)
                .advises("evergrant login agave && unset TAPIS_TOKEN");
    }

    @Test
    void an_actors_container_has_variables_of_its_own() {
        shell.with("TAPIS_TOKEN", "").with("_abaco_access_token", token).with("_abaco_api_server", tenant());

        Ran ran = shell.run("token").exits(0).says("Session _abaco_access_token is from the environment");

        assertThat(ran.line()).isEqualTo(token);
    }

    @Test
    void an_address_that_no_token_may_go_to_is_refused() {
        shell.with("TAPIS_BASE_URL", "http://api.example.org");
        shell.run("token").exits(2).says("plain HTTP", "TAPIS_BASE_URL");
        shell.with("TAPIS_BASE_URL", "nowhere at all");
        shell.run("token").exits(2).says("TAPIS_BASE_URL");
    }

    @Test
    @DisplayName("a name and a password in the variables are a login that is still to be made")
    void variables_of_a_login() {
        shell.with("TAPIS_TOKEN", "").with("TAPIS_USERNAME", "demo").with("TAPIS_PASSWORD", "demo-password");
        shell.run("token").exits(4).advises("evergrant login agave");

        shell.with("TAPIS_API_KEY", "sandbox-agave-key").with("TAPIS_API_SECRET", "sandbox-agave-secret");
        shell.run("login", "agave").exits(0);
        shell.run("token").isQuiet();
    }

    @Test
    void a_login_by_an_address_needs_no_list_of_tenants() {
        PLAY.answer("agave", "tenants", 404, "<html>gone</html>");
        shell.with("TAPIS_TOKEN", "").with("TAPIS_USERNAME", "demo").with("TAPIS_PASSWORD", "demo-password");
        shell.with("TAPIS_API_KEY", "sandbox-agave-key").with("TAPIS_API_SECRET", "sandbox-agave-secret");

        shell.run("login", "agave").exits(0).says("status 404", "is taken to be at " + tenant());

        shell.run("token").isQuiet();
        PLAY.answer("agave", "tenants", 404, "<html>gone</html>");
        shell.run("login", "agave", "--tenant", "sd2e").exits(5).says("status 404");
    }
}
