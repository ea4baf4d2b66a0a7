package io.github.evergrant.providers.tastytrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.token.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OAuth sessions, request by request, beside those that the Python library sent. */
final class TastytradeOAuthTest {

    private final Recorder net = new Recorder();
    private final Evergrant door = net.door();

    @AfterEach
    void close() {
        door.close();
    }

    private static ThrowingCallable oauth(Recorder net, String secret, String refreshToken) {
        return () -> TastytradeLogin.oauth(net.oauth, Secret.of(secret), Secret.of(refreshToken), net.wire());
    }

    @Test
    @DisplayName(
            "tastytrade 38, 39, 40: secret and refresh token make a session of fifteen minutes, whose calls bear its token")
    void secret_and_refresh_token_make_a_session() {
        net.captured("oauth-session-01", "session-calls-04");
        TastytradeSession session = net.oauthSession(door);

        assertThat(Accounts.get(session)).hasSize(1);

        net.sentAsIn(0, "oauth-session-01");
        assertThat(net.sent.get(1).headers()).containsEntry("Authorization", "Bearer ACCESS-1");
        assertThat(session.session().expiresAt()).contains(net.now.plusSeconds(900));
        assertThat(session.expiration().orElseThrow()).hasToString("2026-11-21T16:45-05:00[America/New_York]");
        assertThat(session.isTest()).isFalse();
    }

    @Test
    @DisplayName("tastytrade 8: a session of the certification environment asks nobody else")
    void a_session_of_the_certification_environment_asks_nobody_else() {
        net.captured("oauth-session-cert-01", "oauth-session-cert-02");
        TastytradeSession session = net.session(
                door,
                TastytradeLogin.oauth(
                        net.tastytrade.describe("certification", null),
                        Secret.of("CLIENT-SECRET"),
                        Secret.of("REFRESH-TOKEN"),
                        net.wire()));

        assertThat(session.quoteToken().token()).isEqualTo(Secret.of("QUOTE-1"));

        net.sentAsIn(0, "oauth-session-cert-01", "oauth-session-cert-02");
        assertThat(session.isTest()).isTrue();
    }

    @Test
    @DisplayName("tastytrade 41: without expires_in fifteen minutes are assumed")
    void without_expires_in_fifteen_minutes_are_assumed() {
        net.captured("oauth-no-expires-in-01");

        assertThat(net.oauthSession(door).session().expiresAt()).contains(net.now.plusSeconds(900));
    }

    @Test
    @DisplayName("tastytrade 42, 44: no refresh bears a token, and a refresh token that came is the one that is sent")
    void a_refresh_token_that_came_is_the_one_that_is_sent() {
        net.captured("oauth-session-01", "oauth-refresh-twice-01", "oauth-refresh-twice-01");
        TastytradeSession session = net.oauthSession(door);

        session.refresh();
        net.now = net.now.plus(Duration.ofMinutes(10));
        session.refresh();

        net.sentAsIn(1, "oauth-refresh-twice-01");
        assertThat(net.sent).allSatisfy(call -> assertThat(call.headers()).doesNotContainKey("Authorization"));
        assertThat(Captured.json(new String(net.sent.get(2).body(), StandardCharsets.UTF_8)))
                .containsEntry("refresh_token", "REFRESH-ROTATED");
    }

    @Test
    @DisplayName("tastytrade 43: a refresh on another thread ends when one on this thread does")
    void a_refresh_on_another_thread_ends_when_one_on_this_thread_does() {
        net.captured("oauth-session-01", "oauth-refresh-twice-01", "oauth-refresh-twice-01");
        TastytradeSession session = net.oauthSession(door);
        session.refresh();
        Optional<Instant> here = session.session().expiresAt();

        CompletableFuture.runAsync(session::refresh).join();

        assertThat(session.session().expiresAt()).isEqualTo(here).contains(net.now.plusSeconds(900));
        assertThat(net.sent).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"61,1", "59,2"})
    @DisplayName("tastytrade 47: a token is renewed when less than a minute is left of it")
    void a_token_is_renewed_when_less_than_a_minute_is_left(long left, int requests) {
        net.captured("oauth-session-01", "oauth-refresh-twice-01");
        TastytradeSession session = net.oauthSession(door);
        net.now = net.now.plusSeconds(900 - left);

        session.session().token();

        assertThat(net.sent).hasSize(requests);
    }

    @Test
    @DisplayName("tastytrade 48: an ended token is renewed before a reading")
    void an_ended_token_is_renewed_before_a_reading() {
        net.captured("oauth-session-01", "oauth-refresh-twice-01", "oauth-refresh-twice-02");
        TastytradeSession session = net.oauthSession(door);
        net.now = net.now.plus(Duration.ofHours(1));

        assertThat(Accounts.get(session, true)).hasSize(2);

        net.sentAsIn(1, "oauth-refresh-twice-01", "oauth-refresh-twice-02");
    }

    @Test
    @DisplayName("tastytrade 48: a token that is refused all the same is renewed once, and the reading sent again")
    void a_token_that_is_refused_is_renewed_once() {
        net.captured("oauth-session-01", "oauth-expired-token-call-01", "oauth-refresh-twice-01")
                .captured("oauth-expired-token-call-01");
        TastytradeSession session = net.oauthSession(door);

        assertThatThrownBy(() -> Accounts.get(session)).isInstanceOfSatisfying(ProviderRefused.class, e -> {
            assertThat(e.code()).isEqualTo("token_refused");
            assertThat(e).hasMessageStartingWith("token_invalid: This token is invalid or has expired");
        });
        net.sentAsIn(1, "oauth-expired-token-call-01");
        assertThat(net.sent).hasSize(4);
    }

    @Test
    @DisplayName("tastytrade 49: what is no reading is never sent twice")
    void what_is_no_reading_is_never_sent_twice() {
        net.captured("oauth-session-01", "validate-false-01");
        TastytradeSession session = net.oauthSession(door);

        assertThat(session.validate()).isFalse();
        assertThat(net.sent).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error_code\":\"invalid_grant\",\"error_description\":\"Invalid JWT\"}",
                "{\"error\":\"invalid_grant\"}"
            })
    @DisplayName("tastytrade 50, 51, 56: a grant that is refused is said, with a hint where it looks like a password")
    void a_grant_that_is_refused_is_said(String body) {
        net.reply(400, body).reply(400, body);

        assertThatThrownBy(oauth(net, "S", "a.b.c")).isInstanceOfSatisfying(ProviderRefused.class, e -> {
            assertThat(e.code()).isEqualTo("invalid_grant");
            assertThat(e).hasMessageContaining(body.contains("JWT") ? "Invalid JWT" : "invalid_grant");
            assertThat(e.advice()).doesNotContain("username");
        });
        assertThat(net.sent).hasSize(1);
        assertThatThrownBy(oauth(net, "janedoe", "pw"))
                .isInstanceOfSatisfying(
                        ProviderRefused.class, e -> assertThat(e.advice()).contains("username and password"));
    }

    @Test
    @DisplayName("tastytrade 50: a session whose grant ended needs a login, and asks no more")
    void a_session_whose_grant_ended_needs_a_login() {
        net.captured("oauth-session-01", "error-oauth-invalid-grant-01", "error-oauth-invalid-grant-01");
        TastytradeSession session = net.oauthSession(door);
        net.now = net.now.plus(Duration.ofHours(1));

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> Accounts.get(session)).isInstanceOfSatisfying(LoginRequired.class, e -> {
                assertThat(e.code()).isEqualTo("refresh_token_refused");
                assertThat(e).hasMessageContaining("invalid_grant: Invalid JWT");
            });
        }
        // A refusal is believed when it is said twice.
        assertThat(net.sent).hasSize(3);
    }

    @Test
    @DisplayName("tastytrade 52: what the certification environment says around the market's opening passes")
    void what_the_certification_environment_says_passes() {
        net.captured("oauth-session-01")
                .reply(400, Captured.text("derived/oauth-token.transient-cert.json"))
                .captured("oauth-refresh-twice-01", "oauth-refresh-twice-02");
        TastytradeSession session = net.oauthSession(door);
        net.now = net.now.plus(Duration.ofHours(1));

        assertThat(Accounts.get(session)).hasSize(1);
        assertThat(net.sent).hasSize(4);
    }

    @Test
    @DisplayName("tastytrade 52: also at the login itself")
    void what_passes_is_passed_at_the_login_too() {
        String passing = Captured.text("derived/oauth-token.transient-cert.json");
        net.reply(400, passing).captured("oauth-session-01").reply(400, passing).reply(400, passing);

        assertThat(net.oauthSession(door).session().expiresAt()).isPresent();
        assertThatThrownBy(oauth(net, "S", "R"))
                .isInstanceOf(TemporarilyUnavailable.class)
                .hasMessageContaining("User is not a TastyTrade customer");
        assertThat(net.sent).hasSize(4);
    }

    @Test
    @DisplayName("tastytrade 53: while no successor can be had, the old token serves")
    void while_no_successor_can_be_had_the_old_token_serves() {
        net.captured("oauth-session-01").reply(503, "").captured("session-calls-04");
        TastytradeSession session = net.oauthSession(door);
        net.now = net.now.plusSeconds(870);

        assertThat(Accounts.get(session)).hasSize(1);
        assertThat(net.sent.get(2).headers()).containsEntry("Authorization", "Bearer ACCESS-1");
    }

    @ParameterizedTest
    @CsvSource({
        "'',R,client_needed",
        "' ',R,client_needed",
        "S,'',refresh_token_malformed",
        "S,' ',refresh_token_malformed"
    })
    @DisplayName("tastytrade 55: what is blank is refused here")
    void what_is_blank_is_refused_here(String secret, String refreshToken, String code) {
        assertThatThrownBy(oauth(net, secret, refreshToken))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo(code));
        assertThat(net.sent).isEmpty();
    }

    @Test
    @DisplayName("tastytrade 54: a token goes to no other host, also when a reply names one")
    void a_token_goes_to_no_other_host() {
        net.captured("oauth-session-01").reply(302, "", Map.of("Location", "https://elsewhere.example/"));
        TastytradeSession session = net.oauthSession(door);

        assertThatThrownBy(() -> Accounts.get(session)).isInstanceOf(ProviderRefused.class);

        assertThat(net.sent)
                .hasSize(2)
                .allSatisfy(call -> assertThat(call.uri()).hasHost("api.tastyworks.com"));
    }

    @Test
    @DisplayName("tastytrade 57: no text of a session, of a login or of a failure holds a secret")
    void no_text_holds_a_secret() {
        String refusal =
                "{\"error_code\":\"invalid_grant\",\"error_description\":\"not CLIENT-SECRET, REFRESH-TOKEN\"}";
        net.captured("oauth-session-01")
                .reply(403, "{\"error\":{\"code\":\"x\",\"message\":\"not ACCESS-1\"}}")
                .reply(400, refusal)
                .reply(400, refusal);
        LoginResult login =
                TastytradeLogin.oauth(net.oauth, Secret.of("CLIENT-SECRET"), Secret.of("REFRESH-TOKEN"), net.wire());
        TastytradeSession session = net.session(door, login);
        List<Object> texts = new ArrayList<>(List.of(login, session, session.session()));
        texts.add(PasswordOrder.of("janedoe", Secret.of("CLIENT-SECRET")));
        texts.add(new RememberToken("production", Secret.of("REFRESH-TOKEN")));
        texts.add(thrown(() -> Accounts.get(session)));
        net.now = net.now.plus(Duration.ofHours(1));
        texts.add(thrown(() -> Accounts.get(session)));

        assertThat(texts)
                .allSatisfy(each -> assertThat(each.toString() + (each instanceof Throwable t ? t.getCause() : ""))
                        .doesNotContain("CLIENT-SECRET", "ACCESS-1", "REFRESH-TOKEN"));
    }

    private static Throwable thrown(ThrowingCallable call) {
        try {
            call.call();
        } catch (Throwable e) {
            return e;
        }
        throw new AssertionError("nothing was thrown");
    }

    @Test
    @DisplayName("tastytrade 22: a session of one environment is refused where another one is meant")
    void a_session_of_one_environment_is_refused_where_another_is_meant() {
        net.captured("oauth-session-01");
        var session = net.oauthSession(door).session();

        assertThatThrownBy(
                        () -> TastytradeSession.of(session, net.tastytrade.describe("certification", null), net, net))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("other_environment"));
        assertThat(TastytradeSession.of(session, net.oauth, net, net).environment())
                .isEqualTo("production");
        assertThat(net.sent).hasSize(1);
    }

    @Test
    @DisplayName("tastytrade 98, 99: a quote token is asked for when it is wanted, and again when it has ended")
    void a_quote_token_is_asked_for_when_it_is_wanted() {
        net.captured("oauth-session-01", "quote-token-without-expires-at-02");
        TastytradeSession session = net.oauthSession(door);

        QuoteToken first = session.quoteToken();
        assertThat(first.assumed()).isTrue();
        assertThat(first.expiresAt()).isBetween(net.now.plus(Duration.ofHours(23)), net.now.plus(Duration.ofHours(24)));
        assertThat(first.url()).contains("wss://tasty-openapi-ws.dxfeed.com/realtime");
        assertThat(first.level()).contains("api");
        assertThat(session.quoteToken()).isSameAs(first);
        assertThat(net.sent).hasSize(2);

        net.now = net.now.plus(Duration.ofHours(24));
        net.captured("oauth-refresh-twice-01", "oauth-session-02");
        QuoteToken second = session.quoteToken();
        assertThat(second.assumed()).isFalse();
        assertThat(second.expiresAt()).isEqualTo(Instant.parse("2026-11-22T21:30:00.123Z"));
    }

    @Test
    @DisplayName("tastytrade 14: a quote token that cannot be had costs no session")
    void a_quote_token_that_cannot_be_had_costs_no_session() {
        net.captured("oauth-session-01", "quote-token-not-a-customer-02", "session-calls-04");
        TastytradeSession session = net.oauthSession(door);

        assertThatThrownBy(session::quoteToken)
                .isInstanceOf(ProviderRefused.class)
                .hasMessageStartingWith("quote_streamer.customer_not_found_error: You must be a customer");
        assertThat(Accounts.get(session)).hasSize(1);
    }

    @Test
    void a_success_without_a_token_and_a_page_are_said() {
        net.captured("error-oauth-missing-access-token-01", "error-html-nginx-01");

        assertThatThrownBy(oauth(net, "S", "R"))
                .isInstanceOfSatisfying(
                        TemporarilyUnavailable.class, e -> assertThat(e.code()).isEqualTo("reply_unreadable"));
        assertThatThrownBy(oauth(net, "S", "R"))
                .isInstanceOf(ProviderRefused.class)
                .hasMessageContaining("User-Agent")
                .isInstanceOf(EvergrantException.class);
    }

    @Test
    void an_oauth_session_is_only_forgotten() {
        net.captured("oauth-session-01");
        TastytradeSession session = net.oauthSession(door);

        assertThat(session.destroy()).isEmpty();

        assertThat(net.sent).hasSize(1);
        assertThat(door.sessions()).isEmpty();
    }
}
