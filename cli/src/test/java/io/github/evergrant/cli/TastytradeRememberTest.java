package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.oauth.HostileJson;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sessions with tastytrade that go on by remember tokens, and those that do not any more. */
final class TastytradeRememberTest extends TastytradeCase {

    private int logins() {
        return requests("sessions.remember");
    }

    @Test
    void a_session_that_could_be_renewed_still_can_after_another_login() {
        byPassword("--remember");
        byPassword().exits(0);
        shell.run("token", "--renew").isQuiet();

        byPassword("-s", "k");
        shell.run("-s", "k", "token", "--renew")
                .exits(4)
                .says("has no refresh token")
                .advises("evergrant login tastytrade -s k --password --remember");
        shell.run("login", "tastytrade", "-s", "k", "--password", "--remember").exits(0);
        shell.run("-s", "k", "token", "--renew").isQuiet();
    }

    @Test
    void a_remember_token_that_is_refused_can_renew_nothing_any_more() {
        byPassword("--remember");
        play.answer("tastytrade", "sessions.remember", 401, "{\"error\":{\"code\":\"invalid_credentials\"}}");
        shell.run("token", "--renew").exits(4).says("refused the refresh token");
        shell.run("token", "--renew").exits(4);
        assertThat(logins()).isEqualTo(1);

        shell.run("status")
                .isQuiet()
                .prints("login-required", "refused for tastytrade")
                .printsNot("can be renewed until", "cannot be renewed");
        Map<String, ?> json = shell.run("status", "--json").isQuiet().json();
        Object one = HostileJson.asObject(json.get("resource_servers")).get("tastytrade");
        assertThat(HostileJson.asObject(one)).containsEntry("renewable", false).containsEntry("renewable_until", null);
    }

    @Test
    void a_device_that_is_not_known_any_more_needs_a_login() {
        byPassword("--remember");
        play.answer(
                "tastytrade",
                "sessions.remember",
                403,
                "{\"error\":{\"code\":\"device_challenge_required\",\"message\":\"Challenge required\"}}");
        for (int i = 0; i < 2; i++) {
            shell.run("token", "--renew")
                    .exits(4)
                    .says("tastytrade wants a one-time code")
                    .advises("evergrant login tastytrade -s tastytrade --password --remember");
        }
        assertThat(logins()).isEqualTo(1);
        shell.run("status").isQuiet().prints("login-required: interaction_required");
    }
}
