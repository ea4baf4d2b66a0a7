package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that go to another store. */
final class CopyCommandTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Play play = new Play();
    private final CountDownLatch released = new CountDownLatch(1);

    @TempDir
    private Path home;

    private Shell shell;
    private String away;

    @BeforeEach
    void log_in() {
        shell = play.shell(home);
        away = "json:" + home.resolve("away.json");
        shell.logIn("tour", play.grantGroups());
    }

    @AfterEach
    void stop() {
        released.countDown();
        play.close();
    }

    private TokenStorage here() {
        return TokenStorages.open("json:" + shell.store());
    }

    private TokenStorage there() {
        return TokenStorages.open(away);
    }

    @Test
    void a_session_moves_and_leaves_word() {
        String token = shell.run("token").isQuiet().line();

        shell.run("sessions", "copy", "tour", "--to", away)
                .exits(0)
                .printsNothing()
                .says(
                        "Session tour is now in " + away,
                        "run: evergrant --store " + away + " token -s tour\n",
                        "marked as moved: evergrant sessions delete tour\n");

        // It is kept as it was, and no session any more.
        assertThat(here().namespaces()).containsExactly("tour");
        shell.run("token").exits(4).says("there is no session yet");
        assertThat(shell.run("--store", away, "token", "-s", "tour").isQuiet().line())
                .isEqualTo(token);
        shell.run("--store", away, "token", "--renew").isQuiet();
        shell.run("sessions", "list").exits(0).says("There are no sessions");
        shell.run("sessions", "verify").exits(0);
        shell.run("--store", away, "sessions", "verify").exits(0);
        shell.run("logout", "-s", "tour").exits(4).advises("evergrant --store " + away + " logout -s tour");
        shell.run("sessions", "delete", "tour").exits(0);
        assertThat(here().namespaces()).isEmpty();
        shell.run("--store", away, "token").isQuiet();
    }

    @Test
    void a_move_that_was_killed_before_the_arrival_can_be_sent_elsewhere() {
        killedBeforeArrival();
        String other = "json:" + home.resolve("other.json");

        shell.run("sessions", "copy", "tour", "--to", other).exits(0);

        shell.run("--store", other, "token", "-s", "tour", "--renew").isQuiet();
        assertThat(there().namespaces()).isEmpty();
        assertThat(play.stat("reuses")).isZero();
    }

    @Test
    void whoever_looks_for_it_is_told_the_exact_command() {
        shell.run("sessions", "copy", "tour", "--to", away).exits(0);

        shell.run("token", "-s", "tour", "--min-valid", "1m")
                .exits(4)
                .says("session 'tour' was moved to the storage " + away)
                .advises("evergrant --store " + away + " token -s tour --min-valid 1m");
        shell.run("--store", "json:" + shell.store(), "status", "-s", "tour")
                .exits(4)
                .advises("evergrant --store " + away + " status -s tour");
        shell.run("sessions", "show", "tour").exits(4).advises("evergrant --store " + away + " sessions show tour");
        shell.run("exec", "-s", "tour", "--", "true")
                .exits(4)
                .advises("evergrant --store " + away + " status -s tour --check");
        shell.run("sessions", "copy", "tour", "--to", away)
                .exits(4)
                .advises("evergrant --store " + away + " sessions copy tour --to " + away);
        shell.logIn("tour", play.grantGroups());
        shell.run("token", "-s", "tour").isQuiet();
    }

    @Test
    void a_session_moves_to_a_database_and_back_and_is_renewed_wherever_it_is() {
        String database = "sqlite:" + home.resolve("sessions.db");
        shell.run("sessions", "use", "tour").exits(0);
        shell.run("sessions", "copy", "--to", database).exits(0);
        shell.run("--store", database, "token", "--renew").exits(0);

        shell.run("--store", database, "sessions", "copy", "tour", "--to", "json:" + shell.store())
                .exits(0);

        shell.run("token", "-s", "tour", "--renew").exits(0);
        assertThat(play.stat("reuses")).isZero();
        assertThat(play.requests("token.refresh")).isEqualTo(2);
    }

    @Test
    void a_rotating_session_is_not_kept_in_two_places() throws Exception {
        shell.run("token", "--renew").exits(0);
        byte[] before = Files.readAllBytes(shell.store());

        shell.run("sessions", "copy", "tour", "--to", away, "--keep")
                .exits(2)
                .says("used once")
                .advises("evergrant sessions copy tour --to " + away);

        assertThat(Files.readAllBytes(shell.store())).isEqualTo(before);
        assertThat(home.resolve("away.json")).doesNotExist();
        assertThat(shell.run("sessions", "copy", "tour", "--to", away, "--keep", "--json")
                        .exits(2)
                        .errorJson("error"))
                .containsEntry("code", "rotating_session");
    }

    @Test
    void a_session_that_was_not_seen_to_rotate_is_kept_with_a_warning() {
        Ran ran = shell.run("-q", "sessions", "copy", "--to", away, "--keep", "--json")
                .exits(0);

        assertThat(ran.errorJson("warning")).containsEntry("code", "shared_refresh_token");
        assertThat(ran.json())
                .containsEntry("session", "tour")
                .containsEntry("storage", away)
                .containsEntry("kept_in", "json:" + shell.store());
        String token = shell.run("token", "-s", "tour").isQuiet().line();
        assertThat(shell.run("--store", away, "token").isQuiet().line()).isEqualTo(token);
    }

    @Test
    void a_machine_s_session_is_kept_in_two_places_without_a_word_and_both_renew() {
        shell.run("logout").exits(0);
        shell.with("EVERGRANT_CLIENT_SECRET", Play.CONFIDENTIAL_SECRET)
                .run(
                        "login",
                        "globus",
                        "-s",
                        "machine",
                        "--client-credentials",
                        "--client-id",
                        Play.CONFIDENTIAL_CLIENT,
                        "--scope",
                        Play.GROUPS_SCOPE)
                .exits(0);

        shell.run("-q", "sessions", "copy", "--to", away, "--keep").isQuiet();

        shell.run("token", "--renew").isQuiet();
        shell.run("--store", away, "token", "--renew").isQuiet();
    }

    @Test
    void a_name_that_is_taken_there_stays_here() {
        shell.runWith(play.grantGroups(), "login", "globus", "-s", "tour", "--token-response-stdin", "--store", away)
                .exits(0);

        shell.run("sessions", "copy", "tour", "--to", away)
                .exits(2)
                .says("there is a session 'tour' in " + away + " already")
                .advises("evergrant sessions rename tour tour-2");

        shell.run("token", "-s", "tour").isQuiet();
    }

    @Test
    void a_place_that_means_nothing_or_does_not_last_is_refused() {
        shell.run("sessions", "copy", "tour", "--to", "memory:").exits(2).says("is gone when this command ends");
        shell.run("sessions", "copy", "tour", "--to", "tape:x").exits(2).says("no kind of token store");
        shell.run("sessions", "copy", "tour").exits(2).advises("evergrant sessions --help");
        shell.run("-s", "other", "sessions", "copy", "tour", "--to", away).exits(2);
        shell.run("sessions", "copy", "nobody", "--to", away).exits(4).advises("evergrant sessions list");
        shell.run("sessions", "copy", "tour", "--to", "json:" + shell.store()).exits(2);
        shell.run("token", "-s", "tour").isQuiet();
        assertThat(home.resolve("away.json")).doesNotExist();
    }

    @Test
    void a_relative_place_counts_from_the_working_directory() {
        shell.run("sessions", "copy", "tour", "--to", "json:here.json").exits(0);

        assertThat(home.resolve("here.json")).exists();
        shell.run("token", "-s", "tour")
                .exits(4)
                .advises("evergrant --store json:" + home.resolve("here.json") + " token -s tour");
    }

    /** The one half: it is said that the session has gone, and it has not arrived. */
    @Test
    void a_move_that_was_killed_before_the_arrival_is_finished_by_the_same_command() {
        killedBeforeArrival();

        assertThat(there().namespaces()).isEmpty();
        String finish = "evergrant sessions copy tour --to " + away;
        shell.run("token", "-s", "tour").exits(4).advises(finish);
        shell.run("sessions", "verify").exits(6).prints("move unfinished", finish);
        shell.run("sessions", "copy", "tour", "--to", away).exits(0);
        shell.run("--store", away, "token", "-s", "tour", "--renew").isQuiet();
        shell.run("sessions", "list").says("There are no sessions");
        assertThat(play.stat("reuses")).isZero();
    }

    /** The other half: it has arrived, and its tokens are still where it came from. */
    @Test
    void a_move_that_was_killed_after_the_arrival_is_finished_by_the_same_command() {
        try (Program move = there().inOneStep("tour", () -> {
            Program started = Program.start(shell, "sessions", "copy", "tour", "--to", away);
            Awaitility.await().atMost(PATIENCE).until(() -> hasLeft() || !started.isRunning());
            // From here on nobody takes anything away, and it may arrive.
            hold(here());
            return started;
        })) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> !there().namespaces().isEmpty() || !move.isRunning());
        }
        released.countDown();

        assertThat(here().namespaces()).containsExactly("tour");
        shell.run("sessions", "verify").exits(6).prints("move unfinished");
        shell.run("--store", away, "token", "-s", "tour", "--renew").isQuiet();
        shell.run("sessions", "copy", "tour", "--to", away).exits(0);
        shell.run("sessions", "list").says("There are no sessions");
        shell.run("--store", away, "token", "-s", "tour", "--renew").isQuiet();
        shell.run("sessions", "verify").exits(0);
        assertThat(play.stat("reuses")).isZero();
    }

    private void killedBeforeArrival() {
        there().inOneStep("tour", () -> {
            try (Program move = Program.start(shell, "sessions", "copy", "tour", "--to", away)) {
                Awaitility.await().atMost(PATIENCE).until(() -> hasLeft() || !move.isRunning());
            }
            return null;
        });
    }

    /** Lets nobody change a store until {@link #released} is let go. */
    private void hold(TokenStorage storage) {
        CountDownLatch held = new CountDownLatch(1);
        new Thread(
                        () -> storage.inOneStep("tour", () -> {
                            held.countDown();
                            awaitQuietly(released);
                            return null;
                        }),
                        "holder")
                .start();
        awaitQuietly(held);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean hasLeft() {
        return here().journal("tour").read().containsKey("ended");
    }
}
