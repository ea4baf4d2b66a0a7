package io.github.evergrant.providers.globus.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.evergrant.authorizer.Authorizers;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.oauth.Golden;
import io.github.evergrant.token.Secret;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiErrorTest {

    private static final String TOKEN = "canaryTokenThatWasSent01234567890";

    private final FakePace pace = new FakePace();
    private final Scripted service = new Scripted(pace);

    static Stream<Golden> captured() {
        return Golden.read("globus/vectors/api_errors.json").items().stream();
    }

    @ParameterizedTest
    @MethodSource("captured")
    void every_captured_error_is_read_as_captured(Golden one) {
        String[] headers = one.at("content_type").value() == null
                ? new String[0]
                : new String[] {"Content-Type", one.at("content_type").text()};
        service.reply(Integer.parseInt(one.at("status").text()), one.at("body").text(), headers);

        ApiError error = ApiError.of(failure()).orElseThrow();

        assertThat(error.status()).hasToString(one.at("http_status").text());
        assertThat(error.code().orElse(null)).isEqualTo(one.at("code").value());
        assertThat(error.messages()).isEqualTo(one.at("messages").value());
        assertThat(error.message().orElse(null)).isEqualTo(one.at("message").value());
        assertThat(error.requestId().orElse(null))
                .isEqualTo(one.at("request_id").value());
        assertThat(error.errors().stream().map(Document::value).toList())
                .isEqualTo(one.at("errors").value());
        assertThat(error.document().value() == null)
                .isEqualTo(one.at("raw_json_is_null").value());
    }

    @Test
    void a_failure_says_what_the_service_said() {
        service.json(
                404,
                "{\"code\":\"EndpointNotFound\",\"message\":\"No such endpoint 'x'\",\"request_id\":\"HrbjJy3QJ\"}");

        assertThat(failure())
                .hasMessage("A Service answered with status 404; EndpointNotFound: No such endpoint 'x'"
                        + " (request HrbjJy3QJ)");
    }

    @Test
    void the_words_of_rfc_6749_are_said_too() {
        service.json(401, "{\"error\":\"invalid_token\"}");

        assertThat(failure()).hasMessage("A Service answered with status 401; invalid_token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":\"%1$s\",\"message\":\"the token '%1$s' is not good\",\"request_id\":\"%1$s\"}",
                "{\"code\":\"C\",\"message\":\"you sent Bearer %1$s\"}",
                "{\"code\":\"C\",\"message\":\"you sent bearer  another.token\"}",
                "{\"errors\":[{\"code\":\"C\",\"detail\":\"%1$s\",\"id\":\"%1$s\"}]}",
                "{\"error\":\"C\",\"error_description\":\"%1$s\"}",
                "<html>%1$s</html>",
                "%1$s"
            })
    void no_token_comes_out_with_an_error(String body) {
        service.json(403, String.format(body, TOKEN));

        EvergrantException failure = failure();

        assertThat(printed(failure)).doesNotContain(TOKEN, "another.token");
        ApiError error = ApiError.of(failure).orElseThrow();
        assertThat(List.of(error.code(), error.message(), error.requestId(), error.messages(), error.document(), error))
                .allSatisfy(said -> assertThat(said.toString()).doesNotContain(TOKEN, "another.token"));
    }

    @Test
    void another_token_than_the_one_that_was_sent_does_not_come_out_either() {
        String other = "AgEq8Xk2nDbb5wJmQp7VvY3zR9tLs0aC_u-1";
        service.json(
                403,
                "{\"code\":\"ExternalError.DirListingFailed.PermissionDenied\",\"message\":\"is it " + other
                        + "? see /home/results_of_the_year_2024_in_one_long_name.txt of 6c54cade-bde5-45c1-bdea-f4bd71dba2cc\"}");

        assertThat(failure())
                .hasMessage("A Service answered with status 403; ExternalError.DirListingFailed.PermissionDenied: is it"
                        + " …? see /home/results_of_the_year_2024_in_one_long_name.txt of"
                        + " 6c54cade-bde5-45c1-bdea-f4bd71dba2cc");
    }

    @Test
    void nothing_that_a_service_says_acts_on_a_terminal() {
        service.json(403, "{\"code\":\"C\\u001b[31m\",\"message\":\"a\\nb\\u202e\\u0007\",\"request_id\":\"\\u001b\"}");

        assertThat(failure()).hasMessage("A Service answered with status 403; C[31m: a b (request )");
    }

    private EvergrantException failure() {
        ServiceClient client = ServiceClient.at(
                        "A Service",
                        URI.create("https://service.example"),
                        service,
                        Authorizers.bearer(Secret.of(TOKEN)))
                .with(pace)
                .with(RetryPolicy.never());
        EvergrantException failure = catchThrowableOfType(EvergrantException.class, () -> client.get("x", Query.NONE));
        assertThat(failure).isNotNull();
        return failure;
    }

    private static String printed(Throwable failure) {
        StringWriter all = new StringWriter();
        failure.printStackTrace(new PrintWriter(all, true));
        return all.toString();
    }
}
