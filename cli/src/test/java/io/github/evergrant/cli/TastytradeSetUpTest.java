package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.cli.frame.ShellWords;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person names an application of theirs on a page of this machine, from the command that is typed to the last page. */
final class TastytradeSetUpTest {

    private static final String SAVED = "Signed in to tastytrade as demo@example.org. Session tt is saved.";
    private static final String ID = "sandbox-tastytrade";
    private static final String SECRET = "sandbox-tastytrade-secret";

    @AutoClose
    private static final Play PLAY = new Play();

    @TempDir
    private Path home;

    private Shell shell;
    private Screen screen;
    private String redirect;

    @BeforeEach
    void open() {
        PLAY.reset();
        shell = PLAY.shell(home);
        screen = new Screen(home);
        redirect = "http://localhost:" + Play.freePort();
    }

    @Test
    void the_page_asks_and_the_session_is_saved_and_renews() {
        CompletableFuture<List<String>> pages = person(1, ID, SECRET, "allow");

        Ran ran = login().exits(0).printsNothing().says(SAVED + "\n");

        assertThat(last(pages))
                .contains("<title>" + SAVED + "</title>", "You can close this tab.")
                .doesNotContain("sandbox-rt-");
        String opened = screen.opened().get(0);
        assertThat(screen.opened()).hasSize(1);
        assertThat(opened).matches(redirect + "/set-up/[\\w-]{22}");
        assertThat(ran.err()).contains("\n" + opened + "\n");
        shell.run("token", "-s", "tt").isQuiet().prints("sandbox-at-");
        shell.run("token", "-s", "tt", "--renew").isQuiet();
        assertThat(PLAY.requests("tastytrade", "token.authorization_code")).isEqualTo(1);
        assertThat(PLAY.requests("tastytrade", "token.refresh")).isEqualTo(1);
        assertThatThrownBy(() -> screen.go(URI.create(opened))).hasMessageContaining("Connect");
    }

    @Test
    void a_second_login_knows_the_application() {
        CompletableFuture<List<String>> first = person(1, ID, SECRET, "allow");
        login().exits(0);
        assertThat(last(first)).contains(SAVED);
        CompletableFuture<List<String>> second =
                CompletableFuture.supplyAsync(() -> screen.follow(PLAY.decide(screen.address(2), "demo", "allow")));

        login().exits(0);

        assertThat(last(second)).contains(SAVED);
        assertThat(screen.opened().get(1)).contains("/tastytrade/production/auth.html?");
    }

    @Test
    void an_application_that_is_named_by_options_is_not_asked_for() throws IOException {
        Path file = Files.writeString(home.resolve("secret.txt"), SECRET + "\n");
        CompletableFuture<List<String>> pages =
                CompletableFuture.supplyAsync(() -> screen.follow(PLAY.decide(screen.address(1), "demo", "allow")));

        login("--client-id", ID, "--client-secret-file", file.toString(), "--pkce")
                .exits(0);

        assertThat(last(pages)).contains(SAVED);
        assertThat(screen.opened().get(0)).contains("code_challenge_method=S256");
        login("--client-id", ID, "-s", "other").exits(2).says("needs the client's secret");
        login("--client-secret-file", file.toString(), "-s", "other").exits(2).says("needs a client id");
        assertThat(screen.opened()).hasSize(1);
    }

    @Test
    @DisplayName("tastytrade 80: the certification environment has an application, a page and a session of its own")
    void the_certification_environment_has_its_own() {
        CompletableFuture<List<String>> pages = CompletableFuture.supplyAsync(() -> {
            String form = screen.go(URI.create(screen.address(1))).body();
            assertThat(form)
                    .contains(
                            "<title>Set up tastytrade</title>",
                            "href=\"https://developer.tastytrade.com/sandbox/\"",
                            "readonly value=\"" + redirect + "\"",
                            "sandbox-tastytrade-certification");
            assertThat(form.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(8192);
            String there = screen.name(screen.address(1), "sandbox-tastytrade-certification", SECRET);
            assertThat(there).contains("/tastytrade/certification/auth.html?");
            return screen.follow(PLAY.decide(there, "demo", "allow"));
        });

        login("--environment", "certification").exits(0);

        assertThat(last(pages)).contains(SAVED);
        assertThat(shell.run("sessions", "show", "tt", "--json").json()).containsEntry("environment", "certification");
        shell.run("token", "-s", "tt", "--renew").isQuiet();
    }

    @Test
    @DisplayName("tastytrade 91, tastytrade 93: a refresh token that is to be shown is on the page and alone on a line")
    void a_refresh_token_that_is_to_be_shown() {
        CompletableFuture<List<String>> pages = person(1, ID, SECRET, "allow");

        Ran ran = login("--show-refresh-token").exits(0);

        List<String> lines = ran.out().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .isEqualTo("Opening url: " + screen.opened().get(0))
                .startsWith("Opening url: " + redirect);
        assertThat(lines.get(1)).matches("sandbox-rt-\\S+");
        assertThat(last(pages))
                .contains("<details><summary>Show the refresh token</summary>", "<pre>" + lines.get(1) + "</pre>");
        assertThat(ran.err()).doesNotContain(lines.get(1));
    }

    @Test
    @DisplayName("tastytrade 85: who says no sees so, and nothing is saved")
    void who_says_no_sees_so() {
        CompletableFuture<List<String>> pages = person(1, ID, SECRET, "deny");

        login().exits(8)
                .says("tastytrade did not grant access: The person said no\n  the provider's code: access_denied\n");

        assertThat(last(pages))
                .contains(
                        "<title>Not signed in</title>",
                        "Tastytrade did not grant access: The person said no.",
                        "<small>Code: access_denied</small>",
                        "<pre>evergrant login tastytrade -s tt");
        shell.run("sessions", "list").says("There are no sessions");
        assertThat(PLAY.requests("tastytrade", "token.authorization_code")).isZero();
    }

    @Test
    @DisplayName("tastytrade 90: a secret that is wrong is told of on the page, and fails")
    void a_secret_that_is_wrong_is_told_of() {
        CompletableFuture<List<String>> pages = person(1, ID, "pa\u00dfwort \u4e2d", "allow");

        login().exits(5).says("tastytrade said no: Client authentication failed");

        assertThat(last(pages))
                .contains("Tastytrade said no: Client authentication failed.", "Code: invalid_client")
                .doesNotContain("pa\u00dfwort");
        shell.run("sessions", "list").says("There are no sessions");
    }

    @Test
    @DisplayName("tastytrade 88: a form with something missing comes again, and the login goes on")
    void a_form_with_something_missing_comes_again() {
        CompletableFuture<List<String>> pages = CompletableFuture.supplyAsync(() -> {
            String again = screen.fill(screen.address(1), ID, " ").body();
            assertThat(again).contains("The client secret is missing.").doesNotContain(ID + "\"");
            return screen.follow(PLAY.decide(screen.name(screen.address(1), ID, SECRET), "demo", "allow"));
        });

        login().exits(0);

        assertThat(last(pages)).contains(SAVED);
    }

    @Test
    @DisplayName("tastytrade 95: a port that is taken is named, with the option to change it")
    void a_port_that_is_taken_is_named() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            String words = "port " + port + " of this machine cannot be listened on; another program may have it";
            redirect = "http://localhost:" + port;
            login().exits(2)
                    .says(words)
                    .advises("evergrant login tastytrade -s tt --browser " + quoted()
                            + " --redirect-uri http://localhost:" + (port + 1));
            shell.run("login", "tastytrade", "-s", "tt", "--listen", "127.0.0.1:" + port)
                    .exits(2)
                    .says(words)
                    .advises("evergrant login tastytrade -s tt --listen 127.0.0.1:" + (port + 1));
        }
        // Whoever has the usual port: it is we, or somebody else on this machine.
        try (ServerSocket usual = usual()) {
            shell.run("login", "tastytrade", "-s", "tt", "--browser", screen.command())
                    .exits(2)
                    .says("port 8000 of this machine cannot be listened on", "register it for your application, too")
                    .advises("evergrant login tastytrade -s tt --browser " + quoted()
                            + " --redirect-uri http://localhost:8001");
        }
        assertThat(screen.opened()).isEmpty();
    }

    private static @Nullable ServerSocket usual() throws IOException {
        try {
            return new ServerSocket(8000, 1, InetAddress.getLoopbackAddress());
        } catch (BindException e) {
            return null;
        }
    }

    @Test
    void where_no_browser_can_come_back_everything_is_typed() {
        shell.terminal.types(shown -> {
            assertThat(shown)
                    .contains(
                            "* Check all its scopes (read, trade, openid)",
                            "(https://developer.tastytrade.com/sandbox/)",
                            "Redirect URI to register: http://localhost:8000\n");
            return ID;
        });
        shell.terminal.types(shown -> SECRET);
        shell.terminal.types(shown -> {
            assertThat(shown).contains("paste the address of the last page, which need not load");
            return PLAY.decide(shown, "demo", "allow");
        });

        Ran ran = shell.run("login", "tastytrade", "-s", "tt", "--paste", "--show-refresh-token")
                .exits(0)
                .says(SAVED);

        assertThat(ran.out().strip()).matches("sandbox-rt-\\S+");
        assertThat(shell.terminal.shown()).endsWith("Address: ").contains("Client ID: Client secret: ");
        shell.run("token", "-s", "tt", "--renew").isQuiet();
    }

    @Test
    void who_types_nothing_is_told_what_is_needed() {
        shell.terminal.types(shown -> "");
        shell.terminal.types(shown -> " ");

        shell.run("login", "tastytrade", "-s", "tt", "--paste").exits(2).says("needs a client id and a client secret");
        shell.terminal.types(shown -> ID);
        shell.run("login", "tastytrade", "-s", "tt", "--paste").exits(8).says("the login was cancelled");
    }

    @Test
    void nobody_comes_and_nothing_is_saved() {
        shell.with("EVERGRANT_BROWSER", screen.command());
        shell.terminal.isPresent();
        Ran first = shell.run("login", "tastytrade", "-s", "tt", "--redirect-uri", redirect, "--timeout", "200ms");
        assertThat(first.exits(8).err()).contains("nobody finished signing in to tastytrade in time");
        assertThat(screen.opened().get(0)).startsWith(redirect + "/set-up/");
        shell.run("sessions", "list").says("There are no sessions");
    }

    @Test
    void what_means_nothing_is_said_before_anything_is_opened() {
        shell.run("login", "globus", "--show-refresh-token").exits(2).says("--show-refresh-token is not for Globus");
        login("--show-refresh-token", "--json").exits(2).says("no JSON");
        login("--redirect-uri", "http://192.0.2.1:8000").exits(2);
        shell.run("login", "tastytrade", "-s", "tt").exits(4).says("needs a person at a terminal");
        assertThat(screen.opened()).isEmpty();
    }

    private Ran login(String... more) {
        List<String> words = new ArrayList<>(
                List.of("login", "tastytrade", "-s", "tt", "--browser", screen.command(), "--redirect-uri", redirect));
        if (Arrays.asList(more).contains("--redirect-uri")
                || Arrays.asList(more).contains("-s")) {
            words = new ArrayList<>(List.of("login", "tastytrade", "--browser", screen.command()));
        }
        words.addAll(Arrays.asList(more));
        return shell.run(words.toArray(new String[0]));
    }

    /** Somebody who names an application on the page that is opened as the so-manieth, and decides on tastytrade's. */
    private CompletableFuture<List<String>> person(int count, String id, String secret, String decision) {
        return CompletableFuture.supplyAsync(
                () -> screen.follow(PLAY.decide(screen.name(screen.address(count), id, secret), "demo", decision)));
    }

    private static String last(CompletableFuture<List<String>> pages) {
        try {
            List<String> all = pages.get(3, TimeUnit.MINUTES);
            return all.get(all.size() - 1);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private String quoted() {
        return ShellWords.quoted(screen.command());
    }
}
