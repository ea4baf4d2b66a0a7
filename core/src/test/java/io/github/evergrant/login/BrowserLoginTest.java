package io.github.evergrant.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.login.loopback.LoopbackAddress;
import io.github.evergrant.oauth.Pkce;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BrowserLoginTest {

    private static final String TOKENS = "{\"access_token\":\"A\",\"refresh_token\":\"R\"}";
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String SAVED = "Signed in to Paper as ada@example.org. Session tour is saved.";

    private final LoginFixture fixture = new LoginFixture();
    private final BrowserLogin login = start(LoginFixture.withoutOpenid(LoginFixture.NATIVE));
    private final Visitor browser = new Visitor(login.redirect().getPort());

    @AfterEach
    void close() {
        login.close();
    }

    @Test
    void the_address_binds_the_answer_to_us_and_to_a_place_nobody_can_guess() {
        Map<String, String> asked = asked(login);

        assertThat(asked).containsEntry("code_challenge_method", "S256");
        assertThat(asked.get("state")).hasSize(43);
        assertThat(asked.get("redirect_uri"))
                .isEqualTo(login.redirect().toString())
                .matches("http://127\\.0\\.0\\.1:\\d+/callback/[A-Za-z0-9_-]{22}");
        try (BrowserLogin other = start(LoginFixture.withoutOpenid(LoginFixture.NATIVE))) {
            assertThat(asked(other).get("state")).isNotEqualTo(asked.get("state"));
            assertThat(other.redirect().getRawPath())
                    .isNotEqualTo(login.redirect().getRawPath());
        }
    }

    @Test
    void the_code_is_redeemed_once_with_the_verifier_and_leaves_the_address_bar() {
        fixture.sender.reply(200, TOKENS);
        Visitor.Reply callback = comesBack("?code=c%2F1&state=" + state());
        LoginResult result = login.finish(LONG, done -> SAVED);
        Visitor.Reply page = result(callback);

        assertThat(callback.status()).isEqualTo(303);
        assertThat(callback.header("Location")).matches("/result/[A-Za-z0-9_-]{22}");
        assertThat(result.response().first().refreshToken()).isEqualTo(Secret.of("R"));
        Map<String, String> form = fixture.form(0);
        assertThat(form)
                .containsEntry("code", "c/1")
                .containsEntry("redirect_uri", login.redirect().toString());
        assertThat(new Pkce(Secret.of(form.getOrDefault("code_verifier", ""))).challenge())
                .isEqualTo(asked(login).get("code_challenge"));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("<title>" + SAVED + "</title>", SAVED + " You can close this tab.", "role=\"status\"");
    }

    @Test
    void a_client_with_a_secret_has_a_verifier_too() {
        fixture.sender.reply(200, TOKENS);
        try (BrowserLogin other = start(LoginFixture.withoutOpenid(LoginFixture.CONFIDENTIAL))) {
            Visitor visitor = new Visitor(other.redirect().getPort());
            Visitor.Reply callback = visitor.go(URI.create(
                    other.redirect() + "?code=c&state=" + asked(other).get("state")));
            other.finish(LONG);
            visitor.get(other.redirect().getRawAuthority(), callback.header("Location"));
        }
        assertThat(fixture.form(0)).containsKey("code_verifier");
        assertThat(fixture.sender.calls().get(0).headers()).containsKey("Authorization");
    }

    @Test
    void every_page_is_small_closed_and_for_nobody_else() {
        Visitor.Reply stale = comesBack("?code=c&state=wrong");

        assertThat(stale.status()).isEqualTo(400);
        assertThat(stale.body())
                .contains("This sign-in is finished or was started elsewhere. Nothing was changed.")
                .doesNotContain("http:", "https:", "src=", "href=", "url(", "<script", "@import", "style=\"");
        assertThat(stale.body().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(8192);
        assertThat(stale.header("Content-Security-Policy"))
                .matches("default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; base-uri 'none';"
                        + " form-action 'none'; frame-ancestors 'none'");
        assertThat(stale.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(stale.header("Cache-Control")).isEqualTo("no-store");
        assertThat(stale.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(stale.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(stale.header("Connection")).isEqualTo("close");
        assertThat(stale.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
    }

    @Test
    @DisplayName("67: only the registered path and the exact state are an answer; the login goes on")
    void only_the_right_path_and_state_are_an_answer() {
        assertThat(comesBack("?code=c&state=_default").status()).isEqualTo(400);
        assertThat(browser.get(host(), "/?code=c&state=" + state()).status()).isEqualTo(404);
        assertFinishes();
    }

    @Test
    @DisplayName("68: a favicon request is ignored")
    void a_favicon_is_no_answer() {
        assertThat(browser.get(host(), "/favicon.ico").status()).isEqualTo(404);
        assertFinishes();
    }

    @Test
    @DisplayName("69: what a provider says is escaped, cleaned and cut")
    void what_a_provider_says_is_escaped_cleaned_and_cut() {
        Visitor.Reply callback = comesBack("?error=%3Cb%3Eaccess_denied&state=" + state()
                + "&error_description=%3Cscript%3Ealert(%22x%22)%3C/script%3E%1B%5B2J%E2%80%AE%00"
                + "y".repeat(1000));

        assertThatThrownBy(() -> login.finish(LONG, new Advising("evergrant login paper -s 'a<b'")))
                .isInstanceOfSatisfying(LoginFailed.class, e -> {
                    assertThat(e.code()).isEqualTo("login_denied");
                    assertThat(e.providerCode()).contains("<b>access_denied");
                    assertThat(e.getMessage())
                            .doesNotContain("\u001b", "\u202e")
                            .hasSizeLessThan(500);
                });
        String page = result(callback).body();
        assertThat(page)
                .contains(
                        "Not signed in",
                        "Paper did not grant access: &lt;script&gt;alert(&quot;x&quot;)",
                        "<small>Code: &lt;b&gt;access_denied</small>",
                        "<pre>evergrant login paper -s &#39;a&lt;b&#39;</pre>")
                .doesNotContain("<script", "<b>", "\u001b", "\u202e", "y".repeat(300));
        assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(8192);
        assertThat(fixture.sender.calls()).isEmpty();
    }

    @Test
    void a_refused_code_is_the_providers_no_on_the_page_too() {
        fixture.sender.reply(400, "{\"error\":\"invalid_grant\",\"error_description\":\"too late\"}");
        Visitor.Reply callback = comesBack("?code=c&state=" + state());

        assertThatThrownBy(() -> login.finish(LONG, new Advising("")))
                .isInstanceOfSatisfying(
                        ProviderRefused.class, e -> assertThat(e.code()).isEqualTo("invalid_grant"));
        assertThat(result(callback).body())
                .contains("Paper said no: too late.", "<small>Code: invalid_grant</small>")
                .doesNotContain("<pre>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong_account", "other_account"})
    void a_login_that_the_keeper_refuses_as_anothers_says_so_on_the_page(String code) {
        fixture.sender.reply(200, TOKENS);
        Visitor.Reply callback = comesBack("?code=c&state=" + state());
        String sentence = "expected ada, and eve logged in; nothing was saved";

        assertThatThrownBy(() -> login.finish(LONG, done -> {
                    throw new LoginFailed(Problem.of(code, sentence).withAdvice("log in as ada"));
                }))
                .hasMessage(sentence);
        assertThat(result(callback).body())
                .contains(
                        "<title>Another account signed in</title>",
                        "Expected ada, and eve logged in; nothing was saved.",
                        "<pre>log in as ada</pre>");
    }

    @Test
    void a_keeper_that_breaks_leaves_a_page_that_promises_nothing() {
        fixture.sender.reply(200, TOKENS);
        Visitor.Reply callback = comesBack("?code=c&state=" + state());

        assertThatThrownBy(() -> login.finish(LONG, done -> {
                    throw new IllegalStateException("canary");
                }))
                .isInstanceOf(IllegalStateException.class);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(login::close);
        assertThat(result(callback).body())
                .contains("Not signed in", "The program gave this sign-in up.")
                .doesNotContain("canary");
        assertThat(closed).succeedsWithin(LONG);
    }

    @Test
    void the_same_answer_again_leads_to_the_same_page_and_another_one_to_none() {
        fixture.sender.reply(200, TOKENS);
        String query = "?code=c&state=" + state();
        Visitor.Reply first = comesBack(query);
        Visitor.Reply again = comesBack(query);
        // A second tab, opened from the same printed address, brings a code of its own.
        Visitor.Reply second = comesBack("?code=other&state=" + state());
        Visitor.Reply denied = comesBack("?error=access_denied&state=" + state());
        login.finish(LONG, done -> SAVED);

        assertThat(first.status()).isEqualTo(303);
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.status()).isEqualTo(400);
        assertThat(second.body()).contains("Nothing was changed");
        assertThat(denied.status()).isEqualTo(400);
        assertThat(result(again).body()).contains(SAVED);
        assertThat(result(first).body()).contains(SAVED);
        assertThat(fixture.sender.calls()).hasSize(1);
    }

    @Test
    void success_is_shown_after_it_is_true_and_who_waits_longer_is_told_so() throws Exception {
        fixture.sender.reply(200, TOKENS);
        Visitor.Reply callback = comesBack("?code=c&state=" + state());
        CountDownLatch mayEnd = new CountDownLatch(1);
        CompletableFuture<LoginResult> finished = CompletableFuture.supplyAsync(() -> login.finish(LONG, done -> {
            await(mayEnd);
            return SAVED;
        }));

        long began = System.nanoTime();
        Visitor.Reply waiting = result(callback);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(2900));
        assertThat(waiting.body()).contains("Finishing the sign-in").doesNotContain(SAVED);
        assertThat(waiting.header("Refresh")).isEqualTo("1");
        assertThat(finished).isNotDone();

        CompletableFuture<Visitor.Reply> next = CompletableFuture.supplyAsync(() -> result(callback));
        mayEnd.countDown();
        assertThat(finished.get(30, TimeUnit.SECONDS)).isNotNull();
        CompletableFuture<Void> closed = CompletableFuture.runAsync(login::close);
        Visitor.Reply done = next.get(30, TimeUnit.SECONDS);
        assertThat(done.body()).contains(SAVED);
        assertThat(done.header("Refresh")).isEmpty();
        assertThat(closed).succeedsWithin(LONG);
    }

    @Test
    void an_interrupt_ends_the_wait_and_is_not_lost() throws Exception {
        CompletableFuture<EvergrantException> thrown = new CompletableFuture<>();
        CompletableFuture<Boolean> pending = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                login.finish(LONG);
            } catch (EvergrantException e) {
                pending.complete(Thread.currentThread().isInterrupted());
                thrown.complete(e);
            }
        });
        waiting.start();
        waiting.interrupt();
        assertThat(thrown.get(30, TimeUnit.SECONDS).code()).isEqualTo("interrupted");
        assertThat(pending).isCompletedWithValue(true);
    }

    @Test
    void it_is_a_way_to_log_in_for_later() {
        fixture.sender.reply(200, TOKENS);
        CompletableFuture<Visitor.Reply> page = new CompletableFuture<>();
        LoginWay way = BrowserLogin.opening(
                LoopbackAddress.free(),
                LONG,
                address -> page.completeAsync(() -> {
                    Map<String, String> asked = LoginFixture.form(address.getRawQuery());
                    URI redirect = URI.create(asked.getOrDefault("redirect_uri", ""));
                    Visitor visitor = new Visitor(redirect.getPort());
                    Visitor.Reply callback = visitor.go(URI.create(redirect + "?code=c&state=" + asked.get("state")));
                    return visitor.get(redirect.getRawAuthority(), callback.header("Location"));
                }));

        LoginResult result = way.login(
                LoginFixture.withoutOpenid(LoginFixture.NATIVE),
                fixture.wire,
                granted -> granted.sentence() + " It is kept.");

        assertThat(result.response().first().refreshToken()).isEqualTo(Secret.of("R"));
        assertThat(page.join().body()).contains("Signed in to Paper. It is kept. You can close this tab.");
    }

    /** RFC 9207. */
    @Test
    void an_answer_of_another_issuer_ends_the_login_without_a_request() {
        Visitor.Reply callback = comesBack("?code=c&state=" + state() + "&iss=https%3A%2F%2Fissuer.example%2F");

        assertThatThrownBy(() -> login.finish(LONG, done -> SAVED))
                .isInstanceOfSatisfying(
                        LoginFailed.class, e -> assertThat(e.code()).isEqualTo("issuer_mismatch"));
        assertThat(result(callback).body()).contains("Another server answered this login; nothing was done.");
        assertThat(fixture.sender.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&iss=", "&iss=https%3A%2F%2Fissuer.example%2F"})
    void an_issuer_that_names_itself_must(String iss) {
        LoginRequest naming = LoginFixture.namingIssuer();
        try (BrowserLogin other = start(naming)) {
            String state = asked(other).getOrDefault("state", "");
            Visitor visitor = new Visitor(other.redirect().getPort());
            Visitor.Reply callback = visitor.go(URI.create(other.redirect() + "?code=c&state=" + state + iss));
            assertThatThrownBy(() -> other.finish(LONG, done -> SAVED))
                    .isInstanceOfSatisfying(
                            LoginFailed.class, e -> assertThat(e.code()).isEqualTo("issuer_mismatch"));
            visitor.get(other.redirect().getRawAuthority(), callback.header("Location"));
        }
        assertThat(fixture.sender.calls()).isEmpty();
    }

    private void assertFinishes() {
        fixture.sender.reply(200, TOKENS);
        Visitor.Reply callback = comesBack("?code=c&state=" + state());
        login.finish(LONG, done -> SAVED);
        assertThat(result(callback).body()).contains(SAVED);
    }

    private Visitor.Reply comesBack(String query) {
        return browser.go(URI.create(login.redirect() + query));
    }

    private Visitor.Reply result(Visitor.Reply callback) {
        return browser.get(host(), callback.header("Location"));
    }

    private String host() {
        return login.redirect().getRawAuthority();
    }

    private String state() {
        return asked(login).getOrDefault("state", "");
    }

    private BrowserLogin start(LoginRequest request) {
        return BrowserLogin.start(request, fixture.wire);
    }

    private static Map<String, String> asked(BrowserLogin login) {
        return LoginFixture.form(login.authorizationUrl().getRawQuery());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Keeps everything, and has a command for every failure. */
    private record Advising(String command) implements Keeper {

        @Override
        public String keep(LoginResult login) {
            return SAVED;
        }

        @Override
        public String next(EvergrantException failure) {
            return command;
        }
    }
}
