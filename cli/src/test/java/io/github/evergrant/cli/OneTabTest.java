package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many processes of the program that need a login at once, and one person with one browser. */
final class OneTabTest {

    private static final int MANY = 20;
    private static final Duration LONG = Duration.ofMinutes(3);

    private final Play play = new Play();
    private final List<Program> started = new ArrayList<>();

    @TempDir
    private Path home;

    private Shell shell;
    private Screen screen;

    @BeforeEach
    void open() {
        shell = play.shell(home);
        screen = new Screen(home);
    }

    @AfterEach
    void stop() {
        started.forEach(Program::close);
        play.close();
    }

    @Tag("counted")
    @Test
    void twenty_processes_open_one_tab_and_share_the_session() {
        List<Program> all = together(MANY);

        List<String> pages = screen.follow(play.decide(screen.address(1), "demo", "allow"));

        assertThat(all)
                .allSatisfy(program -> program.end()
                        .exits(0)
                        .printsNothing()
                        .says("Signed in to Globus as demo@example.org. Session tour is saved.\n"));
        assertThat(screen.opened()).hasSize(1);
        assertThat(play.requests("token.authorization_code")).isEqualTo(1);
        assertThat(pages.get(pages.size() - 1)).contains("Session tour is saved.");
        assertThat(waited(all)).isEqualTo(MANY - 1);
    }

    @Test
    void a_login_that_asks_for_its_client_is_shared_whichever_was_named() {
        String redirect = "http://localhost:" + Play.freePort();
        List<Program> both = IntStream.range(0, 2)
                .mapToObj(i -> started(
                        "login", "tastytrade", "-s", "tt", "--browser", screen.command(), "--redirect-uri", redirect))
                .toList();
        awaitAllThere(both);

        String there = screen.name(screen.address(1), "sandbox-tastytrade", "sandbox-tastytrade-secret");
        screen.follow(play.decide(there, "demo", "allow"));

        assertThat(both).allSatisfy(program -> program.end().exits(0).says("Session tt is saved."));
        assertThat(screen.opened()).hasSize(1);
        assertThat(play.requests("tastytrade", "token.authorization_code")).isEqualTo(1);
    }

    @Test
    void many_processes_share_a_denial() {
        List<Program> all = together(6);

        screen.follow(play.decide(screen.address(1), "demo", "deny"));

        assertThat(all).allSatisfy(program -> program.end().exits(8).says("Globus did not grant access"));
        assertThat(screen.opened()).hasSize(1);
        // Who begins afterwards has not been denied anything.
        Program next = start("tour");
        screen.follow(play.decide(screen.address(2), "demo", "allow"));
        next.end().exits(0);
    }

    @Test
    void when_the_one_dies_who_leads_the_next_one_does() {
        Program first = start("tour");
        String dead = screen.address(1);
        List<Program> others =
                IntStream.range(0, 3).mapToObj(i -> start("tour")).toList();
        awaitAllThere(others);
        first.close();

        String alive = screen.address(2);
        screen.follow(play.decide(alive, "demo", "allow"));

        assertThat(others).allSatisfy(program -> program.end().exits(0));
        assertThat(screen.opened()).hasSize(2);
        assertThatThrownBy(() -> screen.go(Screen.redirect(dead))).hasMessageContaining("Connect");
    }

    @Test
    void who_waits_is_shown_the_address_and_who_leads_however_quiet() {
        Program first = start("tour");
        String address = screen.address(1);
        Program quiet = start("tour", "-q");

        Awaitility.await().atMost(LONG).until(() -> quiet.errorsSoFar().contains("\n" + address + "\n"));
        assertThat(quiet.errorsSoFar()).contains("Process " + first.pid() + " waits", "run: kill " + first.pid());
        Path notes = home.resolve("state/logins");
        assertThat(notes).isDirectoryContaining(each -> each.toString().endsWith(".address.json") && isPrivate(each));

        screen.follow(play.decide(address, "demo", "allow"));
        assertThat(List.of(first, quiet)).allSatisfy(program -> program.end().exits(0));
        assertThat(notes).isDirectoryNotContaining("glob:**.address.json");
    }

    @Test
    void the_impatience_of_one_is_not_that_of_the_others() {
        Program impatient = start("tour", "--timeout", "5s");
        screen.address(1);
        List<Program> others =
                IntStream.range(0, 2).mapToObj(i -> start("tour")).toList();
        awaitAllThere(others);

        impatient.end().exits(8).says("nobody finished signing in");
        screen.follow(play.decide(screen.address(2), "demo", "allow"));

        assertThat(others).allSatisfy(program -> program.end().exits(0));
        assertThat(screen.opened()).hasSize(2);
    }

    @Test
    void the_browser_inherits_no_secret() throws IOException {
        shell.with("EVERGRANT_CLIENT_SECRET", "hush-1")
                .with("TT_REFRESH", "hush-2")
                .with("KEPT", "yes");
        Program login = start("tour", "--client-id", Play.PUBLIC_CLIENT, "--timeout", "2s");
        screen.address(1);

        assertThat(Files.readString(home.resolve("inherited")))
                .contains("KEPT=yes", "HOME=")
                .doesNotContain("hush", "EVERGRANT_");
        login.end().exits(8);
    }

    @Test
    void logins_that_keep_something_else_have_tabs_of_their_own() {
        Program tour = start("tour");
        screen.address(1);
        Program work = start("work");
        screen.address(2);
        Program expecting = start("tour", "--expect-user", "demo@example.org");
        screen.address(3);

        for (String address : screen.opened()) {
            screen.follow(play.decide(address, "demo", "allow"));
        }

        assertThat(List.of(tour, work, expecting))
                .allSatisfy(program -> program.end().exits(0));
        assertThat(waited(List.of(tour, work, expecting))).isZero();
    }

    @Test
    void interrupted_it_ends_with_130_frees_the_port_and_keeps_nothing() throws Exception {
        try (Launched login =
                new Launched(shell.variables, "login", "globus", "-s", "tour", "--browser", screen.command())) {
            URI redirect = Screen.redirect(screen.address(1));
            assertThat(screen.go(redirect).statusCode()).isEqualTo(400);
            login.signal("INT");
            assertThat(login.end()).isEqualTo(130);
            assertThatThrownBy(() -> screen.go(redirect)).hasMessageContaining("Connect");
        }
        shell.run("token", "-s", "tour").exits(4);
    }

    @Test
    void the_limits_of_the_listener_hold_in_the_program() throws IOException {
        Program login = start("tour");
        URI redirect = Screen.redirect(screen.address(1));

        assertThat(head(redirect, 15_000)).startsWith("HTTP/1.1 404");
        assertThat(head(redirect, 17_000)).doesNotContain("404");

        screen.follow(play.decide(screen.address(1), "demo", "allow"));
        login.end().exits(0);
    }

    private List<Program> together(int count) {
        List<Program> all =
                IntStream.range(0, count).mapToObj(i -> start("tour")).toList();
        awaitAllThere(all);
        return all;
    }

    /** Whoever has asked whether it may lead keeps the lock file open. */
    private void awaitAllThere(List<Program> all) {
        Path lock = home.resolve("state/logins/lock");
        Awaitility.await().atMost(LONG).until(() -> all.stream().allMatch(program -> hasOpen(program, lock)));
    }

    private static boolean hasOpen(Program program, Path file) {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(program.pid()), "fd"))) {
            return open.anyMatch(each -> file.equals(target(each)));
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

    private static boolean isPrivate(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                    .equals("rw-------");
        } catch (IOException e) {
            return false;
        }
    }

    private static long waited(List<Program> all) {
        return all.stream()
                .filter(program -> program.end().err().contains("Another process is signing in to Globus"))
                .count();
    }

    private static String head(URI redirect, int length) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redirect.getPort())) {
            socket.getOutputStream()
                    .write(("GET /" + "a".repeat(length) + " HTTP/1.1\r\nHost: " + redirect.getRawAuthority()
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // Cut off.
        }
    }

    private Program start(String session, String... more) {
        List<String> words = new ArrayList<>(List.of("login", "globus", "-s", session, "--browser", screen.command()));
        words.addAll(List.of(more));
        return started(words.toArray(new String[0]));
    }

    private Program started(String... words) {
        Program program = Program.start(shell, words);
        started.add(program);
        return program;
    }
}
