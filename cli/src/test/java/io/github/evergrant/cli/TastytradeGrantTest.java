package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Logins with tastytrade by the grant of a person, also beside those by password. */
final class TastytradeGrantTest extends TastytradeCase {

    private static final String ACCOUNTS = "/customers/me/accounts";

    @Test
    void a_person_is_the_same_by_password_and_by_grant() {
        byPassword("-s", "k").exits(0);
        byGrant("demo", "-s", "k").exits(0);
        shell.run("-s", "k", "whoami").isQuiet().prints("demo@example.org\n");
        byPassword("-s", "k").exits(0);
        byGrant("other", "-s", "k").exits(2).says("is demo's, and other@example.org logged in");
    }

    @Test
    void a_grant_is_proven_before_it_is_kept() {
        play.answer(
                "tastytrade",
                "customers.me",
                401,
                "{\"error\":{\"code\":\"token_invalid\",\"message\":\"This token is invalid\"}}");
        byGrant("demo").exits(5).says("token_invalid: This token is invalid");
        shell.run("status", "-s", "tastytrade").exits(4);

        play.answer("tastytrade", "customers.me", 403, "{}");
        byGrant("demo").exits(0).says("whose session tastytrade is, is not known");
        shell.run("token").isQuiet();
    }

    @Test
    void a_grant_logs_in_and_is_told_to_programs_that_renew_for_themselves() {
        byGrant("demo").exits(0).says("Signed in to tastytrade as demo@example.org. Session tastytrade");

        String token = shell.run("token").isQuiet().line();
        assertThat(shell.run("token", "--header").isQuiet().line()).isEqualTo("Authorization: Bearer " + token);
        shell.run("whoami").isQuiet().prints("demo@example.org\n");
        shell.run("accounts").isQuiet().prints("5WX00001");
        String env = shell.run("env").isQuiet().out();
        assertThat(env)
                .contains("TT_SECRET='sandbox-tastytrade-secret'", "TT_REFRESH='")
                .doesNotContain(token);
        shell.run("env", "--variable", "T").isQuiet().prints("T='" + token).printsNot("TT_");
        shell.later(Duration.ofMinutes(20));
        assertThat(shell.run("token").isQuiet().line()).isNotEqualTo(token);
        assertThat(requests("token.refresh")).isEqualTo(2);
        shell.run("logout").exits(0).says("nobody but its own pages end a grant", "Session tastytrade is gone.");
    }

    @Test
    void another_customers_grant_is_refused_and_so_is_one_of_nobody() {
        byGrant("demo");
        String before = shell.run("token").line();

        byGrant("other").exits(2).says("is demo@example.org's, and other@example.org logged in; nothing was saved");
        play.answer("tastytrade", "customers.me", 503, "{}");
        byGrant("demo").exits(2).says("does not say whose it is");
        assertThat(shell.run("token").line()).isEqualTo(before);
        byGrant("other", "--expect-user", "demo@example.org", "-s", "x")
                .exits(2)
                .says("expected demo@example.org");
        byGrant("other", "--replace").exits(0);
        shell.run("whoami").prints("other@example.org");

        shell.run("login", "tastytrade", "-s", "p", "--password", "--username", "demo")
                .exits(0);
        login("traveller", "-s", "p", "--otp", "123456").exits(2).says("is demo's, and traveller logged in");
        // The login that was not kept is ended: nobody has its session.
        assertThat(requests("sessions.destroy")).isEqualTo(1);
    }

    @Test
    @DisplayName("tastytrade 22: tokens of one environment never go to the other")
    void tokens_of_one_environment_never_go_to_the_other() {
        byPassword("--environment", "certification", "--remember")
                .exits(0)
                .says("Session tastytrade-certification is saved");
        shell.run("accounts").isQuiet().prints("5WT00001");
        shell.run("status").prints("tastytrade (sandbox) certification");

        shell.run("curl", play.base() + "/tastytrade/production" + ACCOUNTS)
                .exits(2)
                .says("nothing was sent");
        shell.run("login", "tastytrade", "-s", "tastytrade-certification", "--password", "--username", "demo")
                .exits(2)
                .says("is with another provider or environment; nothing was sent");
        byGrant("demo").exits(0);
        shell.run("-s", "tastytrade", "curl", play.base() + "/tastytrade/certification" + ACCOUNTS)
                .exits(2)
                .says("nothing was sent");
        // Who says the wrong one all the same is told by the server.
        shell.runWith(
                        play.grantTastytrade("demo", "certification"),
                        "login",
                        "tastytrade",
                        "-s",
                        "wrong",
                        "--refresh-token-stdin")
                .exits(5)
                .says("invalid_grant");
        assertThat(play.log()).doesNotContain("/tastytrade/production/sessions");
    }

    @Test
    void a_secret_may_have_any_letters() throws IOException {
        Path secret = Files.writeString(home.resolve("secret"), "пароль“ü\n");
        byGrant("demo", "--client-secret-file", secret.toString()).exits(5).says("invalid_client");
        assertThat(play.log()).contains("\\\\u043f\\\\u0430").doesNotContain("????");

        shell.runWith("пароль“ü", "login", "tastytrade", "--username", "demo", "--password-stdin")
                .exits(5)
                .says("invalid_credentials");
        shell.runWith("тайна", "login", "tastytrade", "--refresh-token-stdin")
                .exits(2)
                .says("that is no refresh token");
    }

    @Test
    void a_grant_is_taken_from_the_variables_of_pythons_library_but_not_to_a_sandbox() {
        shell.with("TT_SECRET", "real").with("TT_REFRESH", "a.b.c");
        shell.run("login", "tastytrade").exits(4).says("warning: TT_REFRESH is not read: EVERGRANT_SANDBOX is set");
        assertThat(play.log()).doesNotContain("a.b.c", "real\"");
        assertThat(requests("token.refresh")).isZero();

        shell.variables.remove("EVERGRANT_SANDBOX");
        // There is nobody at that port: what would be sent is not answered, and what lacks is said before.
        shell.with("HTTPS_PROXY", "http://127.0.0.1:9");
        shell.run("login", "tastytrade").exits(7);
        shell.variables.remove("TT_SECRET");
        shell.run("login", "tastytrade").exits(2).says("needs the secret of the OAuth application", "TT_SECRET");
    }

    @Test
    void what_is_said_counts_more_than_tokens_of_variables() {
        shell.with("EVERGRANT_REFRESH_TOKEN", "a.b.c").with("TT_REFRESH", "d.e.f");

        assertThat(byPassword().exits(0).err()).doesNotContain("TT_REFRESH");

        shell.run("whoami").isQuiet().prints("demo\n");
        assertThat(requests("token.refresh")).isZero();
        // Without a word the variable is all there is to go by.
        shell.run("login", "tastytrade", "-s", "new").exits(5);
        assertThat(requests("token.refresh")).isEqualTo(1);
    }

    @Test
    void who_asks_for_a_browser_moves_from_password_to_oauth() {
        byPassword().exits(0);

        shell.run("login", "tastytrade", "--paste").exits(4).says("needs a person at a terminal");

        assertThat(requests("sessions.password")).isEqualTo(1);
    }
}
