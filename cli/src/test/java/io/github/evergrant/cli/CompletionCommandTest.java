package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompletionCommandTest {

    @TempDir
    private Path home;

    private Path script;

    @BeforeEach
    void write_the_script() throws Exception {
        Shell shell = new Shell(home.resolve("nothing is here"));
        script = Files.writeString(
                home.resolve("completion"),
                shell.run("completion", "bash").isQuiet().out());
    }

    @Test
    void bash_can_read_it() throws Exception {
        assertThat(bash("bash", "-n", script.toString())).isEmpty();
    }

    @Test
    void commands_their_options_and_the_global_ones_are_completed() throws Exception {
        assertThat(completed("evergrant", "to")).containsExactly("token");
        assertThat(completed("evergrant", "")).contains("login", "exec", "demo", "completion");
        assertThat(completed("evergrant", "curl", "--")).contains("--retry-unsafe", "--timeout", "--session", "--help");
        assertThat(completed("evergrant", "sessions", "re")).containsExactly("rename");
        assertThat(completed("evergrant", "sessions", "")).contains("copy", "import", "export", "verify");
    }

    @Test
    void values_that_are_known_are_completed_and_hidden_options_are_not() throws Exception {
        assertThat(completed("evergrant", "env", "--format", "p")).containsExactly("powershell");
        assertThat(completed("evergrant", "--color", "")).containsExactly("auto", "always", "never");
        assertThat(completed("evergrant", "sandbox", "--rotate", "n")).containsExactly("never");
        assertThat(completed("evergrant", "sessions", "import", "--from", "globus-a"))
                .containsExactly("globus-app");
        assertThat(completed("evergrant", "sessions", "export", "--format", "t"))
                .containsExactly("token-response", "tastytrade10", "tastytrade12");
        assertThat(completed("evergrant", "login", "gl")).contains("globus");
        assertThat(completed("evergrant", "demo", "a")).containsExactly("agave");
        assertThat(completed("evergrant", "demo", "--"))
                .contains("--reuse-grace")
                .doesNotContain("--fault");
    }

    @Test
    void zsh_gets_the_same_and_other_shells_nothing() throws Exception {
        Shell shell = new Shell(home);

        assertThat(shell.run("completion", "zsh").isQuiet().out())
                .isEqualTo(Files.readString(script))
                .contains("bashcompinit");
        shell.run("completion", "csh").exits(2).printsNothing();
        shell.run("completion").exits(2).printsNothing();
    }

    /** Asks as bash does when the tab key is pressed at the end of the last word. */
    private List<String> completed(String... words) throws Exception {
        String line = String.join(" ", words);
        String last = words[words.length - 1];
        String code = "source \"$0\"; COMP_WORDS=(\"$@\"); COMP_CWORD=" + (words.length - 1) + "; COMP_LINE='" + line
                + "'; COMP_POINT=" + line.length() + "; $(complete -p evergrant | sed 's/.*-F \\([^ ]*\\).*/\\1/')"
                + " evergrant '" + last + "' '" + words[words.length - 2] + "'; printf '%s\\n' \"${COMPREPLY[@]}\"";
        String[] call = new String[4 + words.length];
        System.arraycopy(new String[] {"bash", "-c", "compopt() { :; }; " + code, script.toString()}, 0, call, 0, 4);
        System.arraycopy(words, 0, call, 4, words.length);
        return bash(call)
                .lines()
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static String bash(String... words) throws Exception {
        Process bash = new ProcessBuilder(words).redirectErrorStream(true).start();
        bash.getOutputStream().close();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(out).isZero();
        return out;
    }
}
