package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.lease.Lease;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.storage.file.JsonTokenStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One session, many processes of the program, a real provider over a real socket. */
@Tag("counted")
final class ProcessesTest {

    private static final int MANY = 64;

    private final Play play = new Play();
    private final List<Program> started = new ArrayList<>();

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = play.shell(home);
    }

    @AfterEach
    void stop() {
        started.forEach(Program::close);
        play.close();
    }

    @Test
    @DisplayName("59, W5: 64 processes on one spent token ask once, and all have the successor")
    void many_processes_on_one_spent_token_renew_once() {
        logInWithSpentToken();
        List<Ran> all = everybody(MANY, "token", "-s", "tour", "--timeout", "3m");
        assertThat(all).allSatisfy(ran -> ran.exits(0).isQuiet());
        assertThat(all.stream().map(Ran::line).distinct()).hasSize(1);
        assertThat(play.requests("token.refresh")).isEqualTo(1);
        assertThat(play.stat("reuses")).isZero();
        assertThat(play.stat("max_concurrent_refreshes")).isEqualTo(1);
        assertThat(stored()).contains(all.get(0).line());
        shell.run("groups", "-s", "tour").exits(0).prints("Demo Group");
    }

    @Test
    void deadSessionIsAskedOnce() {
        logInWithSpentToken();
        play.breakRefresh("\"do\":\"status\",\"status\":401,\"body\":{\"error\":\"invalid_grant\"}");
        List<Ran> all = everybody(16, "token", "-s", "tour", "--timeout", "3m");
        assertThat(all).allSatisfy(ran -> ran.exits(4).printsNothing().advises("evergrant login globus -s tour"));
        assertThat(play.requests("token.refresh")).isBetween(1, 2);
    }

    @Test
    void endpointDown64ProcessesOneFailure() {
        logInWithSpentToken();
        play.breakRefresh("\"do\":\"status\",\"status\":503");
        List<Program> all;
        // The lease is ours until all of them wait for it: then all began before the failure, and share it.
        try (Lease held =
                JsonTokenStorage.open(shell.store()).leases().tryTake("tour").orElseThrow()) {
            all = IntStream.range(0, MANY)
                    .mapToObj(i -> start("token", "-s", "tour", "--timeout", "3m"))
                    .toList();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> all.stream().allMatch(this::hasLockFileOpen));
        }
        assertThat(all).allSatisfy(program -> program.end().exits(7).printsNothing());
        assertThat(play.requests("token.refresh")).isEqualTo(1);
        play.heal();
        start("token", "-s", "tour").end().exits(0);
    }

    /** Whoever has asked for the lease keeps the lock file open. */
    private boolean hasLockFileOpen(Program program) {
        Path lock = shell.store().resolveSibling("sessions.json.lock");
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(program.pid()), "fd"))) {
            return open.anyMatch(each -> lock.equals(target(each)));
        } catch (IOException e) {
            return false;
        }
    }

    private static @Nullable Path target(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException e) {
            return null; // Closed meanwhile.
        }
    }

    @Test
    void plain_calls_end_while_a_renewal_is_held_up() {
        shell.logIn("tour", play.grantGroups());
        String token = shell.run("token", "-s", "tour").line();
        play.breakRefresh("\"do\":\"delay\",\"ms\":60000");
        Program slow = start("token", "-s", "tour", "--renew", "--timeout", "60s");
        Awaitility.await().until(() -> play.requests("token.refresh") == 1);
        Program other = start("token", "-s", "tour");
        for (int i = 0; i < 19; i++) {
            assertThat(shell.run("token", "-s", "tour").isQuiet().line()).isEqualTo(token);
        }
        assertThat(other.end().isQuiet().line()).isEqualTo(token);
        assertThat(slow.isRunning()).isTrue();
        assertThat(play.isOpen("token.refresh")).isTrue();
    }

    @Test
    void tokens_that_another_writer_saved_meanwhile_are_adopted_without_a_login() throws Exception {
        logInWithSpentToken();
        String theirs = play.grantGroups();
        play.breakRefresh("\"ms\":3000,\"do\":\"status\",\"status\":401,\"body\":{\"error\":\"invalid_grant\"}");
        Program ours = start("token", "-s", "tour");
        Awaitility.await().until(() -> play.requests("token.refresh") == 1);
        rewriteAsPythonDoes(Shell.object(theirs));
        String token = String.valueOf(Shell.object(theirs).get("access_token"));
        assertThat(ours.end().isQuiet().line()).isEqualTo(token);
        assertThat(play.requests("token.refresh")).isEqualTo(1);
    }

    /** Truncates the file and writes it again, in place and without a lock. */
    private void rewriteAsPythonDoes(Map<String, @Nullable Object> reply) throws Exception {
        Files.writeString(shell.store(), """
                {"data": {"tour": {"groups.api.globus.org": {"resource_server": "groups.api.globus.org", \
                "scope": "%s", "access_token": "%s", "refresh_token": "%s", "expires_at_seconds": %d, \
                "token_type": "Bearer"}}}, "format_version": "2.0", "globus-sdk.version": "4.9.0"}""".formatted(
                        reply.get("scope"),
                        reply.get("access_token"),
                        reply.get("refresh_token"),
                        shell.clock.instant().getEpochSecond() + 900));
    }

    private void logInWithSpentToken() {
        shell.logIn("tour", play.grantEnding(1));
        Awaitility.await()
                .until(() -> "spent"
                        .equals(HostileJson.asText(Shell.object(start("status", "-s", "tour", "--json")
                                        .end()
                                        .line())
                                .get("state"))));
    }

    private List<Ran> everybody(int count, String... words) {
        List<Program> all =
                IntStream.range(0, count).mapToObj(i -> start(words)).toList();
        return all.stream().map(Program::end).toList();
    }

    private Program start(String... words) {
        Program program = Program.start(shell, words);
        started.add(program);
        return program;
    }

    private String stored() {
        try {
            return Files.readString(shell.store());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
