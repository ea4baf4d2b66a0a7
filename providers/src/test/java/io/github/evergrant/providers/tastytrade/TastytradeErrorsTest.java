package io.github.evergrant.providers.tastytrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.token.Secret;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service says when it refuses, in all shapes that are known of it. */
final class TastytradeErrorsTest {

    private final Recorder net = new Recorder();
    private final Evergrant door = net.door();

    @AfterEach
    void close() {
        door.close();
    }

    private EvergrantException login(String captured) {
        net.captured(captured + "-01");
        EvergrantException failure = catchThrowableOfType(
                EvergrantException.class,
                () -> TastytradeLogin.password(
                        net.password,
                        PasswordOrder.of("janedoe", Secret.of("pw")).withRememberMe(false),
                        null,
                        net.wire()));
        net.sentAsIn(0, captured + "-01");
        assertThat(net.sent).hasSize(1);
        return failure;
    }

    private static TastytradeError said(EvergrantException failure) {
        return TastytradeError.of(failure).orElseThrow();
    }

    @Test
    @DisplayName("tastytrade 58: one error is told as code and message")
    void one_error_is_told_as_code_and_message() {
        EvergrantException failure = login("error-invalid-credentials");

        assertThat(failure)
                .isInstanceOf(ProviderRefused.class)
                .hasMessageStartingWith(
                        "invalid_credentials: Invalid login, please check your username and password. (tastytrade");
        assertThat(failure.code()).isEqualTo("invalid_credentials");
        assertThat(failure.advice()).contains("OAuth");
        assertThat(said(failure).status()).isEqualTo(401);
        assertThat(said(failure).request()).isEqualTo("POST https://api.tastyworks.com/sessions");
    }

    @Test
    @DisplayName("tastytrade 59: of many errors each has a line, and the outer code is there too")
    void of_many_errors_each_has_a_line() {
        EvergrantException failure = login("error-errors-list");

        assertThat(said(failure)).hasMessage("login: is missing\nc2: m2");
        assertThat(said(failure).lines()).containsExactly("login: is missing", "c2: m2");
        assertThat(said(failure).code()).isEqualTo("validation_error");
        assertThat(failure).hasMessageStartingWith("login: is missing; c2: m2 (");
        assertThat(failure.code()).isEqualTo("api_refused");
        assertThat(failure.providerCode()).contains("validation_error");
    }

    @ParameterizedTest
    @CsvSource({
        "error-errors-empty-list,c: m",
        "error-domain-reason,d: r",
        "error-code-without-message,c",
        "error-neither,''",
        "error-oauth-style,invalid_grant: Invalid JWT",
        "error-error-is-string,invalid_grant",
        "error-device-challenge,device_challenge_required: Device authentication challenge required",
    })
    @DisplayName("tastytrade 29, 51, 60, 61: odd shapes are read as far as they go")
    void odd_shapes_are_read_as_far_as_they_go(String captured, String text) {
        EvergrantException failure = login(captured);

        assertThat(failure).isInstanceOf(ProviderRefused.class).hasMessageStartingWith(text);
        assertThat(said(failure)).hasMessage(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"error-empty-body", "error-json-list"})
    @DisplayName("tastytrade 62: a server that is down is down, whatever it says")
    void a_server_that_is_down_is_down(String captured) {
        assertThat(login(captured))
                .isInstanceOfSatisfying(
                        TemporarilyUnavailable.class, e -> assertThat(e.code()).isEqualTo("api_unavailable"));
    }

    @ParameterizedTest
    @CsvSource({
        "error-200-no-data,No data present in response",
        "error-200-empty-data,No data present in response",
        "error-200-html,No data present in response",
    })
    @DisplayName("tastytrade 63: a success without data is no success")
    void a_success_without_data_is_no_success(String captured, String words) {
        assertThat(login(captured)).isInstanceOf(TemporarilyUnavailable.class).hasMessageContaining(words);
    }

    @Test
    @DisplayName("tastytrade 64: a redirect is not followed")
    void a_redirect_is_not_followed() {
        EvergrantException failure = login("error-302-redirect");

        assertThat(failure).isInstanceOf(ProviderRefused.class).hasMessageContaining("302");
        assertThat(failure.getMessage()).doesNotContain("User-Agent");
    }

    @Test
    @DisplayName("tastytrade 65: who tries too often waits a quarter of an hour")
    void who_tries_too_often_waits() {
        assertThat(login("error-rate-limit")).isInstanceOfSatisfying(TemporarilyUnavailable.class, e -> {
            assertThat(e.code()).isEqualTo("account_locked");
            assertThat(e.retryAt()).contains(net.now.plus(Duration.ofMinutes(15)));
        });
    }

    @Test
    @DisplayName("tastytrade 17: a page in the place of JSON is said with its status, and what may be the matter")
    void a_page_in_the_place_of_json_is_said() {
        EvergrantException failure = login("error-html-nginx");

        assertThat(failure).isInstanceOf(ProviderRefused.class).hasMessageContaining("401", "User-Agent");
        assertThat(failure.code()).isEqualTo("reply_unreadable");
        assertThat(failure.getMessage()).doesNotContain("<");
        assertThat(said(failure).getMessage()).hasSizeLessThanOrEqualTo(500);
    }

    @Test
    @DisplayName("tastytrade 29: a 403 that brings no challenge is an ordinary refusal")
    void a_403_that_brings_no_challenge_is_an_ordinary_refusal() {
        net.reply(403, "{\"error\":{\"code\":\"not_permitted\",\"message\":\"no\"}}");

        EvergrantException failure = catchThrowableOfType(
                EvergrantException.class,
                () -> TastytradeLogin.password(
                        net.password, PasswordOrder.of("janedoe", Secret.of("pw")), new Answering("1"), net.wire()));

        assertThat(failure.code()).isEqualTo("api_refused");
        assertThat(net.sent).hasSize(1);
    }
}
