package io.github.evergrant.providers.tastytrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.renewal.Standing;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.storage.memory.MemoryTokenStorage;
import io.github.evergrant.token.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sessions by password, request by request, beside those that the Python library sent. */
final class TastytradePasswordTest {

    private static final PasswordOrder PLAIN =
            PasswordOrder.of("janedoe", Secret.of("pw")).withRememberMe(false);
    private static final RememberToken REMEMBERED = new RememberToken("production", Secret.of("REMEMBER-1"));

    private final Recorder net = new Recorder();
    private final Evergrant door = net.door();

    @AfterEach
    void close() {
        door.close();
    }

    private LoginResult login(PasswordOrder order) {
        return TastytradeLogin.password(net.password, order, null, net.wire());
    }

    @Test
    @DisplayName("tastytrade 1, 9, 11: a login sends name and password, whatever letters they have, and nothing else")
    void a_login_sends_name_and_password() {
        net.captured("login-password-01");

        LoginResult login =
                login(PasswordOrder.of("janedoe", Secret.of("pass w0rd!\u00e9")).withRememberMe(false));

        net.sentAsIn(0, "login-password-01");
        assertThat(net.sent).hasSize(1);
        assertThat(login.response().first().expiry().end()).contains(Instant.parse("2026-11-22T21:30:00.440Z"));
        assertThat(login.account().username()).isEqualTo("janedoe");
        assertThat(login.account().identityId()).isEqualTo("jane.doe@example.com");
        assertThat(RememberToken.of(login)).isEmpty();
    }

    @Test
    @DisplayName("tastytrade 2: who wants to be remembered gets a remember token")
    void who_wants_to_be_remembered_gets_a_remember_token() {
        net.captured("login-remember-me-01");

        LoginResult login = login(PLAIN.withRememberMe(true));

        net.sentAsIn(0, "login-remember-me-01");
        assertThat(RememberToken.of(login)).contains(REMEMBERED);
    }

    @Test
    @DisplayName("tastytrade 3: a remember token goes in the place of the password")
    void a_remember_token_goes_in_the_place_of_the_password() {
        net.captured("login-with-remember-token-01", "login-with-remember-token-and-remember-me-01");

        login(PasswordOrder.of("janedoe", REMEMBERED).withRememberMe(false));
        login(PasswordOrder.of("janedoe", REMEMBERED));

        net.sentAsIn(0, "login-with-remember-token-01", "login-with-remember-token-and-remember-me-01");
    }

    @Test
    @DisplayName("tastytrade 4: of password and remember token only the password is sent")
    void of_password_and_remember_token_only_the_password_is_sent() {
        net.captured("login-password-and-remember-token-both-01");

        login(new PasswordOrder("janedoe", Secret.of("pw"), REMEMBERED, false, null));

        net.sentAsIn(0, "login-password-and-remember-token-both-01");
    }

    @Test
    @DisplayName("tastytrade 5, 6: without a password, or with an empty one, nothing is sent")
    void without_a_password_nothing_is_sent() {
        assertThatThrownBy(() -> new PasswordOrder("janedoe", null, null, false, null))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("You must provide a password or remember token to log in.");
        assertThatThrownBy(() -> new PasswordOrder("janedoe", Secret.of(""), REMEMBERED, false, null))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> PasswordOrder.of(" ", Secret.of("pw"))).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> new RememberToken("production", Secret.of(""))).isInstanceOf(InvalidInput.class);
    }

    @Test
    @DisplayName("tastytrade 7, 27: a one-time code goes with the login alone, without its spaces")
    void a_one_time_code_goes_with_the_login_alone() {
        net.captured("login-2fa-01", "session-calls-06");

        TastytradeSession session = net.session(door, login(PLAIN.withOneTimeCode(" 123\u00a0456 ")));
        Accounts.get(session, "5WX00001");

        net.sentAsIn(0, "login-2fa-01");
        net.sentAsIn(1, "session-calls-06");
    }

    @Test
    @DisplayName("tastytrade 8: a login with the certification environment goes there")
    void a_login_with_the_certification_environment_goes_there() {
        net.captured("login-cert-01");

        TastytradeLogin.password(net.tastytrade.describePassword("certification", null), PLAIN, null, net.wire());

        net.sentAsIn(0, "login-cert-01");
    }

    @Test
    @DisplayName("tastytrade 10, 30, 33, 36, 66, 67: calls bear the session's token, bare")
    void calls_bear_the_sessions_token_bare() {
        TastytradeSession session = net.passwordSession(door, false);
        net.captured("session-calls-01", "session-calls-02", "session-calls-03", "session-calls-04")
                .captured("session-calls-05", "session-calls-06", "session-calls-07");

        assertThat(session.validate()).isTrue();
        Customer customer = session.customer();
        assertThat(customer.id()).contains("me");
        assertThat(customer.lastName()).contains("Doe");
        assertThat(session.secondFactor()).isEqualTo(new SecondFactor(true, Optional.of("sms")));
        assertThat(Accounts.get(session)).extracting(TradingAccount::number).containsExactly("5WX00001");
        assertThat(Accounts.get(session, true))
                .extracting(TradingAccount::number)
                .containsExactly("5WX00001", "5WX00002");
        TradingAccount one = Accounts.get(session, "5WX00001");
        assertThat(one.nickname()).contains("Individual");
        assertThat(one.openedAt()).contains(Instant.parse("2020-01-02T15:04:05.678Z"));
        assertThat(session.destroy()).isEmpty();

        for (int i = 1; i <= 7; i++) {
            net.sentAsIn(i, "session-calls-0" + i);
        }
        assertThat(door.sessions()).isEmpty();
    }

    @Test
    @DisplayName("tastytrade 12: a user of whom little is told can log in")
    void a_user_of_whom_little_is_told_can_log_in() {
        net.captured("error-user-model-strict-01")
                .reply(201, Captured.text("derived/post-sessions.201.documented.json"))
                .reply(200, "{\"data\":{\"session-token\":\"s\"}}");

        assertThat(login(PLAIN).account().identityId()).isEqualTo("jane.doe@example.com");
        assertThat(login(PLAIN).response().first().expiry().end()).contains(Instant.parse("2024-09-12T20:25:32.440Z"));
        assertThat(login(PLAIN).account().identityId()).isNull();
    }

    @Test
    @DisplayName(
            "tastytrade 13, 15: a session that does not say when it ends is assumed to, whatever its success is called")
    void a_session_that_does_not_say_when_it_ends_is_assumed_to() {
        net.captured("session-without-expiration-01")
                .reply(200, Captured.reply("login-password-01").body());

        LoginResult login = login(new PasswordOrder("a", Secret.of("b"), null, false, null));

        net.sentAsIn(0, "session-without-expiration-01");
        assertThat(login.response().first().expiry().end()).contains(net.now.plus(Duration.ofHours(8)));
        assertThat(login.response().oddities()).containsExactly("the reply does not say when the session ends");
        assertThat(login(PLAIN).response().oddities()).isEmpty();
    }

    @Test
    @DisplayName("tastytrade 18: an ended session goes on by its remember token, and asks for the next one")
    void an_ended_session_goes_on_by_its_remember_token() {
        TastytradeSession session = net.passwordSession(door, true);
        net.captured("login-with-remember-token-and-remember-me-01", "session-calls-04");
        net.now = Instant.parse("2026-11-22T21:29:59Z");

        Accounts.get(session);

        net.sentAsIn(1, "login-with-remember-token-and-remember-me-01");
        net.sentAsIn(2, "session-calls-04");
        assertThat(session.session().standing().records().values())
                .extracting(entry -> entry.data().refreshToken())
                .containsExactly(Secret.of("REMEMBER-2"));
    }

    @Test
    @DisplayName("tastytrade 21: a remember token that is refused ends the session, and nobody asks again")
    void a_remember_token_that_is_refused_ends_the_session() {
        net.captured("login-remember-me-01");
        ProviderData patient = net.password.withRefresh(net.password.refresh().ofSingleUse(Duration.ofDays(7)));
        TastytradeSession session = net.session(door, TastytradeLogin.password(patient, PLAIN, null, net.wire()));
        net.captured("error-invalid-credentials-01");
        net.now = net.now.plus(Duration.ofDays(2));

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> Accounts.get(session))
                    .isInstanceOf(LoginRequired.class)
                    .hasMessageContaining("invalid_credentials: Invalid login");
        }
        assertThat(net.sent).hasSize(2);
        assertThat(session.session().standing().dead()).containsKey("tastytrade");
    }

    @Test
    void a_remember_token_past_its_end_is_not_sent() {
        TastytradeSession session = net.passwordSession(door, true);
        Instant end = net.now.plus(TastytradeProvider.REMEMBERED);
        assertThat(session.session().standing().records().values())
                .extracting(Standing.Entry::refreshEnd)
                .containsExactly(end);
        // The token itself ends a moment later.
        net.now = end.plusSeconds(1);

        assertThatThrownBy(() -> Accounts.get(session))
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("refresh_token_ended"));
        assertThat(net.sent).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"16,1", "22,2"})
    void a_remember_token_is_used_before_it_ends(int hours, int requests) {
        TastytradeSession session = net.passwordSession(door, true);
        net.captured("login-with-remember-token-and-remember-me-01");
        net.now = net.now.plus(Duration.ofHours(hours));

        session.session().token();

        assertThat(net.sent).hasSize(requests);
    }

    @Test
    void while_the_service_is_down_the_old_token_serves_to_its_end() {
        TastytradeSession session = net.passwordSession(door, true);
        net.reply(503, "").captured("session-calls-04");
        net.now = net.now.plus(Duration.ofHours(22));

        assertThat(Accounts.get(session)).hasSize(1);
    }

    @Test
    @DisplayName("tastytrade 23: a successor without a remember token leaves none: the old one was spent")
    void a_successor_without_a_remember_token_leaves_none() {
        TastytradeSession session = net.passwordSession(door, true);
        net.captured("login-password-01");
        net.now = net.now.plus(Duration.ofHours(22));

        session.session().token();

        assertThat(session.session().standing().hasRefreshToken()).isFalse();
        net.now = net.now.plus(Duration.ofHours(22));
        assertThatThrownBy(() -> Accounts.get(session))
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("no_refresh_token"));
        assertThat(net.sent).hasSize(2);
    }

    @Test
    @DisplayName("tastytrade 24: a process that ends between the sending and the answer leaves word, and nobody loops")
    void a_process_that_ends_between_the_sending_and_the_answer_leaves_word() {
        MemoryTokenStorage disk = MemoryTokenStorage.create();
        net.captured("login-remember-me-01");
        EvergrantSettings settings = EvergrantSettings.defaults().withClock(net).withRefreshAhead(false);
        try (Evergrant first = Evergrant.open(disk, net, settings)) {
            first.keep("tt", TastytradeLogin.password(net.password, PLAIN, null, net.wire()), false);
            // The recorder has no answer: its error ends the thread in the middle of the sending, as a kill does.
            assertThatThrownBy(() -> first.session("tt").renewNow()).hasStackTraceContaining("nobody expected");
            assertThat(first.session("tt").standing().inDoubt()).isNotNull();

            net.captured("error-invalid-credentials-01");
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> first.session("tt").renewNow())
                        .isInstanceOfSatisfying(
                                LoginRequired.class, e -> assertThat(e.code()).isEqualTo("refresh_token_refused"));
            }
        }
        assertThat(net.sent).hasSize(3);
    }

    @Test
    @DisplayName("tastytrade 22: a remember token of one environment is not sent to the other")
    void a_remember_token_of_one_environment_is_not_sent_to_the_other() {
        PasswordOrder order = PasswordOrder.of("janedoe", REMEMBERED);

        assertThatThrownBy(() -> TastytradeLogin.password(
                        net.tastytrade.describePassword("certification", null), order, null, net.wire()))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("other_environment"));
        assertThatThrownBy(() -> TastytradeLogin.password(net.oauth, order, null, net.wire()))
                .isInstanceOf(InvalidInput.class);
        assertThat(net.sent).isEmpty();
    }

    @Test
    @DisplayName("tastytrade 23: a session without a remember token works, and says in the end that it cannot go on")
    void a_session_without_a_remember_token_says_that_it_cannot_go_on() {
        TastytradeSession session = net.passwordSession(door, false);
        net.captured("session-calls-04");

        Accounts.get(session);
        net.now = net.now.plus(Duration.ofDays(2));

        assertThatThrownBy(() -> Accounts.get(session))
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("no_refresh_token"));
        assertThat(net.sent).hasSize(2);
    }

    @Test
    @DisplayName("tastytrade 31, 32: a session that is no more is told from a server that does not work")
    void a_session_that_is_no_more_is_told_from_a_server_that_does_not_work() {
        TastytradeSession session = net.passwordSession(door, false);
        net.captured("validate-false-01").reply(503, "").captured("error-html-nginx-01");

        assertThat(session.validate()).isFalse();
        assertThatThrownBy(session::validate).isInstanceOf(TemporarilyUnavailable.class);
        assertThatThrownBy(session::validate).hasMessageContaining("User-Agent");

        net.sentAsIn(1, "validate-false-01");
    }

    @Test
    @DisplayName("tastytrade 34: a door that closes logs nobody out")
    void a_door_that_closes_logs_nobody_out() {
        net.passwordSession(door, false);
        door.close();

        assertThat(net.sent).hasSize(1);
    }

    @Test
    @DisplayName("tastytrade 35: a logout that fails there is told, and is done here")
    void a_logout_that_fails_there_is_told_and_is_done_here() {
        TastytradeSession session = net.passwordSession(door, true);
        net.reply(500, "");

        assertThat(session.destroy().orElseThrow()).contains("500");

        assertThat(door.sessions()).isEmpty();
    }

    @Test
    @DisplayName("tastytrade 35: what work threw comes first, and a logout that failed besides is added to it")
    void what_work_threw_comes_first() {
        TastytradeSession session = net.passwordSession(door, false);
        net.captured("context-manager-exception-and-failed-logout-03");
        IllegalStateException theirs = new IllegalStateException("mine");

        assertThatThrownBy(() -> session.destroyAfter(any -> {
                    throw theirs;
                }))
                .isSameAs(theirs)
                .satisfies(e -> assertThat(e.getSuppressed()).isEmpty());
        assertThat(net.sent).hasSize(2);

        TastytradeSession other = net.passwordSession(door, true);
        net.reply(500, "");
        assertThatThrownBy(() -> other.destroyAfter(any -> {
                    throw theirs;
                }))
                .isSameAs(theirs)
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        TastytradeSession third = net.passwordSession(door, true);
        net.reply(500, "");
        third.destroyAfter(TastytradeSession::session);
        assertThat(door.sessions()).isEmpty();
    }

    @Test
    @DisplayName("tastytrade 37: a customer as the service tells them today is read")
    void a_customer_as_the_service_tells_them_today_is_read() {
        TastytradeSession session = net.passwordSession(door, false);
        net.captured("customer-as-vendor-sends-it-today-03");

        Customer customer = session.customer();

        assertThat(customer.firstName()).contains("Jane");
        assertThat(customer.externalId()).isEmpty();
        assertThat(customer.fields().all()).containsKeys("permitted-account-types", "birth-date");
        assertThat(customer.toString()).doesNotContain("Jane", "1980");
    }

    @Test
    @DisplayName("tastytrade 68, 69: there may be no accounts, and of one no more than its number may be told")
    void there_may_be_no_accounts() {
        TastytradeSession session = net.passwordSession(door, false);
        net.captured("accounts-empty-03")
                .reply(200, "{\"data\":{\"items\":[{\"account\":{\"account_number\":\"a b/c\",\"new\":[1]}}]}}")
                .reply(200, "{\"data\":{\"account-number\":\"a b/c\"}}")
                .reply(200, "{\"data\":{\"items\":[{\"account\":{}}]}}")
                .reply(200, "{\"data\":{\"items\":5}}");

        assertThat(Accounts.get(session)).isEmpty();
        TradingAccount account = Accounts.get(session).get(0);
        assertThat(account.number()).isEqualTo("a b/c");
        assertThat(account.isClosed()).isFalse();
        assertThat(account.fields().all()).containsKey("new");
        assertThat(Accounts.get(session, "a b/c").openedAt()).isEmpty();
        HttpCall last = net.sent.get(net.sent.size() - 1);
        assertThat(last.uri()).hasToString("https://api.tastyworks.com/customers/me/accounts/a%20b%2Fc");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> Accounts.get(session))
                    .isInstanceOfSatisfying(
                            TemporarilyUnavailable.class,
                            e -> assertThat(e.code()).isEqualTo("reply_unreadable"));
        }
        assertThatThrownBy(() -> Accounts.get(session, " ")).isInstanceOf(InvalidInput.class);
    }

    @Test
    @DisplayName("tastytrade 25: nobody there to answer, no challenge is begun")
    void nobody_there_to_answer_no_challenge_is_begun() {
        net.captured("error-device-challenge-01");

        assertThatThrownBy(() -> login(PLAIN)).hasMessageStartingWith("device_challenge_required: ");
        assertThat(net.sent).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"required_headers", "required-headers"})
    @DisplayName("tastytrade 26: a challenge goes to its end with the newest token, whatever its list is called")
    void a_challenge_goes_to_its_end_with_the_newest_token(String list) {
        Captured challenge = Captured.reply("error-device-challenge-01");
        net.reply(403, challenge.body().replace("required_headers", list), challenge.headers())
                .reply(
                        200,
                        Captured.text("derived/device-challenge.2.post-device-challenge.200.otp.json"),
                        Map.of("X-Tastyworks-Challenge-Token", "CHALLENGE-2"))
                .captured("login-password-01");
        Answering person = new Answering("229 416");

        TastytradeLogin.password(net.password, PLAIN, person, net.wire());

        assertThat(person.asked).containsExactly("code ********1234");
        assertThat(net.sent)
                .extracting(HttpCall::toString)
                .containsExactly(
                        "POST https://api.tastyworks.com/sessions",
                        "POST https://api.tastyworks.com/device-challenge",
                        "POST https://api.tastyworks.com/sessions");
        assertThat(net.sent.get(1).headers()).containsEntry("X-Tastyworks-Challenge-Token", "CHALLENGE-1");
        assertThat(net.sent.get(2).headers())
                .containsEntry("X-Tastyworks-Challenge-Token", "CHALLENGE-2")
                .containsEntry("X-Tastyworks-OTP", "229416");
        assertThat(new String(net.sent.get(2).body(), StandardCharsets.UTF_8))
                .isEqualTo(new String(net.sent.get(0).body(), StandardCharsets.UTF_8));
    }
}
