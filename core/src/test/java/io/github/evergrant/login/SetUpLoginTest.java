package io.github.evergrant.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.login.loopback.LoopbackAddress;
import io.github.evergrant.token.Secret;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A person names a client of theirs on a page of this machine, and is sent away with it. */
final class SetUpLoginTest {

    private static final String TOKENS = "{\"access_token\":\"A\",\"refresh_token\":\"R\"}";
    private static final String SAVED = "Signed in to Paper. Session tour is saved.";
    private static final Duration LONG = Duration.ofSeconds(30);

    private final LoginFixture fixture = new LoginFixture();
    private final SetUpVisit visit = new SetUpVisit(fixture, "");

    @AfterEach
    void close() {
        visit.close();
    }

    private LoginResult finish() {
        fixture.sender.reply(200, TOKENS);
        return visit.login.finish(LONG, done -> SAVED);
    }

    @Test
    void the_form_tells_how_to_come_by_a_client_and_what_to_register() {
        Visitor.Reply form = visit.form();

        assertThat(visit.login.authorizationUrl().toString()).matches("http://localhost:\\d+/set-up/[A-Za-z0-9_-]{22}");
        assertThat(form.status()).isEqualTo(200);
        assertThat(form.body())
                .contains(
                        "<title>Set up Paper</title>",
                        "<li>Create one on <a href=\"https://issuer.example/register?a=b&amp;c=d\" target=\"_blank\""
                                + " rel=\"noopener noreferrer\">its &lt;page&gt;</a>.</li>",
                        "<li>Copy &lt;both&gt;.</li>",
                        "readonly value=\"" + visit.login.redirect() + "\"",
                        "name=\"client_secret\" type=\"password\" required",
                        "role=\"status\"")
                .doesNotContain("<script", "src=", "url(", "@import", "style=\"", "<link");
        assertThat(form.body().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(8192);
        assertThat(form.header("Content-Security-Policy"))
                .matches("default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; base-uri 'none';"
                        + " form-action 'self' http://127\\.0\\.0\\.1:PORT http://localhost:PORT"
                                .replace(
                                        "PORT",
                                        String.valueOf(visit.login.redirect().getPort()))
                        + " https://issuer.example; frame-ancestors 'none'");
        assertThat(form.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(form.header("Cache-Control")).isEqualTo("no-store");
        assertThat(form.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
    }

    @Test
    void the_client_that_was_named_asks_and_redeems_and_is_kept() {
        Map<String, String> asked = visit.asked(visit.send(" client\n", " s\u00e9cret \u4e2d "));
        Visitor.Reply callback = visit.comeBack("?code=c&state=" + asked.get("state"));
        LoginResult result = finish();

        assertThat(asked)
                .containsEntry("client_id", "client")
                .containsEntry("redirect_uri", visit.login.redirect().toString())
                .containsEntry("response_type", "code")
                .doesNotContainKey("code_challenge");
        assertThat(asked.get("state")).hasSize(43);
        assertThat(fixture.form(0))
                .containsOnlyKeys("grant_type", "code", "redirect_uri", "client_id", "client_secret")
                .containsEntry("client_secret", "s\u00e9cret \u4e2d");
        assertThat(fixture.sender.calls().get(0).headers()).doesNotContainKey("Authorization");
        assertThat(result.client().id()).isEqualTo("client");
        assertThat(result.client().secret()).isEqualTo(Secret.of("s\u00e9cret \u4e2d"));
        assertThat(visit.result(callback).body()).contains("<title>" + SAVED + "</title>", "You can close this tab.");
    }

    @Test
    void the_code_is_bound_by_pkce_where_that_is_wanted() {
        URI registered = URI.create("http://localhost:" + LoginFixture.freePort());
        LoginRequest bound = LoginFixture.setUp(registered).withPkce(true).by("client", Secret.of("s"));
        try (BrowserLogin login = BrowserLogin.start(bound, LoopbackAddress.free(), fixture.wire)) {
            assertThat(login.redirect()).isEqualTo(registered);
            assertThat(LoginFixture.form(login.authorizationUrl().getRawQuery()))
                    .containsEntry("client_id", "client")
                    .containsEntry("code_challenge_method", "S256");
        }
    }

    @Test
    @DisplayName("tastytrade 81: the listener is reachable on both loopback addresses, and on no other")
    void both_loopback_addresses_are_listened_on_and_no_other() throws Exception {
        int port = visit.login.redirect().getPort();
        byte[] one = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
        InetAddress v6 = Inet6Address.getByAddress(one);
        if (NetworkInterface.getByInetAddress(v6) != null) {
            try (Socket socket = new Socket(v6, port)) {
                socket.getOutputStream()
                        .write(("GET " + visit.entrance() + " HTTP/1.1\r\nHost: [::1]:" + port + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(Visitor.read(socket).status()).isEqualTo(200);
            }
        }
        for (String name : new String[] {"localhost", "127.0.0.1", "[::1]"}) {
            assertThat(visit.browser.get(name + ":" + port, visit.entrance()).status())
                    .isEqualTo(200);
        }
        InetAddress elsewhere = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .findFirst()
                .orElseThrow();
        try (Socket socket = new Socket()) {
            assertThatThrownBy(() -> socket.connect(new InetSocketAddress(elsewhere, port), 2000))
                    .isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?code=AUTH-CODE-EVIL", "?code=AUTH-CODE-EVIL&state=", "?code=AUTH-CODE-EVIL&state=wrong"})
    @DisplayName("tastytrade 82: an answer without the right state gets a page, and the login waits on")
    void an_answer_without_the_right_state_changes_nothing(String query) {
        Map<String, String> asked = visit.asked(visit.send("client", "s"));

        Visitor.Reply stale = visit.comeBack(query);

        assertThat(stale.status()).isEqualTo(400);
        assertThat(stale.body()).contains("Nothing was changed.");
        assertThat(fixture.sender.calls()).isEmpty();
        Visitor.Reply callback = visit.comeBack("?code=c&state=" + asked.get("state"));
        finish();
        visit.result(callback);
        assertThat(fixture.form(0)).containsEntry("code", "c");
    }

    @ParameterizedTest
    @CsvSource({
        "?code=A&state=STATE,A",
        "?state=STATE&code=A&iss=https%3A%2F%2Fissuer.example,A",
        "?code=AB%2FCD%3D%3D&state=STATE,AB/CD==",
        "?state=STATE&session=1&code=A%2BB,A+B"
    })
    @DisplayName(
            "tastytrade 83, tastytrade 84: the code is read wherever it stands and whatever stands beside it, and is decoded")
    void the_code_is_what_was_sent_as_the_code(String query, String code) {
        Map<String, String> asked = visit.asked(visit.send("client", "s"));
        Visitor.Reply callback = visit.comeBack(query.replace("STATE", asked.getOrDefault("state", "")));
        finish();
        visit.result(callback);

        assertThat(fixture.form(0)).containsEntry("code", code);
    }

    @Test
    @DisplayName("tastytrade 85: who says no sees so, and the login ends")
    void who_says_no_sees_so_and_the_login_ends() {
        Map<String, String> asked = visit.asked(visit.send("client", "s"));
        Visitor.Reply callback =
                visit.comeBack("?error=access_denied&error_description=%3Cscript%3Ealert(1)%3C/script%3E" + "&state="
                        + asked.get("state"));

        assertThatThrownBy(() -> visit.login.finish(LONG, done -> SAVED))
                .isInstanceOfSatisfying(
                        LoginFailed.class, e -> assertThat(e.code()).isEqualTo("login_denied"));
        assertThat(visit.result(callback).body())
                .contains("Paper did not grant access: &lt;script&gt;alert(1)", "Code: access_denied")
                .doesNotContain("<script");
        assertThat(fixture.sender.calls()).isEmpty();
    }

    @Test
    @DisplayName("tastytrade 86: a favicon or an unknown path is not found, and the login goes on")
    void a_favicon_is_not_found() {
        Map<String, String> asked = visit.asked(visit.send("client", "s"));

        assertThat(visit.browser.get(visit.host, "/favicon.ico").status()).isEqualTo(404);
        assertThat(visit.browser
                        .get(visit.host, "/callback?code=c&state=" + asked.get("state"))
                        .status())
                .isEqualTo(404);
        Visitor.Reply callback = visit.comeBack("?code=c&state=" + asked.get("state"));
        finish();
        assertThat(visit.result(callback).body()).contains(SAVED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?code=AUTH-CODE-9", "?code=c&state=" + "A", "?error=access_denied", "", "?"})
    @DisplayName("tastytrade 87: an answer before a client was named gets a page of refusal")
    void an_answer_before_a_client_was_named_is_refused(String query) {
        assertThat(visit.comeBack(query).status()).isEqualTo(400);
        assertThat(fixture.sender.calls()).isEmpty();
        assertThat(visit.form().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "'',canary-secret,The client ID is missing.",
        "'  ',canary-secret,The client ID is missing.",
        "canary-id,'',The client secret is missing.",
        "'','',Client ID and client secret are missing.",
        "'canary\u0000id',canary-secret,That is no client ID."
    })
    @DisplayName("tastytrade 88: a form with something missing comes again and says so, without what was typed")
    void a_form_with_something_missing_comes_again(String id, String secret, String words) {
        Visitor.Reply again = visit.send(id, secret);

        assertThat(again.status()).isEqualTo(400);
        assertThat(again.body()).contains("<title>Set up Paper</title>", words).doesNotContain("canary");
        assertThat(again.header("Content-Security-Policy"))
                .containsPattern("form-action 'self' http://127\\S+ \\S+ https://issuer.example;");
        assertThat(visit.asked(visit.send("client", "s"))).containsEntry("client_id", "client");
    }

    @Test
    void a_field_that_is_not_there_is_missing_too() {
        Visitor.Reply again =
                visit.browser.post(visit.host, visit.entrance(), "form=" + visit.token() + "&client_id=canary");

        assertThat(again.status()).isEqualTo(400);
        assertThat(again.body()).contains("The client secret is missing.").doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b&c=d+e/f", "\u00fc%41\"'<>", "a#b?c"})
    @DisplayName("tastytrade 89: whatever a client id is made of arrives")
    void whatever_a_client_id_is_made_of_arrives(String id) {
        assertThat(visit.asked(visit.send(id, "s"))).containsEntry("client_id", id);
    }

    @Test
    @DisplayName("tastytrade 90: what the token endpoint says is shown, escaped, and the login fails")
    void what_the_token_endpoint_says_is_shown() {
        Map<String, String> asked = visit.asked(visit.send("client", "s"));
        Visitor.Reply callback = visit.comeBack("?code=c&state=" + asked.get("state"));
        fixture.sender.reply(400, "{\"error\":\"invalid_grant\",\"error_description\":\"<b>too late</b>\"}");

        assertThatThrownBy(() -> visit.login.finish(LONG, done -> SAVED)).isInstanceOf(ProviderRefused.class);
        assertThat(visit.result(callback).body())
                .contains("Paper said no: &lt;b&gt;too late&lt;/b&gt;.", "Code: invalid_grant")
                .doesNotContain("<b>");
    }

    @Test
    @DisplayName("tastytrade 91: a refresh token is shown when that was asked for, escaped, and folded away")
    void a_refresh_token_is_shown_when_that_was_asked_for() {
        Map<String, String> asked = visit.asked(visit.send("client", "s"));
        Visitor.Reply callback = visit.comeBack("?code=c&state=" + asked.get("state"));
        String token = "<script>alert(1)</script>" + "x".repeat(900);
        fixture.sender.reply(200, "{\"access_token\":\"A\",\"refresh_token\":\"" + token + "\"}");

        Keeper keeper = done -> SAVED;
        visit.login.finish(LONG, keeper.revealingRefreshToken());

        assertThat(visit.result(callback).body())
                .contains(
                        SAVED,
                        "<details><summary>Show the refresh token</summary>",
                        "<pre>&lt;script&gt;alert(1)&lt;/script&gt;" + "x".repeat(900) + "</pre></details>")
                .doesNotContain("<script");
    }

    @Test
    void a_refresh_token_is_on_no_page_unless_that_was_asked_for() {
        Map<String, String> asked = visit.asked(visit.send("client", "s"));
        Visitor.Reply callback = visit.comeBack("?code=c&state=" + asked.get("state"));
        fixture.sender.reply(200, "{\"access_token\":\"A\",\"refresh_token\":\"canary-token\"}");
        visit.login.finish(LONG, done -> SAVED);

        assertThat(visit.result(callback).body()).doesNotContain("canary-token", "<details");
    }

    @Test
    @DisplayName("tastytrade 92: after success the port is free")
    void after_success_the_port_is_free() throws IOException {
        Map<String, String> asked = visit.asked(visit.send("client", "s"));
        Visitor.Reply callback = visit.comeBack("?code=c&state=" + asked.get("state"));
        finish();
        visit.result(callback);
        visit.close();

        try (ServerSocket free = new ServerSocket()) {
            free.setReuseAddress(true);
            free.bind(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), visit.login.redirect().getPort()));
        }
    }

    @Test
    void nobody_comes_back_and_nothing_is_sent() {
        visit.asked(visit.send("client", "s"));

        assertThatThrownBy(() -> visit.login.finish(Duration.ofMillis(50), done -> SAVED))
                .isInstanceOfSatisfying(
                        LoginFailed.class, e -> assertThat(e.code()).isEqualTo("login_timed_out"));
        assertThat(fixture.sender.calls()).isEmpty();
    }

    @Test
    void who_mistyped_sends_the_form_again_and_the_answer_to_either_is_taken_with_its_own_client() {
        Map<String, String> wrong = visit.asked(visit.send("clint", "s"));
        Map<String, String> right = visit.asked(visit.send("client", "s"));
        assertThat(wrong.get("state")).isNotEqualTo(right.get("state"));
        Visitor.Reply callback = visit.comeBack("?code=c&state=" + right.get("state"));
        LoginResult result = finish();

        assertThat(visit.comeBack("?code=c&state=" + wrong.get("state")).status())
                .isEqualTo(400);
        assertThat(visit.comeBack("?code=c&state=" + right.get("state")).status())
                .isEqualTo(303);
        assertThat(visit.form().status()).isEqualTo(400);
        assertThat(visit.result(callback).body()).contains(SAVED);
        assertThat(result.client().id()).isEqualTo("client");
        assertThat(fixture.sender.calls()).hasSize(1);
    }

    @Test
    void a_form_that_is_sent_very_often_forgets_the_oldest() {
        Map<String, String> first = visit.asked(visit.send("client", "s"));
        String form = SetUpVisit.filled(visit.token(), "client", "s");
        Visitor.Reply last = visit.browser.post(visit.host, visit.entrance(), form);
        for (int i = 0; i < 20; i++) {
            last = visit.browser.post(visit.host, visit.entrance(), form);
        }

        assertThat(visit.comeBack("?code=c&state=" + first.get("state")).status())
                .isEqualTo(400);
        Visitor.Reply callback =
                visit.comeBack("?code=c&state=" + visit.asked(last).get("state"));
        finish();
        assertThat(visit.result(callback).body()).contains(SAVED);
    }

    @Test
    void a_code_cannot_be_pasted_before_a_client_was_named() {
        LoginRequest nameless = LoginFixture.setUp(URI.create("http://localhost:8000"));

        assertThatThrownBy(() -> PasteLogin.start(nameless, URI.create("http://localhost:8000"), fixture.wire))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("client_id_needed"));
    }
}
