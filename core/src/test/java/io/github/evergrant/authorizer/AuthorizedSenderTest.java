package io.github.evergrant.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.http.HttpSettings;
import io.github.evergrant.http.JdkHttpSender;
import io.github.evergrant.token.Secret;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a caller is told of a call that has no answer. The cure of a 401 is another test's. */
final class AuthorizedSenderTest {

    private static final URI API = URI.create("https://api.example.org/orders?token=canary");

    @ParameterizedTest
    @CsvSource({
        "TIMED_OUT, api_timeout, https://api.example.org/orders did not answer in time: some words",
        "BROKEN, api_unreachable, no answer from https://api.example.org/orders: some words",
        "INTERRUPTED, interrupted, the call of https://api.example.org/orders was interrupted"
    })
    void trouble_that_passes_is_told_by_its_kind(HttpFailure.Kind kind, String code, String message) {
        EvergrantException told = failing(kind, false, HttpCall.get(API));
        assertThat(told).isInstanceOf(TemporarilyUnavailable.class).hasMessage(message);
        assertThat(told.code()).isEqualTo(code);
    }

    @Test
    void an_answer_that_is_too_large_will_be_so_again() {
        EvergrantException told = failing(HttpFailure.Kind.TOO_LARGE, true, HttpCall.get(API));
        assertThat(told)
                .isInstanceOf(ProviderRefused.class)
                .hasMessage("the answer of https://api.example.org/orders is larger than 64 MiB");
        assertThat(told.code()).isEqualTo("reply_too_large");
    }

    @ParameterizedTest
    @CsvSource({"POST, true, true", "POST, false, false", "GET, true, false"})
    void of_an_order_that_may_have_arrived_nobody_is_told_to_try_again(String method, boolean left, boolean doubt) {
        for (HttpFailure.Kind kind : new HttpFailure.Kind[] {HttpFailure.Kind.TIMED_OUT, HttpFailure.Kind.BROKEN}) {
            EvergrantException told = failing(kind, left, new HttpCall(method, API, Map.of(), new byte[0]));
            assertThat(String.valueOf(told.getMessage())
                            .endsWith("; what was asked for may have been done all the same"))
                    .isEqualTo(doubt);
            assertThat(told.advice()).isEqualTo(doubt ? "look whether it was done before you try again" : "try again");
        }
    }

    @Test
    void an_api_that_never_answers_is_given_up_after_the_time_there_is() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                JdkHttpSender http = new JdkHttpSender(HttpSettings.defaults(), InstantSource.system())) {
            AuthorizedSender sender =
                    new AuthorizedSender(http, Authorizers.bearer(Secret.of("canary")), Duration.ofMillis(300), false);
            EvergrantException told = catchThrowableOfType(
                    EvergrantException.class,
                    () -> sender.apply(HttpCall.get(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/x"))));
            assertThat(told.code()).isEqualTo("api_timeout");
            assertThat(told)
                    .hasMessageContaining("did not answer in time")
                    .hasMessageContaining("within 300 ms")
                    .hasMessageNotContaining("canary");
        }
    }

    private static EvergrantException failing(HttpFailure.Kind kind, boolean left, HttpCall call) {
        AuthorizedSender sender = new AuthorizedSender(
                (sent, deadline, most) -> {
                    throw new HttpFailure(kind, "some words", left, null);
                },
                Authorizers.none(),
                Duration.ofSeconds(1),
                false);
        return catchThrowableOfType(EvergrantException.class, () -> sender.apply(call));
    }
}
