package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.cli.frame.ShellWords;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person signs in with a browser, from the command that is typed to the page that says how it ended. */
final class BrowserCommandTest {

    private static final String SAVED = "Signed in to Globus as demo@example.org. Session tour is saved.";

    @AutoClose
    private static final Play PLAY = new Play();

    @TempDir
    private Path home;

    private Shell shell;
    private Screen screen;

    @BeforeEach
    void open() {
        PLAY.reset();
        shell = PLAY.shell(home);
        screen = new Screen(home);
    }

    @Test
    void a_person_signs_in_and_the_page_says_what_the_terminal_says() {
        CompletableFuture<List<String>> pages = person("demo", "allow");

        Ran ran = login().exits(0).printsNothing().says(SAVED + "\n");

        String page = last(pages);
        assertThat(page).contains("<title>" + SAVED + "</title>", SAVED + " You can close this tab.");
        String address = screen.opened().get(0);
        assertThat(screen.opened()).hasSize(1);
        assertThat(ran.err()).containsPattern("(?m)^" + Pattern.quote(address) + "$");
        assertThat(Screen.redirect(address).toString()).matches("http://127\\.0\\.0\\.1:\\d+/callback/[\\w-]{22}");
        assertThat(shell.run("whoami").line()).isEqualTo("demo@example.org");
        assertThat(PLAY.requests("token.authorization_code")).isEqualTo(1);
        assertThatThrownBy(() -> screen.go(Screen.redirect(address))).hasMessageContaining("Connect");
    }

    @Test
    void it_is_what_happens_by_default_where_a_person_has_a_browser() {
        shell.with("EVERGRANT_BROWSER", screen.command());
        shell.terminal.isPresent();
        CompletableFuture<List<String>> pages = person("demo", "allow");

        Ran ran = shell.run("login", "globus", "-s", "tour").exits(0);

        assertThat(last(pages)).contains(SAVED);
        assertThat(ran.err()).isEqualTo(SAVED + "\n");
        assertThat(shell.terminal.shown())
                .containsPattern("(?m)^" + Pattern.quote(screen.opened().get(0)) + "$");
    }

    @Test
    void the_same_in_JSON() {
        CompletableFuture<List<String>> pages = person("demo", "allow");

        assertThat(login("--json").exits(0).json())
                .containsEntry("session", "tour")
                .containsEntry("account", "demo@example.org");
        assertThat(last(pages)).contains(SAVED);
    }

    @Test
    void who_denies_is_told_so_and_what_to_run() {
        CompletableFuture<List<String>> pages = person("demo", "deny");
        String again = "evergrant login globus -s tour --browser " + quoted(screen.command());

        login().exits(8)
                .says("Globus did not grant access\n  the provider's code: access_denied\n")
                .advises(again);

        assertThat(last(pages))
                .contains(
                        "<title>Not signed in</title>",
                        "Globus did not grant access.",
                        "<small>Code: access_denied</small>",
                        "<pre>" + again.replace("'", "&#39;").replace("\"", "&quot;") + "</pre>");
        shell.run("token", "-s", "tour").exits(4);
        assertThat(PLAY.requests("token.authorization_code")).isZero();
    }

    @Test
    void an_unexpected_user_is_refused_on_the_page_and_not_kept() {
        CompletableFuture<List<String>> pages = person("other", "allow");

        login("--expect-user", "demo@example.org")
                .exits(2)
                .says("expected demo@example.org, and other@example.org logged in; nothing was saved");

        assertThat(last(pages))
                .contains(
                        "<title>Another account signed in</title>",
                        "Expected demo@example.org, and other@example.org logged in; nothing was saved.");
        shell.run("token", "-s", "tour").exits(4);
        // Of each of the three APIs the refresh token and the access token.
        assertThat(PLAY.revoked()).hasSize(6);
    }

    @Test
    void another_accounts_session_is_not_replaced_and_the_page_says_whose_it_is() {
        CompletableFuture<List<String>> first = person("demo", "allow");
        login().exits(0);
        assertThat(last(first)).contains(SAVED);
        CompletableFuture<List<String>> second = person(2, "other", "allow");

        login().exits(2).says("session 'tour' is demo@example.org's, and other@example.org logged in");

        assertThat(last(second))
                .contains(
                        "Another account signed in",
                        "Session &#39;tour&#39; is demo@example.org&#39;s, and other@example.org logged in; nothing was"
                                + " saved.",
                        "evergrant login globus -s tour-2");
        assertThat(PLAY.revoked()).hasSize(6);
        assertThat(shell.run("whoami", "-s", "tour").line()).isEqualTo("demo@example.org");
        shell.run("token", "-s", "tour", "--resource-server", Play.GROUPS, "--renew")
                .exits(0);
    }

    @Test
    void a_login_that_cannot_be_stored_is_refused_and_revoked() {
        shell.with("EVERGRANT_STORE", "json1:" + home.resolve("old.json"));
        CompletableFuture<List<String>> pages = person("demo", "allow");

        login().exits(2).says("which holds the session DEFAULT only");

        assertThat(last(pages)).contains("Not signed in");
        assertThat(PLAY.revoked()).hasSize(6);
        shell.run("sessions", "list").says("There are no sessions");
    }

    @Test
    void an_id_token_that_is_not_believed_is_told_of_and_the_provider_asked() {
        PLAY.breakAll("jwks", "\"do\":\"status\",\"status\":404");
        CompletableFuture<List<String>> pages = person("demo", "allow");

        login("-q")
                .exits(0)
                .says("warning: the id token of Globus is not believed", "the server's keys cannot be fetched");

        assertThat(last(pages)).contains(SAVED);
        PLAY.heal();
    }

    @Test
    void a_stale_tab_changes_nothing() {
        String listen = "127.0.0.1:" + Play.freePort();
        CompletableFuture<String> stale =
                CompletableFuture.supplyAsync(() -> PLAY.decide(screen.address(1), "demo", "allow"));
        login("--listen", listen, "--timeout", "1s").exits(8).says("nobody finished signing in");
        String old = get(stale);
        CompletableFuture<List<String>> pages = CompletableFuture.supplyAsync(() -> {
            String address = screen.address(2);
            List<String> seen = new ArrayList<>(screen.follow(old));
            seen.addAll(screen.follow(PLAY.decide(address, "demo", "allow")));
            return seen;
        });

        login("--listen", listen).exits(0);

        assertThat(get(pages).get(0))
                .contains("This sign-in is finished or was started elsewhere. Nothing was changed.");
        assertThat(get(pages).get(1)).contains(SAVED);
        assertThat(PLAY.requests("token.authorization_code")).isEqualTo(1);
        assertThat(Screen.redirect(screen.opened().get(1))).hasToString("http://" + listen + "/callback");
    }

    @Test
    void who_waits_for_a_slow_exchange_is_told_so_and_then_how_it_ended() {
        PLAY.breakAll("token.authorization_code", "\"do\":\"delay\",\"ms\":4000");
        CompletableFuture<List<String>> pages = person("demo", "allow");

        login().exits(0);

        assertThat(get(pages)).hasSizeGreaterThan(1);
        assertThat(get(pages).get(0)).contains("Finishing the sign-in");
        assertThat(last(pages)).contains(SAVED);
        PLAY.heal();
    }

    @Test
    void a_code_that_is_refused_is_the_providers_no() {
        PLAY.breakAll(
                "token.authorization_code", "\"do\":\"status\",\"status\":400,\"body\":{\"error\":\"invalid_grant\"}");
        CompletableFuture<List<String>> pages = person("demo", "allow");

        login().exits(5).says("Globus said no: invalid_grant");

        assertThat(last(pages)).contains("Globus said no: invalid_grant.", "Code: invalid_grant");
        PLAY.heal();
    }

    @Test
    void a_provider_in_trouble_is_temporary() {
        PLAY.breakAll("token.authorization_code", "\"do\":\"status\",\"status\":503");
        CompletableFuture<List<String>> pages = person("demo", "allow");

        login().exits(7);

        assertThat(last(pages)).contains("Not signed in", "Code: provider_unavailable");
        PLAY.heal();
    }

    @Test
    @DisplayName("W15: the wait ends when it was said to")
    void a_browser_from_which_nobody_comes_back_is_waited_for_as_long_as_said() {
        login("--timeout", "200ms")
                .exits(8)
                .says("nobody finished signing in to Globus in time; nothing was saved")
                .advises("evergrant login globus -s tour --browser " + quoted(screen.command()) + " --timeout 200ms");
        shell.run("sessions", "list").printsNothing().says("There are no sessions");
    }

    @Test
    void a_browser_that_fails_is_told_of_and_the_address_is_there_to_be_opened() {
        shell.run("login", "globus", "-s", "tour", "--browser", "sh -c 'exit 3'", "--timeout", "3s")
                .exits(8)
                .says("warning: the browser 'sh' ended with 3; open the address yourself", "\nhttp://127.0.0.1:");
    }

    @Test
    void a_browser_that_is_not_there_is_a_wrong_command() {
        shell.run("login", "globus", "-s", "tour", "--browser", "/nowhere/firefox")
                .exits(2)
                .says("the browser 'firefox' cannot be started", "name another browser");
        shell.run("login", "globus", "-s", "tour", "--browser", "w3m")
                .exits(2)
                .says("'w3m' is no browser with a window of its own");
        shell.terminal.isPresent();
        shell.with("EVERGRANT_BROWSER", "/nowhere/firefox")
                .run("login", "globus", "-s", "tour", "--timeout", "200ms")
                .exits(8)
                .says("warning: the browser 'firefox' cannot be started; open the address yourself");
    }

    @Test
    void without_a_browser_the_address_is_shown_and_waited_for() {
        String listen = "127.0.0.1:" + Play.freePort();
        CompletableFuture<Ran> running = CompletableFuture.supplyAsync(
                () -> shell.run("login", "globus", "-s", "tour", "--listen", listen, "--timeout", "500ms"));

        Ran ran = get(running).exits(8);

        assertThat(ran.err())
                .startsWith("Open this address in a browser of this machine, and sign in to Globus:\n\nhttp://");
        assertThat(screen.opened()).isEmpty();
    }

    @Test
    void without_anybody_there_nobody_is_waited_for() {
        String run = "; run: evergrant login globus -s tour";
        shell.run("login", "globus", "-s", "tour", "--browser", screen.command(), "--no-input")
                .exits(4)
                .says("signing in to Globus needs a person at a terminal" + run);
        shell.with("EVERGRANT_BROWSER", screen.command())
                .run("login", "globus", "-s", "tour")
                .exits(4)
                .says("needs a person at a terminal" + run);
        shell.with("EVERGRANT_PROMPT", "never")
                .run("login", "globus", "-s", "tour", "--browser", screen.command())
                .exits(4);
        assertThat(screen.opened()).isEmpty();
    }

    @Test
    @DisplayName("70: in an SSH session no browser is opened; the code is pasted")
    void where_no_browser_can_come_back_the_code_is_pasted() {
        shell.terminal.types(shown -> PLAY.allow(shown, "demo"));
        shell.with("SSH_CONNECTION", "a").with("DISPLAY", ":0").with("BROWSER", screen.command());

        shell.run("login", "globus", "-s", "tour", "--no-browser")
                .exits(0)
                .says("No browser is opened: this is an SSH session.\n");

        assertThat(screen.opened()).isEmpty();
        assertThat(shell.terminal.shown()).endsWith("Code: ");
    }

    @Test
    void a_redirect_that_leads_elsewhere_is_pasted_from() {
        shell.terminal.types(shown -> {
            assertThat(Screen.redirect(address(shown))).hasToString("https://example.org/cb");
            return PLAY.decide(shown, "demo", "allow");
        });
        shell.with("EVERGRANT_BROWSER", screen.command()).with("EVERGRANT_CLIENT_SECRET", Play.CONFIDENTIAL_SECRET);

        shell.run(
                        "login",
                        "globus",
                        "-s",
                        "tour",
                        "--client-id",
                        Play.CONFIDENTIAL_CLIENT,
                        "--redirect-uri",
                        "https://example.org/cb")
                .exits(0);
        assertThat(screen.opened()).isEmpty();
    }

    @Test
    void a_registered_redirect_is_told_exactly_and_listened_on() {
        String redirect = "http://localhost:" + Play.freePort() + "/signed-in";
        CompletableFuture<List<String>> pages = person("demo", "allow");

        login("--redirect-uri", redirect).exits(0);

        assertThat(Screen.redirect(screen.opened().get(0))).hasToString(redirect);
        assertThat(last(pages)).contains(SAVED);
    }

    @Test
    void what_is_wrong_with_the_command_is_said_before_anything_is_opened() throws IOException {
        login("--no-browser").exits(2).says("--browser and --no-browser");
        login("--paste").exits(2).says("name one way to log in");
        login("--client-credentials").exits(2).says("name one way to log in");
        login("--listen", "0.0.0.0:8765").exits(2).says("'0.0.0.0:8765' is no place of this machine to listen on");
        login("--listen", "8765").exits(2);
        login("--redirect-uri", "https://example.org/cb").exits(2).says("https://example.org/cb");
        login("--redirect-uri", "not an address").exits(2).says("--redirect-uri is no address");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            login("--listen", "127.0.0.1:" + taken.getLocalPort())
                    .exits(2)
                    .says("port " + taken.getLocalPort() + " of this machine cannot be listened on");
        }
        assertThat(screen.opened()).isEmpty();
        assertThat(PLAY.log()).contains("\"requests\":[]");
    }

    private Ran login(String... more) {
        List<String> words = new ArrayList<>(List.of("login", "globus", "-s", "tour", "--browser", screen.command()));
        words.addAll(Arrays.asList(more));
        return shell.run(words.toArray(new String[0]));
    }

    private CompletableFuture<List<String>> person(String user, String decision) {
        return person(1, user, decision);
    }

    /** Somebody who decides on the page that is opened as the so-manieth. */
    private CompletableFuture<List<String>> person(int count, String user, String decision) {
        return CompletableFuture.supplyAsync(() -> screen.follow(PLAY.decide(screen.address(count), user, decision)));
    }

    private static String last(CompletableFuture<List<String>> pages) {
        List<String> all = get(pages);
        return all.get(all.size() - 1);
    }

    private static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(3, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String address(String shown) {
        return shown.lines()
                .filter(line -> line.startsWith("http"))
                .reduce((one, other) -> other)
                .orElseThrow();
    }

    private static String quoted(String word) {
        return ShellWords.quoted(word);
    }
}
