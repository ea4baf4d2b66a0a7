package io.github.evergrant.providers.spatiafi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.oauth.Golden;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Secret;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our requests beside those of the tutorial and the package, and what we make of the answers. */
final class SpatiaFiLoginTest {

    private static final String PASSWORD = "example_password123";
    private static final SpatiaFiUser TUTORIAL = new SpatiaFiUser("null@example.com", Secret.of(PASSWORD));
    private static final SpatiaFiUser LATIN =
            new SpatiaFiUser("jane.doe@example.com", Secret.of("pass wörd:1"), StandardCharsets.ISO_8859_1);
    private static final AppCredentials CREDENTIALS = new AppCredentials(
            "99999999-8888-4777-8666-555555555555",
            "11111111-2222-4333-8444-555555555555",
            Secret.of("FAKE-app-secret-0123456789-abcdefghijklmnop"));

    private final Recorder recorder = new Recorder();

    @Test
    @DisplayName("spatiafi 1: a basic token is asked for by one GET, with the right header and no body")
    void a_basic_token_is_asked_for_as_the_references_do() {
        recorder.reply(200, Captured.reply("tutorial-full/01")).reply(200, Captured.reply("first-run/01"));

        BasicToken token = basic(TUTORIAL);
        basic(LATIN);

        assertThat(token.value()).isEqualTo(Secret.of("BASIC.ACCESS.TOKEN"));
        assertThat(recorder.sent).hasSize(2);
        Captured.request("tutorial-full/01").isSentBy(recorder.sent.get(0));
        Captured.request("first-run/01").isSentBy(recorder.sent.get(1));
    }

    @Test
    @DisplayName(
            "spatiafi 2, spatiafi 3: UTF-8 is the default, ISO-8859-1 an option, and what it lacks is said before anything is sent")
    void passwords_are_sent_in_utf8_unless_asked_otherwise() {
        List<Golden> vectors = Golden.read("spatiafi/http-basic.json").items();

        assertThat(user(vectors.get(0), StandardCharsets.ISO_8859_1).basic())
                .isEqualTo(vectors.get(0).at("header").text());
        assertThat(user(vectors.get(1), StandardCharsets.UTF_8).basic())
                .isEqualTo(vectors.get(1).at("header").text());
        assertThatThrownBy(() -> user(vectors.get(2), StandardCharsets.ISO_8859_1))
                .isInstanceOfSatisfying(InvalidInput.class, e -> {
                    assertThat(e.code()).isEqualTo("not_in_charset");
                    assertThat(e).hasMessageNotContaining("€");
                });
    }

    @ParameterizedTest
    @CsvSource({"'',x,username_needed", "a:b,x,bad_username", "a,'',password_needed"})
    void a_user_that_cannot_be_sent_is_refused(String username, String password, String code) {
        assertThatThrownBy(() -> new SpatiaFiUser(username, Secret.of(password)))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    @DisplayName("spatiafi 4: a wrong password is said in the service's words, and never itself")
    void a_wrong_password_is_said() {
        recorder.reply(400, Captured.reply("bad-password/01"));

        assertThatThrownBy(() -> basic(LATIN)).isInstanceOfSatisfying(ProviderRefused.class, e -> {
            assertThat(e.code()).isEqualTo("wrong_password");
            assertThat(e).hasMessageContaining("LOGIN_BAD_CREDENTIALS").hasMessageNotContaining("rd:1");
        });
    }

    @Test
    @DisplayName("spatiafi 5, spatiafi 51: the time that is left is that of the token, to the second")
    void the_time_that_is_left_is_that_of_the_token() {
        recorder.reply(200, Captured.reply("tutorial-full/01"));

        BasicToken token = basic(TUTORIAL);

        Duration left = token.remaining(Recorder.NOW);
        assertThat(left).isEqualTo(Duration.ofMinutes(13).plusSeconds(59));
        assertThat(token.remaining(Recorder.NOW.plusMillis(1500))).isEqualTo(left.minusSeconds(1));
        assertThat(token.remaining(Recorder.NOW.plus(Duration.ofDays(1)))).isEqualTo(Duration.ZERO);
    }

    @ParameterizedTest
    @DisplayName("spatiafi 32: what lives so long counts more than a time by the server's clock")
    @CsvSource({
        "'\"expires_at\":1795300060,\"expires_in\":839',839",
        "'\"expires_in\":839',839",
        "'\"expires_at\":1795297060',600",
        "'\"expires_at\":\"soon\",\"expires_in\":-5',600",
        "'\"expires_at\":99999999999999999999',600",
        "'\"x\":1',600",
    })
    void a_lifetime_counts_more_than_a_time(String fields, long seconds) {
        recorder.reply(200, "{\"access_token\":\"T\"," + fields + "}");

        assertThat(basic(TUTORIAL).remaining(Recorder.NOW)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "", "x", "{\"access_token\":5}", "{\"access_token\":\"a\\nb\"}"})
    void a_success_without_a_token_is_no_success(String body) {
        recorder.reply(200, body);

        assertThatThrownBy(() -> basic(TUTORIAL))
                .isInstanceOfSatisfying(
                        TemporarilyUnavailable.class, e -> assertThat(e.code()).isEqualTo("reply_unreadable"));
    }

    @ParameterizedTest
    @DisplayName("spatiafi 47: a redirect and whatever else is no success is an error, and nothing is sent again")
    @CsvSource({
        "307,provider_refused",
        "404,provider_refused",
        "422,provider_refused",
        "401,wrong_password",
        "429,provider_unavailable",
        "503,provider_unavailable"
    })
    void whatever_is_no_success_is_an_error(int status, String code) {
        recorder.reply(status, "{\"detail\":[{\"loc\":[\"body\",\"x\"],\"msg\":\"quotes " + PASSWORD + "\"}]}");

        assertThatThrownBy(() -> basic(TUTORIAL)).isInstanceOfSatisfying(EvergrantException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e).hasMessageNotContaining(PASSWORD);
        });
        assertThat(recorder.sent).hasSize(1);
    }

    @Test
    void an_answer_that_is_lost_is_said() {
        recorder.silence();

        assertThatThrownBy(() -> basic(TUTORIAL))
                .isInstanceOfSatisfying(
                        TemporarilyUnavailable.class, e -> assertThat(e.code()).isEqualTo("network"));
    }

    @Test
    @DisplayName(
            "spatiafi 27, spatiafi 31: a login by app credentials sends what the references send, and takes what they take")
    void a_login_by_app_credentials_is_as_captured() {
        recorder.reply(200, Captured.reply("second-run-get_session/01"));

        LoginResult login = logIn();

        Captured.request("second-run-get_session/01").isSentBy(recorder.only());
        assertThat(login.response().first().accessToken()).isEqualTo(Secret.of("APP.ACCESS.TOKEN.1795296403304"));
        assertThat(login.response().first().expiry()).isEqualTo(Expiry.at(Recorder.NOW.plusSeconds(839)));
        assertThat(login.account()).isEqualTo(new Account(null, CREDENTIALS.userId()));
        assertThat(login.kind()).isEqualTo(LoginResult.Kind.CLIENT_CREDENTIALS);
    }

    @Test
    @DisplayName("spatiafi 29: two logins send two assertions")
    void two_logins_send_two_assertions() {
        recorder.reply(200, Captured.reply("two-tokens-two-jti/01"))
                .reply(200, Captured.reply("two-tokens-two-jti/02"));

        logIn();
        logIn();

        assertThat(recorder.sent.stream().map(call -> new String(call.body(), StandardCharsets.UTF_8)))
                .doesNotHaveDuplicates();
    }

    @Test
    void a_short_secret_signs_as_the_captured_one_did() {
        recorder.reply(200, Captured.reply("short-secret/01"));

        SpatiaFiLogin.appCredentials(
                recorder.provider, recorder.data, new AppCredentials(null, "id", Secret.of("short")), recorder.wire());

        Captured.request("short-secret/01").isSentBy(recorder.only());
    }

    @ParameterizedTest
    @DisplayName("spatiafi 41, spatiafi 42: credentials that are not accepted are said at once, in the service's words")
    @CsvSource({"token-401-fastapi-error/01,401,Unauthorized", "token-400-oauth-error/01,400,bad"})
    void credentials_that_are_not_accepted_are_said(String name, int status, String words) {
        recorder.reply(status, Captured.reply(name));

        assertThatThrownBy(this::logIn).isInstanceOfSatisfying(ProviderRefused.class, e -> {
            assertThat(e.code()).isEqualTo("invalid_client");
            assertThat(e).hasMessageContaining(words);
        });
        assertThat(recorder.sent).hasSize(1);
    }

    @Test
    @DisplayName("spatiafi 46: no text form shows a secret")
    void no_text_form_shows_a_secret() {
        BasicToken token = new BasicToken(Secret.of("SECRET-TOKEN"), Instant.EPOCH);

        assertThat(List.of(TUTORIAL, CREDENTIALS, token, CREDENTIALS.client()))
                .allSatisfy(each -> assertThat(each.toString()).doesNotContain(PASSWORD, "FAKE-app", "SECRET-TOKEN"));
    }

    private BasicToken basic(SpatiaFiUser user) {
        return SpatiaFiLogin.basic(recorder.data, user, recorder);
    }

    private LoginResult logIn() {
        return SpatiaFiLogin.appCredentials(recorder.provider, recorder.data, CREDENTIALS, recorder.wire());
    }

    private static SpatiaFiUser user(Golden vector, Charset charset) {
        return new SpatiaFiUser(
                vector.at("user").text(), Secret.of(vector.at("password").text()), charset);
    }
}
