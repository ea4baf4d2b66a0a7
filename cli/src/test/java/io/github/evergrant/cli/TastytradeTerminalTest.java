package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tastytrade asks at a login by password, at a real terminal; and processes that need the same remember token at once. */
final class TastytradeTerminalTest {

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
    @DisplayName(
            "tastytrade 26, 27, 28: a device that is not known, a code that was mistyped, and a password nobody sees")
    void a_device_that_is_not_known_and_a_code_that_was_mistyped() {
        Shell shell = play.shell(home);
        try (Program login = Program.inTerminal(shell, "login", "tastytrade", "--password", "--remember")) {
            await(login, "tastytrade username: ");
            login.type("traveller\n");
            await(login, "tastytrade password: ");
            login.type("traveller-password\n");
            await(login, "One-time code sent to ********1234: ");
            login.type("654321\n");
            await(login, "tastytrade refused that code. One-time code sent to ********1234: ");
            login.type(" 123 456 \n");
            String shown = login.end().exits(0).out().replace("\r", "");
            assertThat(shown)
                    .startsWith("tastytrade username: traveller\ntastytrade password: \nOne-time code sent to")
                    .endsWith("Signed in to tastytrade as traveller. Session tastytrade is saved.\n")
                    .doesNotContain("traveller-password");
        }
        assertThat(play.requests("tastytrade", "device_challenge")).isEqualTo(1);
        shell.run("whoami").isQuiet().prints("traveller\n");
    }

    @Test
    @DisplayName("tastytrade 25, 28: a security question, a second factor, and somebody who gives up")
    void a_security_question_a_second_factor_and_somebody_who_gives_up() {
        Shell shell = play.shell(home).with("EVERGRANT_PASSWORD", "forgetful-password");
        AgaveHand.types(shell, "blue", "123456");
        shell.run("login", "tastytrade", "-s", "a", "--password", "--username", "forgetful")
                .exits(0);
        assertThat(shell.terminal.shown())
                .isEqualTo("What is your favourite colour? One-time code sent to ********1234: ");
        assertThat(shell.terminal.hidden()).containsExactly("What is your favourite colour? ");

        AgaveHand.types(shell, "green");
        shell.run("login", "tastytrade", "-s", "a", "--password", "--username", "forgetful")
                .exits(5)
                .says("did not take the answer to the security question");

        shell.with("EVERGRANT_PASSWORD", "other-password");
        AgaveHand.types(shell, "1", "2", "123456");
        shell.run("login", "tastytrade", "-s", "b", "--password", "--username", "other")
                .exits(5)
                .says("otp_invalid");
        assertThat(shell.terminal.shown()).isEqualTo("One-time code: tastytrade refused that code. One-time code: ");

        AgaveHand.types(shell);
        shell.run("login", "tastytrade", "-s", "b", "--password", "--username", "other")
                .exits(8)
                .says("this was cancelled; nothing was changed");
        shell.run("status", "-s", "b").exits(4);
    }

    @Test
    void the_secret_of_an_application_is_asked_for_and_not_seen() {
        Shell shell = new Shell(home).with("TT_REFRESH", "a.b.c").with("HTTPS_PROXY", "http://127.0.0.1:9");
        AgaveHand.types(shell, "secret");

        shell.run("login", "tastytrade").exits(7);

        assertThat(shell.terminal.shown()).isEqualTo("tastytrade client secret: ");
    }

    @Test
    @DisplayName("tastytrade 19, 20: two processes make one remember-token login, on disk before either prints")
    void two_processes_make_one_remember_token_login() {
        Shell shell = play.shell(home).with("EVERGRANT_PASSWORD", "demo-password");
        shell.run("login", "tastytrade", "--password", "--username", "demo", "--remember")
                .exits(0);
        String spent = remembered(shell);
        String refused = shell.run("token").line();
        play.expire();
        play.slow("tastytrade", "sessions.remember", 300);

        List<Program> both = Stream.generate(() -> Program.start(shell, "token", "--rejected", "-", "--timeout", "2m"))
                .limit(2)
                .toList();
        both.forEach(program -> program.type(refused + "\n"));
        both.forEach(Program::endInput);
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() ->
                        both.stream().anyMatch(program -> !program.saidSoFar().isEmpty()));
        assertThat(remembered(shell)).isNotEqualTo(spent);
        List<String> tokens = both.stream()
                .map(program -> program.end().exits(0).line())
                .distinct()
                .toList();

        assertThat(tokens).hasSize(1).doesNotContain(refused);
        assertThat(play.requests("tastytrade", "sessions.remember")).isEqualTo(1);
        assertThat(shell.run("token").isQuiet().line()).isEqualTo(tokens.get(0));
    }

    @Test
    @DisplayName("tastytrade 46: eight processes share one renewal of a grant's token")
    void eight_processes_share_one_renewal() {
        Shell shell = play.shell(home);
        shell.runWith(play.grantTastytrade("demo", "production"), "login", "tastytrade", "--refresh-token-stdin")
                .exits(0);
        String refused = shell.run("token").line();
        play.expire();
        int before = play.requests("tastytrade", "token.refresh");

        List<Program> all = Stream.generate(() -> Program.start(shell, "token", "--rejected", "-", "--timeout", "3m"))
                .limit(8)
                .toList();
        all.forEach(program -> program.type(refused + "\n"));
        all.forEach(Program::endInput);

        assertThat(all.stream().map(program -> program.end().exits(0).line()).distinct())
                .hasSize(1)
                .doesNotContain(refused);
        assertThat(play.requests("tastytrade", "token.refresh")).isEqualTo(before + 1);
    }

    /** The remember token that is stored. */
    private static String remembered(Shell shell) {
        Ran shown = shell.run("sessions", "export", "--format", "tastytrade10", "--reveal", "--with-refresh-token");
        return String.valueOf(shown.exits(0).json().get("remember_token"));
    }
}
