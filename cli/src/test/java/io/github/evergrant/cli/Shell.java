package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.cli.frame.Outside;
import io.github.evergrant.cli.quick.Glance;
import io.github.evergrant.oauth.HostileJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A person's shell, in which the program is run: a home folder, variables, a clock that waits put forward, a terminal. */
final class Shell {

    private static final List<String> SECRETS = List.of(
            "sandbox-at-",
            "sandbox-rt-",
            "sandbox-secret-",
            "sandbox-globus-secret",
            "sandbox-agave-secret",
            "sandbox-tastytrade-secret");

    final SetClock clock = new SetClock();
    final Map<String, String> variables = new HashMap<>();
    final Path home;
    TypingTerminal terminal = new TypingTerminal();

    Shell(Path home) {
        this.home = home;
        variables.put("EVERGRANT_HOME", home.toString());
        variables.put("HOME", home.toString());
    }

    Shell with(String name, String value) {
        variables.put(name, value);
        return this;
    }

    void later(Duration time) {
        clock.advance(time);
    }

    Path store() {
        return home.resolve("state").resolve("sessions.json");
    }

    Ran run(String... words) {
        return runWith("", words);
    }

    /** Logs in with Globus by a token reply: {@code login globus -s SESSION --token-response-stdin}. */
    void logIn(String session, String reply) {
        runWith(reply, "login", "globus", "-s", session, "--token-response-stdin")
                .exits(0);
    }

    /** Some words, and more behind them. */
    static String[] words(String[] some, String... more) {
        return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
    }

    /** What is printed at a glance, a token or variables; null for nothing. */
    @Nullable
    String glance(String... words) {
        return glance(variables, words);
    }

    private @Nullable String glance(Map<String, String> environment, String... words) {
        return Glance.lines(outside(new ByteArrayOutputStream(), new ByteArrayOutputStream(), "", environment), words);
    }

    private Outside outside(
            ByteArrayOutputStream out, ByteArrayOutputStream err, String input, Map<String, String> environment) {
        return new Outside(
                clock,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                environment,
                terminal,
                home,
                this::later);
    }

    /**
     * Runs with something on standard input. No secret of a sandbox ever comes out on standard error, and what is seen at a
     * glance is what the program says.
     */
    Ran runWith(String input, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        // In a sandbox nothing is seen at a glance, and that would be all there is to compare.
        Map<String, String> real = new HashMap<>(variables);
        real.remove("EVERGRANT_SANDBOX");
        String glance = glance(real, words);
        int code = Main.run(outside(out, err, input, variables), words);
        Ran ran = new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        if (glance != null && !ran.err().contains("EVERGRANT_SANDBOX is set, and session")) {
            boolean exec = List.of(words).contains("exec");
            // What a program says of itself is not said here.
            assertThat(exec ? new Ran(0, variables(words), ran.err()) : ran)
                    .as("what is seen at a glance")
                    .isEqualTo(new Ran(0, glance, ""));
        }
        List<String> given = List.of(words);
        assertThat(ran.err()).doesNotContain(SECRETS);
        if (!given.contains("token")
                && !given.contains("env")
                && !given.contains("export")
                && !given.contains("--show-secret")
                && !given.contains("--show-refresh-token")
                && !given.contains("--reveal")) {
            assertThat(ran.out()).doesNotContain(SECRETS);
        }
        return ran;
    }

    /** What {@code exec} with these words sets, as {@code env} prints it. */
    private String variables(String... words) {
        List<String> env =
                new ArrayList<>(List.of(words).subList(0, List.of(words).indexOf("--")));
        env.replaceAll(word -> word.equals("exec") ? "env" : word);
        env.addAll(List.of("--format", "json"));
        StringBuilder lines = new StringBuilder();
        object(run(env.toArray(String[]::new)).isQuiet().out())
                .forEach((name, value) ->
                        lines.append(name).append('=').append(value).append('\n'));
        return lines.toString();
    }

    static Map<String, @Nullable Object> object(String json) {
        try {
            return HostileJson.read(json).object();
        } catch (HostileJson.Malformed e) {
            throw new AssertionError("not JSON: " + json, e);
        }
    }
}
