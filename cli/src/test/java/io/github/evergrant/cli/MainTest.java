package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.cli.frame.Outside;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What needs neither a session nor a network. */
final class MainTest {

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(home.resolve("nothing yet"));
    }

    @Test
    void help_names_every_command_and_makes_nothing() {
        Ran ran = shell.run("--help").isQuiet();

        Commands.ALL.forEach(entry -> ran.prints("\n  " + entry.name() + " "));
        assertThat(shell.run().isQuiet().out()).isEqualTo(ran.out());
        assertThat(home.resolve("nothing yet")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"login", "logout", "token", "status", "whoami", "sessions"})
    void every_command_teaches_by_examples(String command) {
        Ran ran = shell.run(command, "--help").isQuiet().prints("Usage: evergrant " + command, "Examples:");

        assertThat(shell.run("-h", command).isQuiet().out()).isEqualTo(ran.out());
        assertThat(ran.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(home.resolve("nothing yet")).doesNotExist();
    }

    @Test
    void every_global_option_is_in_the_help() {
        Ran ran = shell.run("--help");
        picocli.CommandLine.Model.CommandSpec spec = picocli.CommandLine.Model.CommandSpec.create();
        new io.github.evergrant.cli.frame.Globals().addTo(spec);

        spec.options().forEach(option -> ran.prints(option.names()));
    }

    @Test
    void help_of_a_command_of_a_command() {
        shell.run("sessions", "rename", "--help")
                .isQuiet()
                .prints("Usage: evergrant sessions rename OLD NEW", "Examples:");
    }

    @Test
    void the_version_is_one_line() {
        assertThat(shell.run("--version").isQuiet().line()).startsWith("evergrant ");
        assertThat(shell.run("token", "--version").isQuiet().line()).startsWith("evergrant ");
    }

    @Test
    void unknown_words_are_usage_errors() {
        shell.run("frobnicate")
                .exits(2)
                .says("there is no command 'frobnicate'")
                .advises("evergrant --help");
        shell.run("--frobnicate").exits(2).says("unknown option '--frobnicate'");
        shell.run("token", "--frobnicate").exits(2).advises("evergrant token --help");
        shell.run("token", "extra").exits(2).says("'extra' is one word too many");
        shell.run("token", "--timeout", "soon").exits(2).says("'soon' is no length of time");
        shell.run("token", "--color", "pink").exits(2);
        shell.run("token", "-s").exits(2);
    }

    @Test
    void reserved_commands_are_refused_honestly() {
        for (String command : new String[] {"fleet", "doctor"}) {
            shell.run(command, "run", "--anything")
                    .exits(2)
                    .says("evergrant " + command + " is not built yet")
                    .advises("evergrant --help");
        }
    }

    @Test
    void without_a_session_a_login_is_advised() {
        shell.run("token").exits(4).says("there is no session yet").advises("evergrant login globus");
        shell.run("token", "-s", "tour")
                .exits(4)
                .says("there is no session 'tour'")
                .advises("evergrant login globus -s tour");
        shell.run("-s", " ", "token").exits(2);
    }

    @Test
    void errors_are_json_when_json_was_asked_for_even_if_it_cannot_be_read() {
        assertThat(shell.run("--json", "token", "-s", "tour").exits(4).errorJson("error"))
                .containsExactly(
                        Map.entry("code", "unknown_session"),
                        Map.entry("message", "there is no session 'tour'"),
                        Map.entry("session", "tour"),
                        Map.entry("run", "evergrant login globus -s tour"));
        assertThat(shell.run("token", "--frobnicate", "--json").exits(2).errorJson("error"))
                .containsEntry("code", "usage");
    }

    @Test
    void examples_are_not_wrapped() {
        shell.run("token", "--help")
                .prints(
                        "\n  evergrant token -s tour --resource-server groups.api.globus.org --min-valid 5m\n",
                        "\n  evergrant token -s tour --header | curl -H @- https://api.example.org/\n",
                        "\n  printf %s \"$REFUSED\" | evergrant token --rejected -\n");
        shell.run("login", "--help")
                .prints(
                        "\n  evergrant login globus --client-credentials --client-id ID --client-secret-file secret.txt\n");
    }

    @Test
    void settings_that_mean_nothing_are_usage_errors() {
        shell.run("token", "--timeout", "0s").exits(2).says("--timeout must be longer");
        shell.run("token", "-s", "a", "-s", "b").exits(2);
        shell.run("-s", "a", "token", "--session=b").exits(2).says("two different sessions");
        shell.with("EVERGRANT_PROMPT", "nonsense")
                .run("token", "-s", "a")
                .exits(2)
                .says("EVERGRANT_PROMPT is neither auto nor never");
        shell.run("--version").isQuiet();
        shell.with("EVERGRANT_PROMPT", "auto").with("EVERGRANT_LOG", "nonsense");
        shell.run("token", "-s", "a").exits(2).says("EVERGRANT_LOG is none of trace");
        shell.run("status", "-s", "a").exits(2).says("EVERGRANT_LOG");
    }

    @Test
    void names_that_cannot_be_seen_are_usage_errors() {
        for (String name : new String[] {"", " ", "a\u001b[31m", "a\nb"}) {
            shell.run("token", "--session=" + name).exits(2).advises("evergrant token --help");
            shell.run("-s", name, "status").exits(2);
            shell.run("exec", "-s", name, "--", "true").exits(2);
            for (String what : new String[] {"use", "delete", "show"}) {
                shell.run("sessions", what, name).exits(2);
            }
            shell.run("sessions", "rename", name, "x").exits(2);
        }
        shell.with("EVERGRANT_SESSION", "a\u0007").run("token").exits(2);
    }

    @Test
    void a_file_of_certificates_that_is_none_is_a_usage_error() {
        Path nowhere = home.resolve("nowhere.pem");
        shell.with("EVERGRANT_CLIENT_SECRET", "x");

        shell.run("login", "globus", "--client-credentials", "--client-id", "x", "--ca-file", nowhere.toString())
                .exits(2)
                .says("nowhere.pem");
        shell.with("SSL_CERT_FILE", nowhere.toString())
                .run("login", "globus", "--client-credentials", "--client-id", "x")
                .exits(2)
                .says("nowhere.pem");
    }

    @Test
    void a_variable_of_globus_that_may_not_be_obeyed_is_a_usage_error_before_anything_is_sent() {
        shell.with("EVERGRANT_CLIENT_SECRET", "x").with("GLOBUS_SDK_VERIFY_SSL", "no");

        shell.run("login", "globus", "--client-credentials", "--client-id", "x")
                .exits(2)
                .says("GLOBUS_SDK_VERIFY_SSL");
    }

    @Test
    void a_proxy_that_is_none_is_a_usage_error() {
        shell.with("HTTPS_PROXY", "ftp://proxy")
                .run("token", "-s", "x")
                .exits(2)
                .says("HTTPS_PROXY");
    }

    @Test
    void what_nobody_foresaw_is_one_line_and_its_message_is_not_told() {
        shell.with("EVERGRANT_SANDBOX", "http://127.0.0.1:9").terminal.types(shown -> {
            throw new IllegalStateException("holds a secret");
        });

        Ran ran = shell.run("login", "globus", "--paste").exits(1).printsNothing();
        assertThat(ran.err()).isEqualTo("""
                        evergrant: unforeseen error: java.lang.IllegalStateException
                          run: evergrant -v login globus --paste
                        """);
        shell.terminal.types(shown -> {
            throw new IllegalStateException("holds a secret");
        });
        Ran verbose = shell.run("-v", "login", "globus", "--paste").exits(1).says("    at io.github.evergrant.cli.");
        assertThat(verbose.err()).doesNotContain("holds a secret");
    }

    @Test
    void output_that_cannot_be_written_is_no_success() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("no space left");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Outside outside = new Outside(
                InstantSource.system(),
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(full, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                Map.of("HOME", home.toString()),
                new TypingTerminal(),
                home);

        assertThat(Main.run(outside, "--version")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("standard output could not be written");
    }
}
