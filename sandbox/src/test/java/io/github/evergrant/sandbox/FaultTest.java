package io.github.evergrant.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.sandbox.server.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class FaultTest {

    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());
    private final Caller caller = new Caller(sandbox);
    private final JsonNode login = caller.grantGroups();
    private final String token = Caller.text(login, "refresh_token");

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void status_answers_instead_of_working() {
        caller.fault("""
                {"dialect":"globus","kind":"token.refresh","do":"status","status":503,
                 "headers":{"Retry-After":2},"body":{"error":"temporarily_unavailable"}}""");

        HttpResponse<String> reply = caller.refresh(token);

        assertThat(reply.statusCode()).isEqualTo(503);
        assertThat(reply.headers().firstValue("Retry-After")).contains("2");
        assertThat(reply.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(reply.body()).isEqualTo("{\"error\":\"temporarily_unavailable\"}");
        assertThat(caller.refresh(token).statusCode())
                .as("the token was not used")
                .isEqualTo(200);
    }

    @Test
    void status_after_the_work_loses_the_new_token() {
        caller.fault("{\"do\":\"status\",\"status\":500,\"after\":true}");

        assertThat(caller.refresh(token).statusCode()).isEqualTo(500);
        assertThat(caller.refresh(token).statusCode()).isEqualTo(401);
        assertThat(caller.stats().get("families_revoked").intValue()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1,1,503 200 200 200", "2,1,200 503 200 200", "2,2,200 503 503 200", "4,9,200 200 200 503"})
    void nth_and_times_choose_the_requests(int nth, int times, String expected) {
        caller.fault("{\"kind\":\"groups.my_groups\",\"nth\":%d,\"times\":%d,\"do\":\"status\",\"status\":503}"
                .formatted(nth, times));
        StringBuilder seen = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            seen.append(i == 0 ? "" : " ")
                    .append(caller.myGroups(Caller.text(login, "access_token")).statusCode());
        }
        assertThat(seen).hasToString(expected);
    }

    @Test
    void the_first_rule_that_applies_wins_and_every_matching_rule_counts() {
        caller.fault("""
                {"kind":"userinfo","do":"status","status":500},
                {"kind":"*","nth":2,"do":"status","status":502},
                {"do":"status","status":503,"times":3}""");
        String access = Caller.text(login, "access_token");

        assertThat(caller.myGroups(access).statusCode()).isEqualTo(503);
        assertThat(caller.myGroups(access).statusCode()).isEqualTo(502);
        assertThat(caller.myGroups(access).statusCode()).isEqualTo(503);
        assertThat(caller.myGroups(access).statusCode()).isEqualTo(200);
    }

    @Test
    void an_empty_list_clears_all() {
        caller.fault("{\"do\":\"status\",\"status\":503,\"times\":1000}");
        caller.fault("");

        assertThat(caller.refresh(token).statusCode()).isEqualTo(200);
    }

    @Test
    void drop_closes_the_connection_without_a_byte_and_without_the_work() {
        caller.fault("{\"kind\":\"token.refresh\",\"do\":\"drop\"}");

        assertThat(RawConnection.post(sandbox, Caller.TOKEN, refreshForm())).isEmpty();
        assertThat(caller.refresh(token).statusCode()).isEqualTo(200);
    }

    @Test
    void drop_after_does_the_work_and_then_closes_without_a_byte() {
        caller.fault("{\"kind\":\"token.refresh\",\"do\":\"drop-after\"}");

        assertThat(RawConnection.post(sandbox, Caller.TOKEN, refreshForm())).isEmpty();
        assertThat(caller.refresh(token).statusCode()).isEqualTo(401);
        assertThat(caller.stats().get("reuses").intValue()).isEqualTo(1);
    }

    @Test
    void a_dropped_request_is_in_the_log_without_a_status() {
        caller.fault("{\"do\":\"drop\"}");
        // Not a GET: the JDK's client would send that again by itself.
        assertThatThrownBy(() -> caller.refresh(token)).hasCauseInstanceOf(IOException.class);

        JsonNode entry = caller.log().get(0);
        assertThat(entry.get("status").isNull()).isTrue();
        assertThat(entry.get("open").booleanValue()).isFalse();
    }

    @Test
    void the_log_says_what_a_fault_did_and_whether_the_work_was_done() {
        caller.fault("{\"do\":\"status\",\"status\":503},{\"do\":\"garbage\",\"after\":true,\"nth\":2}");
        for (int i = 0; i < 3; i++) {
            caller.refresh(token);
        }

        JsonNode log = caller.log();
        assertThat(log.get(0).get("fault")).hasToString("{\"do\":\"status\",\"after\":false}");
        assertThat(log.get(0).get("work").isNull()).isTrue();
        assertThat(log.get(1).get("fault")).hasToString("{\"do\":\"garbage\",\"after\":true}");
        assertThat(log.get(1).get("work").intValue()).isEqualTo(200);
        assertThat(log.get(2).has("fault")).isFalse();
        assertThat(log.get(2).get("work").intValue()).isEqualTo(401);
    }

    @Test
    void garbage_is_not_json() {
        caller.fault("{\"do\":\"garbage\"}");

        HttpResponse<String> reply = caller.refresh(token);

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("Content-Type")).contains("application/json");
        assertThatThrownBy(() -> Json.parse(reply.body())).hasMessageContaining("not JSON");
    }

    @Test
    void truncate_announces_more_than_it_sends() {
        caller.fault("{\"do\":\"truncate\",\"after\":true}");

        String all = RawConnection.post(sandbox, Caller.TOKEN, refreshForm());

        String[] parts = all.split("\r\n\r\n", 2);
        assertThat(parts[0]).startsWith("HTTP/1.1 200");
        int announced = Integer.parseInt(parts[0].replaceAll("(?is).*content-length: ([0-9]+).*", "$1"));
        assertThat(parts[1]).startsWith("{\"access_token\":\"sandbox-at-").hasSizeBetween(100, announced - 1);
    }

    @Test
    void huge_is_more_than_64_MiB() {
        caller.fault("{\"do\":\"huge\"}");

        HttpResponse<String> reply = caller.refresh(token);

        assertThat(reply.headers().firstValue("Content-Length")).isEmpty();
        assertThat(reply.body().length()).isGreaterThan(64 * 1024 * 1024);
    }

    @Test
    void slow_drip_takes_the_time_it_was_told_and_sends_the_true_answer_after_the_work() {
        caller.fault("{\"do\":\"slow-drip\",\"ms\":1500,\"after\":true}");
        long before = System.nanoTime();

        CompletableFuture<HttpResponse<String>> reply = caller.refreshLater(token);
        Awaitility.await()
                .until(() -> caller.log().size() == 1
                        && caller.log().get(0).get("status").isNumber());
        assertThat(caller.log().get(0).get("open").booleanValue()).isTrue();

        assertThat(Json.parse(reply.join().body()).has("refresh_token")).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(1400));
    }

    @Test
    void wrong_content_type_labels_the_true_answer_as_html_after_the_work_and_is_html_before() {
        caller.fault("{\"do\":\"wrong-content-type\"},{\"do\":\"wrong-content-type\",\"after\":true,\"nth\":2}");

        HttpResponse<String> portal = caller.refresh(token);
        HttpResponse<String> labelled = caller.refresh(token);

        assertThat(portal.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(portal.body()).startsWith("<!doctype html>");
        assertThat(labelled.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(Json.parse(labelled.body()).has("access_token")).isTrue();
    }

    @Test
    void a_delayed_request_is_open_in_the_log_while_others_are_served() {
        caller.fault("{\"kind\":\"token.refresh\",\"do\":\"delay\",\"ms\":600000}");

        CompletableFuture<HttpResponse<String>> delayed = caller.refreshLater(token);
        Awaitility.await().until(() -> caller.log().size() == 1);

        JsonNode entry = caller.log().get(0);
        assertThat(entry.get("open").booleanValue()).isTrue();
        assertThat(entry.get("status").isNull()).isTrue();
        assertThat(entry.get("kind").stringValue()).isEqualTo("token.refresh");
        assertThat(entry.get("body").stringValue()).contains(token);
        assertThat(caller.myGroups(Caller.text(login, "access_token")).statusCode())
                .isEqualTo(200);
        assertThat(delayed).isNotDone();
        sandbox.close();
        assertThatThrownBy(delayed::join).hasCauseInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void delay_waits_before_or_after_the_work_and_then_answers(boolean after) {
        caller.fault("{\"do\":\"delay\",\"ms\":1000,\"after\":" + after + "}");
        long before = System.nanoTime();

        assertThat(caller.refresh(token).statusCode()).isEqualTo(200);

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(990));
    }

    @Test
    void same_token_again_rotates_but_gives_the_access_token_it_gave_before() {
        caller.fault("{\"do\":\"same-token-again\"}");

        JsonNode second = Json.parse(caller.refresh(token).body());

        assertThat(Caller.text(second, "access_token")).isEqualTo(Caller.text(login, "access_token"));
        assertThat(Caller.text(second, "refresh_token")).isNotEqualTo(token);
    }

    @Test
    void no_refresh_token_leaves_it_out_and_the_old_one_stays_good() {
        caller.fault("{\"do\":\"no-refresh-token\"}");

        assertThat(Json.parse(caller.refresh(token).body()).has("refresh_token"))
                .isFalse();
        assertThat(caller.refresh(token).statusCode()).isEqualTo(200);
    }

    @Test
    void no_expires_in_leaves_it_out() {
        caller.fault("{\"do\":\"no-expires-in\"}");

        JsonNode second = Json.parse(caller.refresh(token).body());

        assertThat(second.has("expires_in")).isFalse();
        assertThat(second.has("access_token")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|an array of rules",
                "[5]|an object was expected",
                "[{}]|do must be one of delay, status, drop",
                "[{\"do\":\"explode\"}]|do must be one of",
                "[{\"do\":\"status\"}]|status is missing",
                "[{\"do\":\"status\",\"status\":99}]|status must be from 200 to 599",
                "[{\"do\":\"status\",\"status\":\"503\"}]|status must be a whole number",
                "[{\"do\":\"drop\",\"nth\":0}]|nth must be from 1",
                "[{\"do\":\"drop\",\"dialect\":\"gopher\"}]|dialect must be one of agave, globus, spatiafi",
                "[{\"do\":\"drop\",\"time\":3}]|unknown field",
                "[{\"do\":\"drop\",\"headers\":{\"A\":\"b\\r\\nC: d\"}}]|headers.A must be one line",
                "[{\"do\":\"drop\"}] x|not JSON",
                "[{\"do\":\"drop\",\"do\":\"drop\"}]|not JSON",
            })
    void a_rule_that_makes_no_sense_is_refused_by_name(String body, String message) {
        HttpResponse<String> reply = caller.json("/_sandbox/faults", body);

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(Json.parse(reply.body()).get("error_description").stringValue())
                .contains(message);
    }

    private String refreshForm() {
        return Caller.query(
                "grant_type",
                "refresh_token",
                "refresh_token",
                token,
                "client_id",
                "61338d24-54d5-408f-a10d-66c06b59f6d2");
    }
}
