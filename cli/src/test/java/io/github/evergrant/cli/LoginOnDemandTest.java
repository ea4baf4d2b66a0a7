package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are run at a terminal with a session that needs a login first. */
final class LoginOnDemandTest {

    private static final int MANY = 20;
    private static final Duration LONG = Duration.ofMinutes(4);

    private final Play play = new Play();
    private final List<Program> started = new ArrayList<>();

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = play.shell(home).with("PATH", System.getenv("PATH"));
    }

    @AfterEach
    void stop() {
        started.forEach(Program::close);
        play.close();
    }

    @Tag("counted")
    @Test
    void twenty_programs_at_once_open_one_browser_and_all_run() {
        Screen screen = new Screen(home);
        shell.with("EVERGRANT_BROWSER", screen.command());
        String[] words = {
            "exec",
            "-s",
            "globus",
            "--resource-server",
            Play.GROUPS,
            "--",
            "sh",
            "-c",
            "echo ran-$EVERGRANT_SESSION-${GLOBUS_ACCESS_TOKEN%%-*}"
        };
        IntStream.range(0, MANY).forEach(i -> started.add(Program.inTerminal(shell, words)));
        Awaitility.await().atMost(LONG).until(() -> started.stream().allMatch(LoginOnDemandTest::isAsking));

        List<String> pages = screen.follow(play.decide(screen.address(1), "demo", "allow"));

        assertThat(pages.get(pages.size() - 1)).contains("Session globus is saved.");
        assertThat(started)
                .allSatisfy(program -> assertThat(program.end().exits(0).out()).contains("ran-globus-sandbox"));
        assertThat(screen.opened()).hasSize(1);
        assertThat(play.requests("token.authorization_code")).isEqualTo(1);
        assertThat(started)
                .allSatisfy(program ->
                        assertThat(program.saidSoFar()).contains(screen.opened().get(0)));
    }

    private static boolean isAsking(Program program) {
        return program.saidSoFar().contains("Sign in to Globus in your browser")
                || program.saidSoFar().contains("Another process is signing in to Globus");
    }

    @Test
    void a_person_signs_in_and_the_program_runs() throws Exception {
        shell.terminal.types(shown -> play.allow(shown, "demo"));

        exec("-s", "globus")
                .exits(0)
                .printsNothing()
                .says(
                        "there is no session 'globus': sign in to go on.\n",
                        "Signed in to Globus as demo@example.org. Session globus is saved.\n");

        assertThat(home.resolve("seen")).hasContent("globus");
        exec().isQuiet();
    }

    @Test
    void with_whom_can_be_said_where_the_name_does_not() throws Exception {
        shell.terminal.types(shown -> play.allow(shown, "demo"));
        exec("-s", "tour").exits(4).advises("evergrant login globus -s tour");
        exec().exits(4).says("there is no session yet");
        exec("-s", "tour", "--provider", "tastytrade", "--no-input")
                .exits(4)
                .advises("evergrant login tastytrade -s tour");
        exec("--provider", "nobody").exits(2).says("no provider \"nobody\"");
        assertThat(shell.terminal.shown()).isEmpty();

        exec("-s", "tour", "--provider", "globus").exits(0);

        assertThat(home.resolve("seen")).hasContent("tour");
        shell.terminal.types(shown -> play.allow(shown, "demo"));
        shell.run("logout", "-s", "tour").exits(0);
        exec("--provider", "globus").exits(0);
        assertThat(home.resolve("seen")).hasContent("globus");
    }

    @Test
    void nobody_is_asked_who_must_not_be() {
        exec("-s", "globus").exits(4).advises("evergrant login globus -s globus");
        shell.terminal.isPresent();
        exec("-s", "globus", "--no-input").exits(4).advises("evergrant login globus -s globus");
        shell.with("EVERGRANT_PROMPT", "never");
        exec("-s", "globus").exits(4);
        assertThat(shell.terminal.shown()).isEmpty();
        assertThat(play.log()).contains("\"requests\":[]");
    }

    @Test
    void without_a_client_the_login_that_is_advised_says_which() {
        shell.variables.remove("EVERGRANT_SANDBOX");
        shell.terminal.isPresent();

        exec("-s", "globus").exits(4).advises("evergrant login globus -s globus");
    }

    @Test
    void a_session_that_the_provider_ended_begins_again_with_its_own_client() throws Exception {
        shell.terminal.types(shown -> play.allow(shown, "demo"));
        shell.run("login", "globus", "-s", "tour", "--scope", Play.GROUPS_SCOPE).exits(0);
        shell.variables.remove("EVERGRANT_SANDBOX");
        shell.later(Duration.ofDays(3));
        play.breakRefresh("\"do\":\"status\",\"status\":400,\"body\":{\"error\":\"invalid_grant\"}");
        shell.terminal = new TypingTerminal();
        shell.terminal.types(shown -> play.allow(shown, "demo"));

        shell.run("exec", "-s", "tour", "--", "sh", "-c", "echo $EVERGRANT_SESSION > seen")
                .exits(0)
                .says("sign in to go on.", "Session tour is saved.");

        assertThat(home.resolve("seen")).hasContent("tour");
        play.heal();
    }

    @Test
    void another_accounts_login_is_not_taken_for_the_sessions() {
        shell.terminal.types(shown -> play.allow(shown, "demo"));
        shell.run("login", "globus", "-s", "tour", "--scope", Play.GROUPS_SCOPE).exits(0);
        shell.later(Duration.ofDays(3));
        play.breakRefresh("\"do\":\"status\",\"status\":400,\"body\":{\"error\":\"invalid_grant\"}");
        shell.terminal = new TypingTerminal();
        shell.terminal.types(shown -> play.allow(shown, "other"));

        shell.run("exec", "-s", "tour", "--", "sh", "-c", "echo ran > seen")
                .exits(2)
                .says("session 'tour' is demo@example.org's, and other@example.org logged in")
                .advises("evergrant login globus -s tour-2");

        assertThat(home.resolve("seen")).doesNotExist();
        play.heal();
    }

    @Test
    void who_denies_runs_nothing() {
        shell.terminal.types(shown -> play.decide(shown, "demo", "deny"));

        exec("-s", "globus").exits(8).says("did not grant access").advises("evergrant login globus -s globus");

        assertThat(Files.exists(home.resolve("seen"))).isFalse();
    }

    private Ran exec(String... options) {
        List<String> words = new ArrayList<>(List.of("exec", "--resource-server", Play.GROUPS));
        words.addAll(List.of(options));
        words.addAll(List.of("--", "sh", "-c", "echo $EVERGRANT_SESSION > seen"));
        return shell.run(words.toArray(new String[0]));
    }
}
