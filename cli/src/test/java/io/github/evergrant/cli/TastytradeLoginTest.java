package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins with tastytrade by password, and what their sessions can do. */
final class TastytradeLoginTest extends TastytradeCase {

    private static final String ACCOUNTS = "/customers/me/accounts";

    @Test
    void a_login_by_password_does_all_that_a_session_does() {
        byPassword("--remember").exits(0).printsNothing().says("Signed in to tastytrade as demo. Session tastytrade");

        String token = shell.run("token").isQuiet().line();
        assertThat(shell.run("token", "--header").isQuiet().line()).isEqualTo("Authorization: " + token);
        shell.run("whoami").isQuiet().prints("demo\n");
        assertThat(shell.run("accounts").isQuiet().out())
                .isEqualTo("NUMBER    NICKNAME    TYPE        MARGIN OR CASH  STATE\n"
                        + "5WX00001  Individual  Individual  Margin          open\n");
        shell.run("accounts", "--include-closed").isQuiet().prints("\n5WX00002  ", "closed");
        shell.run("accounts", "5WX00002").isQuiet().prints("5WX00002").prints("closed");
        shell.run("accounts", "5WX00009").exits(5).says("record_not_found: Couldn't find that account");
        shell.run("curl", play.base() + "/tastytrade/production" + ACCOUNTS)
                .isQuiet()
                .prints("5WX00001");
        shell.run("env").exits(2).says("have no variable of their own");
        shell.run("env", "--variable", "SESSION_TOKEN").isQuiet().prints("SESSION_TOKEN='" + token);
        shell.run("logout")
                .exits(0)
                .says("its remember token, which may stay good for up to 24 hours", "Session tastytrade is gone.");
        assertThat(requests("sessions.destroy")).isEqualTo(1);
        assertThat(requests("sessions.password")).isEqualTo(1);
        shell.run("token").exits(4);
    }

    @Test
    void accounts_are_told_to_scripts_with_every_member() {
        byPassword();

        Map<String, ?> json = shell.run("--json", "accounts").isQuiet().json();

        assertThat(json.get("session")).isEqualTo("tastytrade");
        assertThat(String.valueOf(json.get("accounts"))).contains("number=5WX00001", "closed=false", "funding-date");
        shell.run("accounts", "5WX00001", "--include-closed").exits(2).says("is for the list");
        shell.logIn("g", play.grantGroups());
        shell.run("-s", "g", "accounts").exits(2).says("session 'g' is none with tastytrade");
    }

    @Test
    void status_says_until_when_a_session_can_be_renewed() {
        byPassword("--remember");
        assertThat(shell.run("status").isQuiet().out()).contains("tastytrade: can be renewed until: in 23 h");
        Map<String, ?> json = shell.run("status", "--json").isQuiet().json();
        Object one = HostileJson.asObject(json.get("resource_servers")).get("tastytrade");
        assertThat(HostileJson.asObject(one))
                .containsEntry("renewable", true)
                .hasEntrySatisfying(
                        "renewable_until", end -> assertThat(end).asString().endsWith("Z"));
        shell.run("status", "--check").exits(0).prints("check: ok, demo@example.org");

        shell.later(Duration.ofHours(22));
        shell.run("token").isQuiet();
        assertThat(requests("sessions.remember")).isEqualTo(1);

        shell.later(Duration.ofHours(25));
        shell.run("status").exits(0).prints("login-required");
        shell.run("token")
                .exits(4)
                .says("what renews session 'tastytrade' has ended")
                .advises("evergrant login tastytrade -s tastytrade --password --remember");
        assertThat(requests("sessions.remember")).isEqualTo(1);
    }

    @Test
    void without_remember_there_is_nothing_to_go_on_with() {
        byPassword().says("It ends with its token, in 23 h", "cannot be renewed");
        shell.run("status").isQuiet().prints("tastytrade: cannot be renewed: it ends with its token, in 23 h");
        shell.later(Duration.ofHours(25));
        shell.run("token").exits(4).says("no refresh token");
        assertThat(requests("sessions.remember")).isZero();
        // The session remembers how it was begun, and by whom.
        shell.run("login", "tastytrade").exits(0).says("as demo");
        assertThat(requests("sessions.password")).isEqualTo(2);
    }

    @Test
    void what_a_login_by_password_lacks_is_said() {
        shell.variables.remove("EVERGRANT_PASSWORD");
        shell.run("login", "tastytrade", "--password").exits(4).says("asking for the username needs a person");
        shell.run("login", "tastytrade", "--password", "--username", "demo")
                .exits(4)
                .says("asking for the password needs a person at a terminal");
        shell.run("login", "tastytrade", "--password", "--oauth").exits(2).says("--oauth excludes");
        shell.run("login", "tastytrade", "--client-credentials").exits(2);
        shell.run("login", "globus", "--remember").exits(2);
        shell.run("login", "tastytrade", "--tenant", "x").exits(2).says("tastytrade has no tenants: ");
        for (String option : new String[] {
            "--paste", "--browser=firefox", "--show-refresh-token", "--pkce", "--scope=read", "--client-id=x"
        }) {
            login("demo", option).exits(2).says("a login by password has no browser, no page, no client and no scopes");
        }
        for (String brought : new String[] {"--refresh-token-stdin", "--token-response-stdin"}) {
            shell.runWith("t", "login", "tastytrade", "--show-refresh-token", brought)
                    .exits(2)
                    .says("--show-refresh-token is for a login in the browser");
        }
        shell.runWith("t", "login", "tastytrade", "--password", "--refresh-token-stdin")
                .exits(2)
                .says("not by both");
        assertThat(requests("sessions.password")).isZero();
        login("demo", "--password-stdin").exits(2);
        shell.run("login", "--help").isQuiet().prints("tastytrade has closed logins by password");
    }

    @Test
    void a_wrong_password_and_a_wrong_code_are_the_providers_no() {
        shell.runWith("wrong\n", "login", "tastytrade", "--username", "demo", "--password-stdin")
                .exits(5)
                .says("invalid_credentials: Invalid login", "takes no passwords any more: use OAuth");
        shell.run("status", "-s", "tastytrade").exits(4);

        login("other")
                .exits(2)
                .says("asks for a one-time code", "give it with --otp or EVERGRANT_OTP")
                .says("  run: evergrant login tastytrade", " --otp CODE");
        assertThat(login("other", "--otp", "000000")
                        .exits(5)
                        .says("otp_invalid", "  run: evergrant login tastytrade --password --username other")
                        .err())
                .endsWith(" --otp CODE\n")
                .doesNotContain("000000");
        login("other", "--otp", " 123 456 ").exits(0);
    }

    @Test
    @DisplayName("tastytrade 25: without somebody to ask and without a code no challenge is begun")
    void without_a_code_no_challenge_is_begun() {
        login("traveller").exits(2).says("does not know this device", "--otp");
        assertThat(requests("device_challenge")).isZero();

        shell.with("EVERGRANT_OTP", "123456");
        login("traveller").exits(0);
        assertThat(requests("device_challenge")).isEqualTo(1);
        login("forgetful", "-s", "f").exits(4).says("asks a security question", "needs a person at a terminal");
    }

    @Test
    @DisplayName("tastytrade 65: a locked login is not tried again before its time")
    void a_locked_login_is_not_tried_again() {
        play.answer(
                "tastytrade",
                "sessions.password",
                429,
                "{\"error\":{\"code\":\"too_many_requests\",\"message\":\"temporarily locked for 15 minutes\"}}");
        byPassword().exits(7).says("temporarily locked");
        byPassword().exits(7).says("has locked this login until", "nothing was sent");
        assertThat(requests("sessions.password")).isEqualTo(1);
        shell.later(Duration.ofMinutes(16));
        byPassword().exits(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><script>alert(1)</script></html>",
                "{\"error\":{\"code\":\"x\",\"message\":\"<script>\\u001b[31m\\u0007</script>\"}}",
                "{\"error_code\":\"x\",\"error_description\":\"<script>alert(1)\"}",
                "{\"error\":\"x\"}",
                "{\"error\":{\"errors\":[{},5,null,{\"code\":\"y\"}]}}",
                "[1]",
                "null",
                "{\"error\":{\"code\":5,\"message\":[]}}",
            })
    void errors_of_every_shape_are_said_and_change_nothing(String body) {
        byPassword("--remember");
        String before = shell.run("token").line();
        String escaped = body.replace("\\", "\\\\");
        for (String kind : new String[] {"sessions.password", "token.refresh", "accounts.list"}) {
            play.answer("tastytrade", kind, 422, escaped);
        }
        play.answer("tastytrade", "sessions.password", 422, escaped);
        assertThat(byPassword().exits(5).err())
                .doesNotContain("\u001b", "\u0007")
                .startsWith("evergrant: ");
        play.answer("tastytrade", "token.refresh", 422, escaped);
        assertThat(byGrant("demo", "-s", "o").exits(5).err()).doesNotContain("\u001b", "\u0007");
        play.answer("tastytrade", "accounts.list", 422, escaped);
        assertThat(shell.run("accounts").exits(5).err()).doesNotContain("\u001b", "\u0007");

        assertThat(shell.run("token").isQuiet().line()).isEqualTo(before);
        shell.run("status", "-s", "o").exits(4);
    }

    @Test
    void a_store_says_nothing_of_a_password() throws IOException {
        byPassword("--remember");
        try (TokenStorage store = TokenStorages.open("json:" + shell.store())) {
            assertThat(store.read("tastytrade")).hasSize(1);
        }
        assertThat(Files.readString(shell.store())).doesNotContain("demo-password");
    }
}
