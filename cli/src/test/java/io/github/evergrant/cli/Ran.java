package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.oauth.HostileJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one run of the program came to. */
record Ran(int code, String out, String err) {

    Ran exits(int expected) {
        assertThat(code).as("exit code; stdout: %s; stderr: %s", out, err).isEqualTo(expected);
        return this;
    }

    /** Success, without a word on standard error. */
    Ran isQuiet() {
        exits(0);
        assertThat(err).isEmpty();
        return this;
    }

    Ran says(String... words) {
        assertThat(err).contains(words);
        return this;
    }

    Ran prints(String... words) {
        assertThat(out).contains(words);
        return this;
    }

    Ran printsNot(String... words) {
        assertThat(out).doesNotContain(words);
        return this;
    }

    Ran printsNothing() {
        assertThat(out).isEmpty();
        return this;
    }

    /** The last line of standard error is the command to run next. */
    Ran advises(String command) {
        assertThat(err).endsWith("  run: " + command + "\n");
        return this;
    }

    /** Standard output without its line end, of which there is one. */
    String line() {
        assertThat(out).endsWith("\n");
        String line = out.substring(0, out.length() - 1);
        assertThat(line).doesNotContain("\n").isNotEmpty();
        return line;
    }

    Map<String, @Nullable Object> json() {
        return Shell.object(line());
    }

    /** The object that standard error holds with {@code --json}, under {@code error} or {@code warning}. */
    Map<String, @Nullable Object> errorJson(String kind) {
        assertThat(err).endsWith("\n");
        return HostileJson.asObject(Shell.object(err.strip()).get(kind));
    }
}
