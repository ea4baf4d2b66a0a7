package io.github.evergrant.providers.agave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.Wire;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.Session;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins and renewals beside the requests that were captured; what came back then comes back here. */
final class AgaveTokensTest {

    private static final String OLD = "py-0.8-0.9/wire/";
    private static final AgaveUser ADA = new AgaveUser("ada", Secret.of("s3cret pass&word"));
    private static final Client CLIENT = Client.confidentialUnencoded("key-0001", Secret.of("sec-0001"));

    private final Recorder recorder = new Recorder();
    private final Wire wire = recorder.wire();
    private final Evergrant door = recorder.door();

    @AfterEach
    void close() {
        door.close();
    }

    private LoginRequest by(Client client) {
        return LoginRequest.of(recorder.agave, recorder.data, client, Scopes.NONE);
    }

    private LoginResult login() {
        recorder.reply(200, Captured.reply(OLD + "n-constructor-create-01"));
        return AgaveLogin.password(by(CLIENT), ADA, wire);
    }

    private Session session() {
        return door.keep("tour", login(), false);
    }

    private static TokenData stored(Session session) {
        return Objects.requireNonNull(session.standing().records().get("agave")).data();
    }

    @Test
    @DisplayName("22, 23: a password is exchanged by the captured request, and the token ends when the reply says")
    void a_password_is_exchanged_by_the_captured_request() {
        LoginResult login = login();

        Captured.request(OLD + "n-constructor-create-01").isSentBy(recorder.only());
        Captured.request(OLD + "a-init-create-token-03").isMeantBy(recorder.only());
        TokenData data = login.response().first();
        assertThat(data.resourceServer()).isEqualTo("agave");
        assertThat(data.accessToken()).isEqualTo(Secret.of("acc-0001"));
        assertThat(data.refreshToken()).isEqualTo(Secret.of("ref-0001"));
        assertThat(data.expiry()).isEqualTo(Expiry.at(recorder.now.plusSeconds(14400)));
        assertThat(login.account()).isEqualTo(new Account("ada", "ada"));
    }

    @Test
    @DisplayName("25: without a client nothing is sent")
    void without_a_client_nothing_is_sent() {
        for (Client none : new Client[] {Client.open("key"), Client.confidentialUnencoded("", Secret.of("s"))}) {
            assertThatThrownBy(() -> AgaveLogin.password(by(none), ADA, wire))
                    .isInstanceOfSatisfying(InvalidInput.class, e -> {
                        assertThat(e.code()).isEqualTo("client_needed");
                        assertThat(e.advice()).contains("create a client first");
                    });
            assertThatThrownBy(() -> AgaveLogin.impersonate(by(none), ADA, "grace", wire))
                    .isInstanceOf(InvalidInput.class);
        }
        assertThat(recorder.sent).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"60, 0", "59, 1"})
    @DisplayName("26, Q36: with 60 seconds left nothing is sent, with 59 the captured refresh")
    void with_59_seconds_left_a_token_is_renewed(long left, int requests) {
        Session session = session();
        recorder.sent.clear();
        recorder.now = recorder.now.plusSeconds(14400 - left);
        recorder.reply(200, Captured.reply(OLD + "c-refresh-01"));

        session.token();

        assertThat(recorder.sent).hasSize(requests);
        recorder.sent.forEach(Captured.request(OLD + "c-refresh-01")::isSentBy);
    }

    @Test
    void a_session_that_was_given_is_renewed_by_the_scope_that_the_provider_wants() {
        Session session = session();
        recorder.reply(200, Captured.reply("py-1.0/wire/p3-refresh-01"));

        session.renewNow();

        Captured theirs = Captured.request("py-1.0/wire/p3-refresh-01");
        assertThat(Captured.form(new String(recorder.sent.get(1).body(), StandardCharsets.UTF_8)))
                .containsEntry("scope", "PRODUCTION")
                .containsOnlyKeys(Captured.form(theirs.body()).keySet());
        assertThat(session.token().value()).isEqualTo(Secret.of("acc-0004"));
    }

    @Test
    @DisplayName("27, Q14: a session without anything to renew by needs a login, and nothing breaks")
    void a_session_without_anything_to_renew_by_needs_a_login() {
        recorder.reply(200, "{\"access_token\":\"a\",\"refresh_token\":\"\",\"expires_in\":\"\"}");
        Session session = door.keep("tour", AgaveLogin.password(by(CLIENT), ADA, wire), false);
        recorder.now = recorder.now.plusSeconds(3600);

        assertThatThrownBy(session::token)
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("no_refresh_token"));
        assertThatThrownBy(() -> door.session("nobody")).isInstanceOf(LoginRequired.class);
        assertThat(recorder.sent).hasSize(1);
    }

    @Test
    @DisplayName("28, Q15: a refresh that tells no refresh token keeps the old one")
    void a_refresh_that_tells_no_refresh_token_keeps_the_old_one() {
        Session session = session();
        recorder.reply(200, Captured.text("samples/token-refresh-without-rotation-200.json"));
        recorder.reply(200, Captured.reply(OLD + "c-refresh-01"));

        session.renewNow();
        assertThat(session.token().value()).isEqualTo(Secret.of("acc-0002"));
        session.renewNow();

        Captured.request(OLD + "c-refresh-01").isSentBy(recorder.sent.get(2));
    }

    @Test
    @DisplayName("Q15: a reply that tells no lifetime is good for an hour")
    void a_reply_that_tells_no_lifetime_is_good_for_an_hour() {
        recorder.reply(200, "{\"access_token\":\"a\",\"refresh_token\":\"r\"}");

        assertThat(AgaveLogin.password(by(CLIENT), ADA, wire).response().first().expiry())
                .isEqualTo(Expiry.at(recorder.now.plusSeconds(3600)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3600", "\"3600\"", "3600.5"})
    @DisplayName("Q26: a lifetime is understood whatever its type")
    void a_lifetime_is_understood_whatever_its_type(String lifetime) {
        recorder.reply(200, "{\"access_token\":\"a\",\"expires_in\":" + lifetime + "}");

        assertThat(AgaveLogin.password(by(CLIENT), ADA, wire).response().first().expiry())
                .isEqualTo(Expiry.at(recorder.now.plusSeconds(3600)));
    }

    @Test
    @DisplayName("29: a refused refresh token ends the session, changes no token, and is quoted by nobody")
    void a_refused_refresh_token_ends_the_session() {
        Session session = session();
        recorder.reply(400, Captured.text("samples/token-error-invalid-grant-400.json"))
                .reply(400, "{\"error\":\"invalid_grant\",\"error_description\":\"ref-0001 of ada\"}");

        assertThatThrownBy(session::renewNow).isInstanceOfSatisfying(LoginRequired.class, e -> {
            assertThat(e.code()).isEqualTo("refresh_token_refused");
            assertThat(e).hasMessageNotContaining("ref-0001").hasMessageNotContaining("acc-0001");
        });
        assertThat(stored(session).refreshToken()).isEqualTo(Secret.of("ref-0001"));
    }

    @Test
    @DisplayName("30: a key or a secret that is not accepted is said at login")
    void a_key_that_is_not_accepted_is_said() {
        recorder.reply(401, Captured.text("samples/token-error-invalid-client-401.json"));

        assertThatThrownBy(() -> AgaveLogin.password(by(CLIENT), ADA, wire))
                .isInstanceOfSatisfying(ProviderRefused.class, e -> {
                    assertThat(e.code()).isEqualTo("invalid_client");
                    assertThat(e.advice()).isEqualTo("check the client id and the client secret");
                });
    }

    @Test
    void a_session_whose_client_was_deleted_needs_a_login_until_there_is_one_by_another_client() {
        Session session = session();
        String gone = Captured.text("samples/token-error-invalid-client-401.json");
        recorder.reply(401, gone).reply(401, gone);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(session::renewNow).isInstanceOfSatisfying(LoginRequired.class, e -> {
                assertThat(e.code()).isEqualTo("client_deleted");
                assertThat(e).hasMessage("the client of session 'tour' was deleted at its provider");
            });
        }
        assertThat(recorder.sent).as("asked once more, and then no more").hasSize(3);
        assertThat(session.standing().dead()).containsEntry("agave", "client deleted");

        recorder.reply(200, Captured.reply(OLD + "m-restore-refresh-01"));
        Client other = Client.confidentialUnencoded("key-0002", Secret.of("sec-0002"));
        door.keep("tour", AgaveLogin.password(by(other), ADA, wire), false);
        assertThat(door.session("tour").token().value()).isEqualTo(Secret.of("acc-0001"));
    }

    @Test
    @DisplayName("Q13: a login by another client leaves nothing of the tokens of the one before")
    void a_login_by_another_client_leaves_nothing_of_the_tokens_before() {
        session();
        recorder.reply(200, "{\"access_token\":\"other\"}");
        Client other = Client.confidentialUnencoded("key-0002", Secret.of("sec-0002"));

        Session session = door.keep("tour", AgaveLogin.password(by(other), ADA, wire), false);

        TokenData data = stored(session);
        assertThat(data.accessToken()).isEqualTo(Secret.of("other"));
        assertThat(data.refreshToken()).isNull();
    }

    @Test
    @DisplayName("31: another one's token is asked for by the captured request")
    void another_ones_token_is_asked_for_by_the_captured_request() {
        recorder.reply(200, Captured.reply(OLD + "n2-constructor-impersonate-01"));

        LoginResult login =
                AgaveLogin.impersonate(by(CLIENT), new AgaveUser("admin", Secret.of("s3cret pass&word")), "ada", wire);

        Captured.request(OLD + "n2-constructor-impersonate-01").isSentBy(recorder.only());
        assertThat(login.account()).isEqualTo(new Account("ada", "ada"));
        assertThat(login.response().first().refreshToken()).isEqualTo(Secret.of("ref-0001"));
        assertThatThrownBy(() -> AgaveLogin.impersonate(by(CLIENT), ADA, "", wire))
                .isInstanceOf(InvalidInput.class);
    }

    @ParameterizedTest
    @CsvSource({
        "400,'{\"error\":\"invalid_grant\",\"error_description\":\"Authentication failed for ada: s3cret pass&word\"}',"
                + "wrong_password",
        "400,'{\"error\":\"invalid_request\",\"error_description\":\"s3cret pass&word\"}',invalid_request",
        "500,<html>s3cret pass&word</html>,provider_unavailable",
        "200,<html>s3cret pass&word</html>,reply_unreadable",
        "403,<html>s3cret pass&word</html>,provider_refused",
    })
    @DisplayName("Q16, Q18: a login that fails says why, and never the password")
    void a_login_that_fails_says_why(int status, String body, String code) {
        recorder.reply(status, body);

        assertThatThrownBy(() -> AgaveLogin.password(by(CLIENT), ADA, wire))
                .isInstanceOfSatisfying(
                        EvergrantException.class, e -> assertThat(e.code()).isEqualTo(code))
                .satisfies(e -> {
                    for (Throwable each = e; each != null; each = each.getCause()) {
                        assertThat(each.toString()).doesNotContain("s3cret");
                    }
                });
    }

    @Test
    @DisplayName("Q43: a login without an answer is not repeated")
    void a_login_without_an_answer_is_not_repeated() {
        recorder.silence();

        assertThatThrownBy(() -> AgaveLogin.password(by(CLIENT), ADA, wire)).isInstanceOf(TemporarilyUnavailable.class);
        assertThat(recorder.sent).hasSize(1);
    }

    @Test
    void another_user_does_not_take_a_session_unasked() {
        session();
        recorder.reply(200, Captured.reply(OLD + "m-restore-refresh-01"));
        LoginResult grace = AgaveLogin.password(by(CLIENT), new AgaveUser("grace", Secret.of("p")), wire);

        assertThatThrownBy(() -> door.keep("tour", grace, false))
                .isInstanceOfSatisfying(
                        EvergrantException.class, e -> assertThat(e.code()).isEqualTo("other_account"));
    }
}
