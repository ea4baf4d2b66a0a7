package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person with a real browser; how each page looks is kept in {@code target/pages}. */
@Tag("chromium")
final class ChromiumTest {

    private static final String SAVED = "Signed in to Globus as demo@example.org. Session tour is saved.";
    private static final String FINISHING = "Finishing the sign-in";
    private static final double LONG_MILLIS = 60_000;

    private static final Play PLAY = new Play();
    private static final Chromium CHROMIUM = new Chromium();

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

    @AfterEach
    void nothing_was_stopped_by_the_browser() {
        assertThat(CHROMIUM.complaints()).isEmpty();
        PLAY.heal();
    }

    @AfterAll
    static void stop() {
        CHROMIUM.close();
        PLAY.close();
    }

    @Test
    void who_allows_sees_what_was_saved() throws Exception {
        CompletableFuture<Ran> login = login();
        Page page = signIn(1, "demo", "allow");

        assertThat(page.title()).isEqualTo(SAVED);
        assertThat(page.locator("[role=status]").innerText()).contains("Signed in", SAVED, "You can close this tab.");
        assertThat(page.url()).matches("http://127\\.0\\.0\\.1:\\d+/result/[\\w-]{22}");
        CHROMIUM.inspect(page, "done");
        end(login).exits(0).says(SAVED);
        assertThat(shell.run("whoami").line()).isEqualTo("demo@example.org");
    }

    @Test
    void who_denies_sees_what_to_do_next() throws Exception {
        CompletableFuture<Ran> login = login();
        Page page = signIn(1, "demo", "deny");

        assertThat(page.title()).isEqualTo("Not signed in");
        assertThat(page.locator("pre").innerText()).startsWith("evergrant login globus -s tour");
        CHROMIUM.inspect(page, "refused");
        end(login).exits(8);
    }

    @Test
    void who_is_somebody_else_sees_who_was_expected() throws Exception {
        CompletableFuture<Ran> login = login("--expect-user", "demo@example.org");
        Page page = signIn(1, "other", "allow");

        assertThat(page.title()).isEqualTo("Another account signed in");
        assertThat(page.locator("p").first().innerText())
                .isEqualTo("Expected demo@example.org, and other@example.org logged in; nothing was saved.");
        CHROMIUM.inspect(page, "wrong-account");
        end(login).exits(2);
        shell.run("token", "-s", "tour").exits(4);
    }

    @Test
    void a_tab_of_a_former_login_is_stale_and_this_one_goes_on() throws Exception {
        String listen = "127.0.0.1:" + Play.freePort();
        end(login("--listen", listen, "--timeout", "1s")).exits(8);
        CompletableFuture<Ran> login = login("--listen", listen);
        screen.address(2);
        Page stale = signIn(1, "demo", "allow");

        assertThat(stale.title()).isEqualTo("Nothing was changed");
        assertThat(stale.locator("p").first().innerText())
                .isEqualTo("This sign-in is finished or was started elsewhere. Nothing was changed.");
        CHROMIUM.inspect(stale, "stale");
        // Chromium says so of every page with this status.
        assertThat(CHROMIUM.complaints()).allMatch(words -> words.contains("status of 400"));
        CHROMIUM.complaints().clear();
        assertThat(signIn(2, "demo", "allow").title()).isEqualTo(SAVED);
        end(login).exits(0);
    }

    @Test
    void a_slow_exchange_is_shown_and_the_page_goes_on_by_itself() throws Exception {
        PLAY.breakAll("token.authorization_code", "\"do\":\"delay\",\"ms\":8000");
        CompletableFuture<Ran> login = login();
        Page page = comeBack(1, "demo", "allow");

        assertThat(page.title()).isEqualTo(FINISHING);
        CHROMIUM.inspect(page, "finishing");
        assertThat(end(page).title()).isEqualTo(SAVED);
        end(login).exits(0);
    }

    @Test
    void who_sets_tastytrade_up_fills_in_a_form_allows_and_sees_the_refresh_token() throws Exception {
        String redirect = "http://localhost:" + Play.freePort();
        CompletableFuture<Ran> login = setUp(redirect, "--show-refresh-token");
        Page page = CHROMIUM.tab();
        page.navigate(screen.address(1));

        assertThat(page.title()).isEqualTo("Set up tastytrade");
        assertThat(page.getByLabel("Redirect URI to register").inputValue()).isEqualTo(redirect);
        assertThat(page.getByLabel("Redirect URI to register").isEditable()).isFalse();
        CHROMIUM.inspect(page, "set-up");

        // The browser itself sends nothing that is empty; a space it does.
        fillIn(page, " ", "sandbox-tastytrade-secret");
        assertThat(page.locator("[role=status]").innerText()).isEqualTo("The client ID is missing.");
        assertThat(page.getByLabel("Client secret").inputValue()).isEmpty();
        CHROMIUM.inspect(page, "set-up-again");
        // Chromium says so of every page with this status.
        assertThat(CHROMIUM.complaints()).allMatch(words -> words.contains("status of 400"));
        CHROMIUM.complaints().clear();

        fillIn(page, "sandbox-tastytrade", "sandbox-tastytrade-secret");
        assertThat(page.url()).contains("/tastytrade/production/auth.html?");
        end(decide(page, "demo", "allow", redirect));

        assertThat(page.title()).isEqualTo("Signed in to tastytrade as demo@example.org. Session tt is saved.");
        assertThat(page.url()).matches(redirect + "/result/[\\w-]{22}");
        assertThat(page.locator("details pre").isVisible()).isFalse();
        page.locator("summary").click();
        String shown = page.locator("details pre").innerText();
        CHROMIUM.inspect(page, "set-up-done");
        Ran ran = end(login).exits(0);
        assertThat(ran.out().lines().toList()).hasSize(2).last().isEqualTo(shown);
    }

    @Test
    void who_sets_tastytrade_up_and_denies_sees_what_to_do_next() throws Exception {
        String redirect = "http://localhost:" + Play.freePort();
        CompletableFuture<Ran> login = setUp(redirect);
        Page page = CHROMIUM.tab();
        page.navigate(screen.address(1));
        fillIn(page, "sandbox-tastytrade", "sandbox-tastytrade-secret");
        end(decide(page, "demo", "deny", redirect));

        assertThat(page.title()).isEqualTo("Not signed in");
        assertThat(page.locator("p").first().innerText())
                .isEqualTo("Tastytrade did not grant access: The person said no.");
        assertThat(page.locator("pre").innerText()).startsWith("evergrant login tastytrade -s tt");
        CHROMIUM.inspect(page, "set-up-refused");
        end(login).exits(8);
    }

    private CompletableFuture<Ran> setUp(String redirect, String... more) {
        List<String> words = new ArrayList<>(List.of("login", "tastytrade", "-s", "tt", "--browser", screen.command()));
        words.addAll(List.of("--redirect-uri", redirect));
        words.addAll(List.of(more));
        return CompletableFuture.supplyAsync(() -> shell.run(words.toArray(new String[0])));
    }

    private static void fillIn(Page page, String id, String secret) {
        page.getByLabel("Client ID").fill(id);
        page.getByLabel("Client secret").fill(secret);
        page.locator("button").click();
        page.waitForLoadState();
    }

    private CompletableFuture<Ran> login(String... more) {
        List<String> words = new ArrayList<>(List.of("login", "globus", "-s", "tour", "--browser", screen.command()));
        words.addAll(List.of(more));
        return CompletableFuture.supplyAsync(() -> shell.run(words.toArray(new String[0])));
    }

    private Page signIn(int count, String user, String decision) {
        return end(comeBack(count, user, decision));
    }

    /** A busy machine may take its time. */
    private static Page end(Page page) {
        page.waitForFunction(
                "title => document.title !== title",
                FINISHING,
                new Page.WaitForFunctionOptions().setTimeout(LONG_MILLIS));
        return page;
    }

    /** Signs in on the page that was opened as the so-manieth, and gives the first page of ours. */
    private Page comeBack(int count, String user, String decision) {
        Page page = CHROMIUM.tab();
        page.navigate(screen.address(count));
        String host = Screen.redirect(screen.address(count)).getRawAuthority();
        return decide(page, user, decision, "http://" + host);
    }

    /** Signs in on a provider's page, and waits to be led to an address of ours. */
    private static Page decide(Page page, String user, String decision, String ours) {
        page.getByLabel("Username").fill(user);
        page.getByLabel("Password").fill(user + "-password");
        page.locator("button[value=" + decision + "]").click();
        page.waitForURL(
                Pattern.compile(Pattern.quote(ours) + "/.*"), new Page.WaitForURLOptions().setTimeout(LONG_MILLIS));
        return page;
    }

    private static Ran end(CompletableFuture<Ran> login) throws Exception {
        return login.get(1, TimeUnit.MINUTES);
    }
}
