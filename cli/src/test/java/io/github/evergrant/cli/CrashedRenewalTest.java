package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program tells of a session whose renewal was killed. */
final class CrashedRenewalTest {

    @TempDir
    private Path home;

    @Test
    void status_says_in_doubt_after_a_kill_and_why_a_login_is_needed_once_the_answer_is_known_to_be_lost() {
        try (Play play = new Play()) {
            Shell shell = play.shell(home);
            shell.logIn("tour", play.grantGroups());
            // The refresh token is replaced at once, and the answer held back: without grace it is told once.
            play.breakRefresh("\"do\":\"delay\",\"after\":true,\"ms\":5000");
            try (Program killed = Program.start(shell, "token", "-s", "tour", "--renew", "--timeout", "60s")) {
                Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> play.isOpen("token.refresh"));
            }
            play.heal();

            shell.run("status", "-s", "tour").isQuiet().prints(" in-doubt ", "tour: in doubt since: ");
            assertThat(shell.run("status", "-s", "tour", "--json").json())
                    .containsEntry("state", "in-doubt")
                    .satisfies(json -> assertThat(json.get("in_doubt_since")).isNotNull());
            assertThat(play.requests("token.refresh")).isEqualTo(1);
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !play.isOpen("token.refresh"));

            shell.run("token", "-s", "tour", "--renew")
                    .exits(4)
                    .printsNothing()
                    .says("refused the refresh token of session 'tour'", "invalid_grant")
                    .advises("evergrant login globus -s tour");
            shell.run("status", "-s", "tour")
                    .isQuiet()
                    .prints(" login-required ", "tour: refused for " + Play.GROUPS + ": invalid_grant");
            assertThat(shell.run("status", "-s", "tour", "--json").json())
                    .containsEntry("state", "login-required")
                    .containsEntry("in_doubt_since", null);
        }
    }
}
