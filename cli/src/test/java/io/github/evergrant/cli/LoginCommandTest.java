package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoginCommandTest {

    private static final Pattern REFRESH = Pattern.compile("\"refresh_token\":\"([^\"]+)\"");

    @AutoClose
    private static final Play PLAY = new Play();

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void open() {
        PLAY.reset();
        shell = PLAY.shell(home);
    }

    @Test
    void a_token_reply_is_kept_as_it_is_without_a_request() {
        shell.runWith(PLAY.grant(), "login", "globus", "--token-response-stdin")
                .exits(0)
                .printsNothing()
                .says("Signed in to Globus as demo@example.org. Session globus is saved.\n");

        assertThat(PLAY.log()).contains("\"requests\":[]");
        assertThat(shell.run("status", "--json").json()).containsEntry("session", "globus");
    }

    @Test
    void a_text_that_is_no_token_reply_is_refused() {
        shell.runWith("{\"error\":\"nope\"}", "login", "globus", "--token-response-stdin")
                .exits(2)
                .says("no token reply");
        shell.run("sessions", "list").printsNothing().says("There are no sessions");
    }

    @Test
    void a_refresh_token_is_used_at_once() {
        shell.runWith(refreshToken() + "\n", "login", "globus", "-s", "tour", "--refresh-token-stdin")
                .exits(0)
                .printsNothing()
                .says("Session tour is saved.");

        assertThat(PLAY.requests("token.refresh")).isEqualTo(1);
        shell.run("token").isQuiet();
    }

    @Test
    void a_refresh_token_comes_from_a_variable_or_the_file_it_names() throws IOException {
        shell.with("EVERGRANT_REFRESH_TOKEN", refreshToken())
                .run("login", "globus", "-s", "one")
                .exits(0);
        shell.variables.remove("EVERGRANT_REFRESH_TOKEN");
        Path file = Files.writeString(home.resolve("refresh"), refreshToken() + "\n");
        shell.with("EVERGRANT_REFRESH_TOKEN_FILE", file.toString())
                .run("login", "globus", "-s", "two")
                .exits(0);

        assertThat(PLAY.requests("token.refresh")).isEqualTo(2);
    }

    @Test
    void a_refused_refresh_token_is_the_providers_no_and_nothing_is_saved() {
        shell.runWith("sandbox-rt-none", "login", "globus", "-s", "tour", "--refresh-token-stdin")
                .exits(5)
                .says("Globus said no: invalid_grant")
                .advises("evergrant login globus -s tour --refresh-token-stdin");
        shell.run("token", "-s", "tour").exits(4);
    }

    @Test
    void a_machine_logs_in_by_its_own_credentials() throws IOException {
        Path file = Files.writeString(home.resolve("secret.txt"), Play.CONFIDENTIAL_SECRET + "\n");
        String[] byFile = {
            "login", "globus", "-s", "machine", "--client-credentials", "--client-id", Play.CONFIDENTIAL_CLIENT
        };

        shell.run(Shell.words(byFile, "--client-secret-file", file.toString())).exits(0);
        shell.runWith(Play.CONFIDENTIAL_SECRET, Shell.words(byFile, "--client-secret-stdin"))
                .exits(0);
        shell.run(Shell.words(byFile, "--client-secret-command", "cat secret.txt"))
                .exits(0);
        shell.with("EVERGRANT_CLIENT_SECRET", Play.CONFIDENTIAL_SECRET)
                .run(byFile)
                .exits(0)
                .says("Signed in to Globus as " + Play.CONFIDENTIAL_CLIENT + "@clients.auth.globus.org.");
        assertThat(PLAY.requests("token.client_credentials")).isEqualTo(4);
    }

    @Test
    void a_wrong_client_secret_is_the_providers_no() {
        shell.runWith(
                        "wrong",
                        "login",
                        "globus",
                        "--client-credentials",
                        "--client-id",
                        Play.CONFIDENTIAL_CLIENT,
                        "--client-secret-stdin")
                .exits(5)
                .says("invalid_client", "check the client id and the client secret");
    }

    @Test
    void the_sandbox_needs_no_flags_for_a_machine_either() {
        shell.run("login", "globus", "--client-credentials").exits(0);
    }

    @Test
    @DisplayName("66: a person pastes the code, which is trimmed")
    void a_person_pastes_the_code() {
        shell.terminal.types(shown -> "  " + PLAY.allow(shown, "demo") + "  ");

        shell.run("login", "globus", "-s", "tour")
                .exits(0)
                .printsNothing()
                .says("Signed in to Globus as demo@example.org. Session tour is saved.\n");

        assertThat(shell.terminal.shown())
                .containsPattern("(?m)^" + Pattern.quote(PLAY.base()) + "/globus/auth/v2/oauth2/authorize\\?\\S+$")
                .endsWith("Code: ");
        assertThat(shell.run("whoami").isQuiet().out()).isEqualTo("demo@example.org\n");
    }

    @Test
    void a_person_pastes_the_whole_address() {
        shell.terminal.types(shown -> PLAY.decide(shown, "demo", "allow"));

        shell.run("login", "globus", "--paste").exits(0).says("as demo@example.org");
    }

    @Test
    void who_mistypes_is_asked_again() {
        shell.terminal.types(shown -> "two words");
        shell.terminal.types(shown -> PLAY.allow(shown, "demo"));

        shell.run("login", "globus").exits(0);

        assertThat(shell.terminal.shown()).contains("That did not work: ");
    }

    @Test
    void who_denies_has_not_logged_in() {
        shell.terminal.types(shown -> PLAY.decide(shown, "demo", "deny"));

        shell.run("login", "globus").exits(8).advises("evergrant login globus -s globus");
        shell.run("token").exits(4);
    }

    @Test
    @DisplayName("66: who ends the input has not logged in")
    void who_ends_the_input_has_not_logged_in() {
        shell.terminal.isPresent();

        shell.run("login", "globus", "-s", "tour")
                .exits(8)
                .says("cancelled; nothing was saved")
                .advises("evergrant login globus -s tour");
    }

    @Test
    void who_pastes_nothing_is_waited_for_as_long_as_said() {
        shell.terminal.types(shown -> "two words");
        shell.terminal.isSilent();

        shell.run("login", "globus", "-s", "tour", "--timeout", "5s")
                .exits(8)
                .says("nobody pasted a code of Globus in time; nothing was saved")
                .advises("evergrant login globus -s tour --timeout 5s");
    }

    @Test
    @DisplayName("86: the page that shows a code is not for a client with a secret")
    void a_client_with_a_secret_needs_a_redirect_of_its_own() {
        shell.terminal.types(shown -> {
            throw new AssertionError("asked");
        });
        String command = "login globus -s tour --client-id " + Play.CONFIDENTIAL_CLIENT;

        shell.with("EVERGRANT_CLIENT_SECRET", Play.CONFIDENTIAL_SECRET)
                .run(command.split(" "))
                .exits(2)
                .says("Globus shows codes to be pasted for public clients only", "registered for the client")
                .advises("evergrant " + command + " --redirect-uri URI");
        assertThat(PLAY.log()).contains("\"requests\":[]");
    }

    @Test
    void a_session_of_which_nothing_can_be_read_is_logged_in_again_or_ended() throws IOException {
        shell.runWith(PLAY.grantGroups(), "login", "globus", "-s", "tour", "--token-response-stdin")
                .exits(0);
        Files.writeString(
                shell.store(),
                Files.readString(shell.store())
                        .replace("\"data\": {", "\"data\": {\"odd\": {\"rs\": {\"scope\": 7}}, \"worse\": [], "));

        shell.runWith(PLAY.grantGroups(), "login", "globus", "-s", "odd", "--token-response-stdin")
                .exits(0);
        shell.run("token", "-s", "odd").exits(0);
        shell.run("logout", "-s", "worse").exits(0).says("Session worse is gone.");
        assertThat(shell.run("sessions", "list").out()).contains("odd", "tour").doesNotContain("worse");
    }

    @Test
    void without_a_terminal_one_line_says_what_to_run() {
        String line =
                "evergrant: signing in to Globus needs a person at a terminal; run: evergrant login globus -s tour\n";

        assertThat(shell.run("login", "globus", "-s", "tour").exits(4).err()).isEqualTo(line);
        shell.terminal.isPresent();
        assertThat(shell.run("login", "globus", "-s", "tour", "--no-input")
                        .exits(4)
                        .err())
                .isEqualTo(line);
        assertThat(shell.with("EVERGRANT_PROMPT", "never")
                        .run("login", "globus", "-s", "tour")
                        .exits(4)
                        .err())
                .isEqualTo(line);
        assertThat(shell.terminal.shown()).isEmpty();
    }

    @Test
    void json_says_what_was_saved_and_no_secret() {
        Map<String, @Nullable Object> json = shell.runWith(
                        PLAY.grantGroups(), "login", "globus", "--token-response-stdin", "--json")
                .exits(0)
                .json();

        assertThat(json)
                .containsEntry("session", "globus")
                .containsEntry("provider", "globus")
                .containsEntry("environment", "production")
                .containsEntry("state", "fresh");
    }

    @Test
    void another_environments_session_is_refused_before_anything_is_sent() {
        shell.runWith(PLAY.grantGroups(), "login", "globus", "-s", "tour", "--token-response-stdin")
                .exits(0);
        shell.terminal.types(shown -> {
            throw new AssertionError("asked");
        });

        shell.run("login", "globus", "-s", "tour", "--environment", "preview")
                .exits(2)
                .says("another provider or environment");
    }

    @Test
    void a_login_is_named_after_its_provider_and_an_unusual_environment() {
        shell.runWith(PLAY.grantGroups(), "login", "globus", "--environment", "preview", "--token-response-stdin")
                .exits(0)
                .says("Session globus-preview is saved.");
    }

    @Test
    void a_name_that_nobody_could_type_is_refused() {
        for (String name : new String[] {"", " tour", "-x", "a\u001b[31m", "a\nb"}) {
            Ran ran = shell.runWith(
                            PLAY.grantGroups(), "login", "globus", "--token-response-stdin", "--session=" + name)
                    .exits(2);
            assertThat(ran.err()).doesNotContain("\u001b");
        }
    }

    @Test
    void outside_the_sandbox_a_client_is_needed() {
        shell.variables.remove("EVERGRANT_SANDBOX");

        shell.run("login", "globus")
                .exits(2)
                .says("needs a client id", "https://app.globus.org/settings/developers", "--client-id");
    }

    @Test
    void what_is_wrong_with_the_command_is_said_before_anything_is_done() {
        shell.run("login").exits(2).says("PROVIDER").advises("evergrant login --help");
        shell.run("login", "nobody").exits(2).says("no provider \"nobody\"", "known providers: agave, globus");
        shell.run("login", "globus", "--environment", "moon").exits(2).says("no environment \"moon\"");
        shell.run("login", "globus", "--paste", "--client-credentials").exits(2).says("one way to log in");
        shell.run("login", "globus", "--token-response-stdin", "--refresh-token-stdin")
                .exits(2)
                .says("both read standard input");
        shell.run("login", "globus", "--refresh-token-stdin", "--client-secret-stdin", "--client-id", "x")
                .exits(2)
                .says("both read standard input");
        shell.run("login", "globus", "--username", "demo").exits(2).says("no logins by username and password");
        shell.run("login", "globus", "--token-username", "x").exits(2).says("Globus has no tenants");
        shell.run("login", "agave", "--show-refresh-token").exits(2).says("--show-refresh-token is not for Agave");
        shell.run("login", "globus", "--refresh-token-stdin").exits(2).says("it is empty");
        shell.run("login", "globus", "--client-secret-file", "nowhere").exits(2).says("cannot be read");
        shell.run("login", "globus", "--client-secret-command", "exit 3")
                .exits(2)
                .says("ended with 3");
        assertThat(PLAY.log()).contains("\"requests\":[]");
    }

    @Test
    void a_secret_given_as_an_argument_is_refused_and_not_repeated() {
        assertThat(shell.run("login", "globus", "--client-secret", "hush")
                        .exits(2)
                        .err())
                .doesNotContain("hush");
        assertThat(shell.run("login", "globus", "--refresh-token=hush").exits(2).err())
                .doesNotContain("hush");
    }

    @Test
    void what_has_only_its_place_is_refused_honestly() {
        shell.run("login", "globus", "--device").exits(2).says("evergrant login --device is not built yet");
        shell.run("login", "agave", "--otp", "1").exits(2).says("--otp are for tastytrade");
        shell.run("login", "https://issuer.example.org").exits(2).says("is not built yet");
    }

    @Test
    void the_sandbox_must_be_on_this_machine() {
        shell.with("EVERGRANT_SANDBOX", "https://sandbox.example.org")
                .run("login", "globus")
                .exits(2)
                .says("EVERGRANT_SANDBOX must be an address on this machine");
    }

    @Test
    void a_real_session_is_refused_while_the_sandbox_is_set() {
        shell.variables.remove("EVERGRANT_SANDBOX");
        shell.runWith(
                        PLAY.grantGroups(),
                        "login",
                        "globus",
                        "-s",
                        "real",
                        "--client-id",
                        Play.PUBLIC_CLIENT,
                        "--token-response-stdin")
                .exits(0);
        shell.with("EVERGRANT_SANDBOX", PLAY.base());

        for (String command : new String[] {"token", "whoami", "logout"}) {
            Ran ran = shell.run(command, "-s", "real", "--json").exits(2).printsNothing();
            assertThat(ran.errorJson("error"))
                    .containsEntry("code", "real_session_in_sandbox")
                    .containsEntry("session", "real");
        }
        assertThat(PLAY.log()).contains("\"requests\":[]");
        shell.variables.remove("EVERGRANT_SANDBOX");
        shell.run("token", "-s", "real").isQuiet();
    }

    @Test
    void a_sandbox_session_goes_on_with_its_sandbox_without_the_variable() {
        shell.runWith(PLAY.grantGroups(), "login", "globus", "-s", "tour", "--token-response-stdin")
                .exits(0);
        shell.variables.remove("EVERGRANT_SANDBOX");

        shell.run("token", "--renew").isQuiet();

        assertThat(PLAY.requests("token.refresh")).isEqualTo(1);
    }

    private String refreshToken() {
        Matcher matcher = REFRESH.matcher(PLAY.grantGroups());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
