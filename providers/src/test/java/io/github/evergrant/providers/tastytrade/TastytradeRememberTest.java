package io.github.evergrant.providers.tastytrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.renewal.Standing;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.storage.memory.MemoryTokenStorage;
import io.github.evergrant.token.Secret;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a remember token can do, once and before it ends, and what it cannot: answer a question, or become another person's. */
final class TastytradeRememberTest {

    private static final PasswordOrder PLAIN =
            PasswordOrder.of("janedoe", Secret.of("pw")).withRememberMe(false);
    private static final RememberToken REMEMBERED = new RememberToken("production", Secret.of("REMEMBER-1"));

    private final Recorder net = new Recorder();
    private final Evergrant door = net.door();

    @AfterEach
    void close() {
        door.close();
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

    @ParameterizedTest
    @CsvSource({
        "403,device_challenge_required,Device authentication challenge required",
        "403,otp_required,A one-time password is required",
        "401,otp_invalid,The one-time password is not right"
    })
    @DisplayName("tastytrade 25: where a code is asked for besides a remember token, a login is, and nobody asks again")
    void where_a_code_is_asked_for_a_login_is(int status, String code, String message) {
        TastytradeSession session = net.passwordSession(door, true);
        net.reply(status, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}");

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(session::refresh)
                    .isInstanceOfSatisfying(
                            LoginRequired.class, e -> assertThat(e.code()).isEqualTo("interaction_required"))
                    .hasMessageContaining("tastytrade wants a one-time code")
                    .hasMessageContaining(code);
        }
        assertThat(net.sent).hasSize(2);
    }

    @Test
    void whose_a_session_is_no_renewal_changes() {
        TastytradeSession session = net.passwordSession(door, true);
        net.reply(
                201,
                "{\"data\":{\"user\":{\"external-id\":\"U0000000001\"},\"session-token\":\"S2\","
                        + "\"remember-token\":\"R2\"}}");

        session.refresh();

        assertThat(session.session().token().value()).isEqualTo(Secret.of("S2"));
        assertThat(session.session().standing().identity()).contains("jane.doe@example.com");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 401})
    void a_logout_says_that_the_remember_token_stays(int status) {
        TastytradeSession session = net.passwordSession(door, true);
        net.reply(status, "");

        assertThat(session.destroy().orElseThrow())
                .isEqualTo("its remember token, which may stay good for up to 24 hours:"
                        + " the provider has no way to revoke it");
    }
}
