package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session that is seen at a glance, in a store of whatever kind, and what is seen in each. */
abstract class GlanceCase {

    @AutoClose
    final Play play = new Play();

    @TempDir
    Path home;

    Shell shell;
    Path store;

    /** Names the store to a shell. @return its file */
    abstract Path choose(Shell shell);

    @BeforeEach
    void log_in() {
        shell = play.shell(home);
        store = choose(shell);
        log_in_to("tour", play.grantGroups());
    }

    void log_in_to(String name, String grant) {
        shell.with("EVERGRANT_SANDBOX", play.base()).logIn(name, grant);
        shell.variables.remove("EVERGRANT_SANDBOX");
    }

    void sees(String... words) {
        String line = shell.glance(words);
        assertThat(line).isNotNull().isEqualTo(shell.run(words).isQuiet().out());
    }

    void sees_nothing(String... words) {
        assertThat(shell.glance(words)).isNull();
    }

    void sees_nothing() {
        sees_nothing("token", "-s", "tour");
    }

    void forget_journals() throws IOException {
        try (Stream<Path> journals = Files.list(Path.of(store + ".d"))) {
            for (Path each : journals.toList()) {
                Files.delete(each);
            }
        }
    }

    @Test
    void of_several_sessions_the_one_is_seen_that_is_named_or_chosen() {
        log_in_to("\u00fcber 'other'", play.grantGroups());
        sees_nothing("token");
        sees("token", "-s", "\u00fcber 'other'");
        shell.run("sessions", "use", "\u00fcber 'other'").exits(0);
        sees("token");
        assertThat(shell.glance("token")).isEqualTo(shell.glance("token", "-s", "\u00fcber 'other'"));
        shell.with("EVERGRANT_SESSION", "tour");
        sees("token");
        assertThat(shell.glance("token")).isEqualTo(shell.glance("token", "-s", "tour"));
    }

    @Test
    void of_several_resource_servers_the_one_is_seen_that_is_named() {
        log_in_to("tour", play.grant());
        sees_nothing();
        sees("token", "-s", "tour", "--resource-server", Play.GROUPS);
        sees("token", "-s", "tour", "--resource-server", "transfer.api.globus.org");
    }

    @Test
    void another_programs_session_is_seen_without_a_journal() throws IOException {
        forget_journals();
        sees("token");
        sees("token", "-s", "tour");
    }
}
