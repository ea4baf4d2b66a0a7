package io.github.evergrant.providers.tastytrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.token.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a remember token cannot do: answer a question, become another person's, or end. */
final class TastytradeRememberTest {

    private final Recorder net = new Recorder();
    private final Evergrant door = net.door();

    @AfterEach
    void close() {
        door.close();
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
