package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExecCommandTest {

    private static final String WAITING = "trap 'echo TERM; exit 3' TERM; trap 'echo INT; exit 4' INT; "
            + "trap 'echo HUP; exit 5' HUP; echo ready; while :; do sleep 0.05; done";

    @AutoClose
    private final Play play = new Play();

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void log_in() {
        shell = play.shell(home).with("PATH", System.getenv("PATH"));
        shell.logIn("tour", play.grantGroups());
    }

    @Test
    void the_program_finds_the_token_and_the_session_in_its_environment() throws Exception {
        String token = shell.run("token").line();

        shell.with("KEPT", "yes")
                .run("exec", "--", "sh", "-c", "printf '%s %s %s' $GLOBUS_ACCESS_TOKEN $EVERGRANT_SESSION $KEPT > seen")
                .isQuiet();

        assertThat(home.resolve("seen")).hasContent(token + " tour yes");
    }

    @Test
    void its_exit_code_is_ours() {
        shell.run("exec", "--", "sh", "-c", "exit 7").exits(7);
        shell.run("exec", "--", "sh", "-c", "exit 0").isQuiet();
        shell.run("exec", "--", "sh", "-c", "kill -s KILL $$").exits(137);
        shell.run("exec", "--", "sh", "-c", "kill -s TERM $$").exits(143);
    }

    @Test
    void what_stands_behind_the_program_is_the_programs() throws Exception {
        shell.run("exec", "-s", "tour", "sh", "-c", "echo \"$*\" > seen", "-s", "--json", "-h", "--", "x")
                .isQuiet();

        assertThat(home.resolve("seen")).hasContent("--json -h -- x");
    }

    @Test
    void what_is_not_there_is_127_and_what_is_no_program_126() throws Exception {
        Path file = Files.writeString(home.resolve("file"), "no program");

        shell.run("exec", "--", "no-such-program").exits(127).says("no program no-such-program in PATH");
        shell.run("exec", "--", "./nothing").exits(127);
        shell.run("exec", "--", file.toString()).exits(126).says("cannot be executed");
        shell.run("exec", "--", home.toString()).exits(126);
        shell.run("exec").exits(2).says("needs a program");
        shell.run("exec", "-s", "nobody", "--", "true").exits(4);
    }

    @Test
    void a_variable_can_be_named_in_place_of_the_providers() throws Exception {
        shell.run("exec", "--variable", "MINE", "--", "sh", "-c", "echo ${MINE%%-*} ${GLOBUS_ACCESS_TOKEN-none} > seen")
                .isQuiet();

        assertThat(home.resolve("seen")).hasContent("sandbox none");
        shell.run("exec", "--variable", "A=B", "--", "true").exits(2);
    }

    @Test
    void several_sessions_may_not_set_the_same_variable() {
        shell.logIn("second", play.grantGroups());

        shell.run("exec", "-s", "tour", "-s", "second", "--", "true").exits(2).says("GLOBUS_ACCESS_TOKEN");
        shell.run("exec", "-s", "tour", "-s", "tour", "--", "true").isQuiet();
        shell.run("exec", "-s", "tour", "-s", "second", "--variable", "A", "--", "true")
                .exits(2);
    }

    @Test
    void the_token_is_never_an_argument() throws Exception {
        String token = shell.run("token").line();
        try (Launched program = new Launched(shell.variables, "exec", "--", "sh", "-c", "echo $$; exec cat")) {
            String child = String.valueOf(program.hear());
            // While it becomes another program, it has no words.
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            Files.readString(Path.of("/proc", child, "cmdline")).startsWith("cat"));

            for (String pid : List.of(child, Long.toString(program.pid()))) {
                assertThat(Files.readString(Path.of("/proc", pid, "cmdline")))
                        .isNotEmpty()
                        .doesNotContain(token);
            }
            assertThat(Files.readString(Path.of("/proc", child, "environ"))).contains(token);
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM,3", "INT,4", "HUP,5"})
    void signals_are_passed_on_by_name(String signal, int exit) throws Exception {
        try (Launched program = new Launched(shell.variables, "exec", "--", "sh", "-c", WAITING)) {
            assertThat(program.hear()).isEqualTo("ready");

            program.signal(signal);

            assertThat(program.hear()).isEqualTo(signal);
            assertThat(program.end()).isEqualTo(exit);
        }
    }

    @Test
    void a_program_that_dies_of_a_signal_that_was_passed_on_is_128_and_its_number() throws Exception {
        try (Launched program =
                new Launched(shell.variables, "exec", "--", "sh", "-c", "echo ready; exec sleep 1000")) {
            assertThat(program.hear()).isEqualTo("ready");

            program.signal("TERM");

            assertThat(program.end()).isEqualTo(143);
        }
    }

    @Test
    void what_is_in_another_encoding_reaches_the_program() {
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "UMLAUT=$(printf '\\303\\274') LC_ALL=C exec \"$@\"", "sh"));
        command.addAll(Program.command("exec", "--", "sh", "-c", "printf %s \"$UMLAUT\" | od -An -tx1"));
        try (Program program = Program.start(shell.variables, home, command)) {
            assertThat(program.end().exits(0).out()).isEqualToIgnoringWhitespace("c3 bc");
        }
    }
}
