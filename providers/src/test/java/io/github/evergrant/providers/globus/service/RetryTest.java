package io.github.evergrant.providers.globus.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.authorizer.Authorizers;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.oauth.Golden;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryTest {

    private static final URI BASE = URI.create("https://service.example/");
    private static final ServiceRequest POST = ServiceRequest.post("x", Map.of());

    private final FakePace pace = new FakePace();
    private final Scripted service = new Scripted(pace);
    private final RenewingDouble authorizer = new RenewingDouble();
    private final ServiceClient client =
            ServiceClient.at("A Service", BASE, service, authorizer).with(pace);

    static Stream<Golden> sequences() {
        return Golden.read("globus/vectors/retry_sequences.json").at("cases").items().stream()
                // The clients of Transfer and of POST have tests of their own, and W10 is what we do not copy.
                .filter(one -> !one.has("service") && !one.has("method") && !one.has("why"));
    }

    @ParameterizedTest
    @MethodSource("sequences")
    @DisplayName("the captured sequences of statuses end as captured")
    void captured(Golden one) {
        List<Golden> statuses = one.at("service_statuses").items();
        statuses.forEach(status -> service.json(Integer.parseInt(status.text()), "{\"code\":\"C\",\"message\":\"m\"}"));

        assertThat(end(ServiceRequest.get("x"))).hasToString(one.at("final").text());

        assertThat(authorizer.renewals()).hasToString(one.at("refreshes").text());
        assertThat(service.calls()).hasSize(statuses.size());
    }

    @Test
    @DisplayName("49: a 401, then success: one renewal, one retry, one pause of 0.25 to 0.75 s")
    void statement49() {
        service.json(401, "{}").json(200, "{\"a\":1}");

        assertThat(client.get("x", Query.NONE).number("a")).hasValue(1);

        assertThat(authorizer.renewals()).isEqualTo(1);
        assertThat(service.calls())
                .extracting(call -> call.headers().get("Authorization"))
                .containsExactly("Bearer canary-token-0", "Bearer canary-token-1");
        assertThat(pace.pauses()).hasSize(1).allMatch(it -> isBetween(it, 250, 750));
    }

    @Test
    @DisplayName("50: a 401, a renewal, a 401: the error, and one renewal only")
    void statement50() {
        service.json(401, "{}");

        assertThat(end(ServiceRequest.get("x"))).isEqualTo(401);

        assertThat(authorizer.renewals()).isEqualTo(1);
        assertThat(service.calls()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    @DisplayName("51, W10: trouble, then a 401: it still gets its one cure")
    void w10(int trouble) {
        service.json(trouble, "{}").json(401, "{}").json(200, "{}");

        assertThat(end(ServiceRequest.get("x"))).isEqualTo(200);

        assertThat(authorizer.renewals()).isEqualTo(1);
        assertThat(service.calls()).hasSize(3);
    }

    @Test
    @DisplayName("W10: no answer at all, then a 401: it still gets its one cure")
    void w10WithoutAnswer() {
        service.fails(HttpFailure.Kind.BROKEN, true).json(401, "{}").json(200, "{}");

        assertThat(end(ServiceRequest.get("x"))).isEqualTo(200);
        assertThat(authorizer.renewals()).isEqualTo(1);
    }

    @Test
    void a_refusal_of_the_last_attempt_renews_nothing_that_nobody_uses() {
        service.json(503, "{}").json(401, "{}");

        assertThatThrownBy(() -> client.with(RetryPolicy.usual().withRetries(1)).get("x", Query.NONE))
                .isInstanceOf(ProviderRefused.class);
        assertThat(authorizer.renewals()).isZero();
    }

    @Test
    void what_always_sends_the_same_is_not_cured() {
        service.json(401, "{}");

        assertThatThrownBy(() -> ServiceClient.at("A Service", BASE, service, Authorizers.none())
                        .with(pace)
                        .get("x", Query.NONE))
                .isInstanceOf(ProviderRefused.class);
        assertThat(service.calls()).hasSize(1);
        assertThat(service.last().headers()).doesNotContainKey("Authorization");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 0.999})
    @DisplayName("91: 503 for ever: six attempts, growing pauses, none above 10 s, then the error")
    void statement91(double chance) {
        FakePace other = new FakePace(chance);
        service.json(503, "{}");

        assertThatThrownBy(() -> client.with(other).get("x", Query.NONE))
                .isInstanceOfSatisfying(
                        TemporarilyUnavailable.class, e -> assertThat(e.code()).isEqualTo("api_unavailable"));

        assertThat(service.calls()).hasSize(6);
        assertThat(other.pauses()).hasSize(5).isSorted().allMatch(it -> it.compareTo(Duration.ofSeconds(10)) <= 0);
        for (int i = 0; i < 5; i++) {
            double factor = (0.25 + 0.5 * chance) * Math.pow(2, i);
            assertThat(other.pauses().get(i)).isEqualTo(Duration.ofMillis((long) (Math.min(10, factor) * 1000)));
        }
    }

    @ParameterizedTest
    @CsvSource({"429,3", "503,3", "503,10"})
    @DisplayName("92: Retry-After is waited for")
    void statement92(int status, int seconds) {
        service.reply(status, "", "Retry-After", Integer.toString(seconds)).json(200, "{}");

        assertThat(end(ServiceRequest.get("x"))).isEqualTo(200);
        assertThat(pace.pauses()).containsExactly(Duration.ofSeconds(seconds));
    }

    @Test
    @DisplayName("92: a Retry-After of 0 asks for nothing: the usual pause")
    void statement92Zero() {
        service.reply(503, "", "Retry-After", "0").json(200, "{}");

        assertThat(end(ServiceRequest.get("x"))).isEqualTo(200);
        assertThat(pace.pauses()).containsExactly(Duration.ofMillis(500));
    }

    @Test
    @DisplayName("92, W11: a negative Retry-After counts as absent")
    void w11Negative() {
        service.reply(503, "", "Retry-After", "-5").json(200, "{}");

        assertThat(end(ServiceRequest.get("x"))).isEqualTo(200);
        assertThat(pace.pauses()).containsExactly(Duration.ofMillis(500));
    }

    @ParameterizedTest
    @CsvSource({"7,7000", "0,500", "-90,500"})
    @DisplayName("92, W11: a date is honoured, and one that is over asks for nothing")
    void w11Date(int fromNow, int millis) {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                pace.now().plusSeconds(fromNow).atOffset(ZoneOffset.UTC));
        service.reply(429, "", "Retry-After", date).json(200, "{}");

        assertThat(end(ServiceRequest.get("x"))).isEqualTo(200);
        assertThat(pace.pauses()).containsExactly(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 500, 502, 504})
    @DisplayName("92: a Retry-After of another status asks for nothing")
    void statement92Other(int status) {
        service.reply(status, "", "Retry-After", "60").json(200, "{}");

        assertThat(end(ServiceRequest.get("x"))).isEqualTo(200);
        assertThat(pace.pauses()).containsExactly(Duration.ofMillis(500));
    }

    @Test
    @DisplayName(
            "W11: nobody comes back before the time that the server said; beyond the longest wait the caller is told")
    void w11Beyond() {
        service.reply(503, "", "Retry-After", "60").json(200, "{}");

        assertThatThrownBy(() -> client.get("x", Query.NONE))
                .isInstanceOfSatisfying(TemporarilyUnavailable.class, e -> {
                    assertThat(e.retryAt()).contains(pace.now().plusSeconds(60));
                    assertThat(e.advice()).isEqualTo("try again at 2026-01-01T00:01:00Z");
                });
        assertThat(pace.pauses()).isEmpty();
        assertThat(service.calls()).hasSize(1);
    }

    @Test
    @DisplayName("W11: who is willing to wait longer waits as long as the server said")
    void w11Willing() {
        service.reply(503, "", "Retry-After", "60").json(200, "{}");

        client.with(RetryPolicy.usual().withLongestWait(Duration.ofMinutes(2))).get("x", Query.NONE);

        assertThat(pace.pauses()).containsExactly(Duration.ofSeconds(60));
    }

    static Stream<Golden> headers() {
        return Golden.read("globus/vectors/retry_after.json").items().stream()
                .filter(one -> one.at("header").value() instanceof String);
    }

    /** Negative numbers, and what only Python takes for one, count as absent here; dates count. */
    @ParameterizedTest
    @MethodSource("headers")
    void the_captured_headers_are_read_as_captured_but_for_the_unsafe_ones(Golden one) {
        String header = one.at("header").text();
        service.reply(503, "", "Retry-After", header).json(200, "{}");
        boolean plain = header.strip().matches("[0-9]+");
        long seconds = plain ? Long.parseLong(one.at("parsed").text()) : 0;

        client.with(RetryPolicy.usual().withLongestWait(Duration.ofHours(1))).get("x", Query.NONE);

        assertThat(pace.pauses()).containsExactly(seconds == 0 ? Duration.ofMillis(500) : Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    @DisplayName("94: a POST is retried after trouble when the caller says that it may be")
    void statement94(int status) {
        service.json(status, "{}").json(200, "{}");

        assertThat(end(POST.repeatable())).isEqualTo(200);
        assertThat(service.calls()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    @DisplayName("W33: a POST that the server may have acted on is not sent again")
    void w33(int status) {
        service.reply(status, "", "Retry-After", "1");

        assertThat(end(POST)).isEqualTo(status);
        assertThat(service.calls()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"BROKEN", "TIMED_OUT"})
    @DisplayName("W33: a POST without an answer is sent again only if it has not left")
    void w33WithoutAnswer(HttpFailure.Kind kind) {
        service.fails(kind, false).fails(kind, true).json(200, "{}");

        assertThatThrownBy(() -> client.send(POST)).isInstanceOf(TemporarilyUnavailable.class);
        assertThat(service.calls()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 429})
    @DisplayName("W33: a POST that was turned away at the door may come again")
    void w33TurnedAway(int status) {
        service.json(status, "{}").json(200, "{}");

        assertThat(end(POST)).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"BROKEN,api_unreachable", "TIMED_OUT,api_timeout"})
    @DisplayName("95: no answer, and no answer in time, are told apart, both after the retries")
    void statement95(HttpFailure.Kind kind, String code) {
        service.fails(kind, true);

        assertThatThrownBy(() -> client.get("x", Query.NONE))
                .isInstanceOfSatisfying(
                        TemporarilyUnavailable.class, e -> assertThat(e.code()).isEqualTo(code));
        assertThat(service.calls()).hasSize(6);
    }

    @Test
    void a_reply_that_is_too_large_will_be_again() {
        service.fails(HttpFailure.Kind.TOO_LARGE, true);

        assertThatThrownBy(() -> client.get("x", Query.NONE))
                .isInstanceOfSatisfying(
                        ProviderRefused.class, e -> assertThat(e.code()).isEqualTo("reply_too_large"));
        assertThat(service.calls()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 409, 410, 422, 501})
    void what_will_not_pass_is_asked_once(int status) {
        service.json(status, "{}");

        assertThat(end(ServiceRequest.get("x"))).isEqualTo(status);
        assertThat(service.calls()).hasSize(1);
    }

    @Test
    void patience_bounds_attempts_and_pauses_together() {
        service.json(503, "{}");

        assertThatThrownBy(() -> client.with(RetryPolicy.usual().within(Duration.ofSeconds(4)))
                        .get("x", Query.NONE))
                .isInstanceOf(TemporarilyUnavailable.class);

        // 0.5 + 1 + 2 s, and another 4 would be too long.
        assertThat(pace.pauses()).hasSize(3);
        assertThat(service.deadlines())
                .containsExactly(
                        Duration.ofSeconds(4),
                        Duration.ofMillis(3500),
                        Duration.ofMillis(2500),
                        Duration.ofMillis(500));
    }

    @Test
    void an_interrupt_ends_a_pause_at_once_and_stays_pending() {
        service.json(503, "{}");
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> client.get("x", Query.NONE))
                .isInstanceOfSatisfying(
                        TemporarilyUnavailable.class, e -> assertThat(e.code()).isEqualTo("interrupted"));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(service.calls()).hasSize(1);
    }

    @Test
    void an_interrupted_request_is_not_sent_again() {
        service.fails(HttpFailure.Kind.INTERRUPTED, true);

        assertThatThrownBy(() -> client.get("x", Query.NONE))
                .isInstanceOfSatisfying(
                        TemporarilyUnavailable.class, e -> assertThat(e.code()).isEqualTo("interrupted"));
        assertThat(service.calls()).hasSize(1);
    }

    @Test
    @DisplayName("W23: a tuned client leaves the one that it was made of as it is, also after a failure")
    void w23Tuned() {
        ServiceClient tuned = client.with(RetryPolicy.never())
                .withDeadline(Duration.ofSeconds(1))
                .withMostBytes(5);
        service.json(503, "{}").json(503, "{}").json(200, "{}");

        assertThatThrownBy(() -> tuned.get("x", Query.NONE)).isInstanceOf(TemporarilyUnavailable.class);

        assertThat(client.get("x", Query.NONE)).isNotNull();
        assertThat(service.deadlines())
                .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(60));
    }

    /** The last status. */
    private int end(ServiceRequest request) {
        try {
            client.send(request);
            return 200;
        } catch (EvergrantException e) {
            return ApiError.of(e).orElseThrow().status();
        }
    }

    private static boolean isBetween(Duration pause, long least, long most) {
        return pause.toMillis() >= least && pause.toMillis() <= most;
    }
}
