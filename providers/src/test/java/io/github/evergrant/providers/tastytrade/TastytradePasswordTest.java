package io.github.evergrant.providers.tastytrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.token.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logins by password, request by request, beside those that the Python library sent. */
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
