package io.github.evergrant.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.sandbox.server.Json;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class TastytradeTest {

    private static final String PRODUCTION = "/tastytrade/production";
    private static final String CERTIFICATION = "/tastytrade/certification";
    private static final String CHALLENGE = "X-Tastyworks-Challenge-Token";
    private static final String CODE = "X-Tastyworks-OTP";

    private final StoppedClock clock = new StoppedClock();
    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults(), clock);
    private final Caller caller = new Caller(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    private HttpResponse<String> post(String path, String body, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Content-Type";
        all[1] = "application/json";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return caller.send(
                caller.request(path, all).POST(BodyPublishers.ofString(body)).build());
    }

    private HttpResponse<String> login(String name, String... headers) {
        String body = "{\"login\":\"" + name + "\",\"remember-me\":true,\"password\":\"" + name + "-password\"}";
        return post(PRODUCTION + "/sessions", body, headers);
    }

    private HttpResponse<String> remember(String environment, String token, boolean again) {
        return post(
                environment + "/sessions",
                "{\"login\":\"demo\",\"remember-me\":" + again + ",\"remember-token\":\"" + token + "\"}");
    }

    private HttpResponse<String> refresh(String environment, String secret, String token, String... headers) {
        return post(
                environment + "/oauth/token",
                "{\"grant_type\":\"refresh_token\",\"client_secret\":\"" + secret + "\",\"refresh_token\":\"" + token
                        + "\"}",
                headers);
    }

    private int status(String path, @Nullable String authorization) {
        return (authorization == null ? caller.get(path) : caller.get(path, "Authorization", authorization))
                .statusCode();
    }

    private static JsonNode data(HttpResponse<String> reply) {
        return Json.parse(reply.body()).get("data");
    }

    private static String code(HttpResponse<String> reply) {
        return Caller.text(Json.parse(reply.body()).get("error"), "code");
    }

    @Test
    void a_session_is_opened_checked_used_and_ended() {
        HttpResponse<String> reply = login("demo");
        assertThat(reply.statusCode()).isEqualTo(201);
        String token = Caller.text(data(reply), "session-token");
        assertThat(Caller.text(data(reply), "session-expiration")).isEqualTo("2026-01-02T00:00:00.000Z");

        assertThat(post(PRODUCTION + "/sessions/validate", "", "Authorization", token)
                        .statusCode())
                .isEqualTo(201);
        JsonNode customer = data(caller.get(PRODUCTION + "/customers/me", "Authorization", token));
        assertThat(Caller.text(customer, "email")).isEqualTo("demo@example.org");
        assertThat(data(caller.get(PRODUCTION + "/customers/me/accounts", "Authorization", token))
                        .get("items"))
                .hasSize(2);
        assertThat(Caller.text(
                        data(caller.get(PRODUCTION + "/customers/me/accounts/5WX00002", "Authorization", token)),
                        "closed-at"))
                .isNotEmpty();
        assertThat(status(PRODUCTION + "/customers/me/accounts/5WX00011", token))
                .isEqualTo(404);

        HttpResponse<String> ended = caller.send(caller.request(PRODUCTION + "/sessions", "Authorization", token)
                .DELETE()
                .build());
        assertThat(ended.statusCode()).isEqualTo(204);
        assertThat(post(PRODUCTION + "/sessions/validate", "", "Authorization", token)
                        .statusCode())
                .isEqualTo(401);
        assertThat(status(PRODUCTION + "/customers/me", token)).isEqualTo(401);
    }

    @Test
    void a_session_token_goes_bare_and_an_oauth_token_does_not() {
        String session = Caller.text(data(login("demo")), "session-token");
        String access = Caller.text(caller.control("grant", "{\"dialect\":\"tastytrade\"}"), "access_token");

        assertThat(status(PRODUCTION + "/customers/me", session)).isEqualTo(200);
        assertThat(status(PRODUCTION + "/customers/me", "Bearer " + session)).isEqualTo(401);
        assertThat(status(PRODUCTION + "/customers/me", "Bearer " + access)).isEqualTo(200);
        assertThat(status(PRODUCTION + "/customers/me", access)).isEqualTo(401);
        assertThat(status(PRODUCTION + "/customers/me", null)).isEqualTo(401);
    }

    @Test
    void the_environments_know_nothing_of_each_other() {
        JsonNode session = data(login("demo"));
        JsonNode granted = caller.control("grant", "{\"dialect\":\"tastytrade\"}");
        String secret = String.valueOf(SandboxPeople.TASTYTRADE_CLIENT.secret());

        assertThat(status(CERTIFICATION + "/customers/me", Caller.text(session, "session-token")))
                .isEqualTo(401);
        assertThat(status(CERTIFICATION + "/customers/me", "Bearer " + Caller.text(granted, "access_token")))
                .isEqualTo(401);
        assertThat(refresh(CERTIFICATION, secret, Caller.text(granted, "refresh_token"))
                        .body())
                .isEqualTo("{\"error_code\":\"invalid_grant\",\"error_description\":\"Invalid JWT\"}");
        assertThat(remember(CERTIFICATION, Caller.text(session, "remember-token"), true)
                        .statusCode())
                .isEqualTo(401);
        assertThat(remember(PRODUCTION, Caller.text(session, "remember-token"), true)
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void a_remember_token_works_once_and_has_a_successor_only_where_one_is_asked_for() {
        String first = Caller.text(data(login("demo")), "remember-token");

        String second = Caller.text(data(remember(PRODUCTION, first, true)), "remember-token");
        assertThat(second).isNotEqualTo(first);
        assertThat(code(remember(PRODUCTION, first, true))).isEqualTo("invalid_credentials");

        assertThat(data(remember(PRODUCTION, second, false)).has("remember-token"))
                .isFalse();
        assertThat(remember(PRODUCTION, second, true).statusCode()).isEqualTo(401);
        assertThat(caller.stats("tastytrade")
                        .get("requests")
                        .get("sessions.remember")
                        .intValue())
                .isEqualTo(4);
        assertThat(caller.stats("tastytrade").get("reuses").intValue()).isEqualTo(2);
    }

    @Test
    void a_session_lives_as_long_as_it_is_told() {
        caller.control("lifetime", "{\"dialect\":\"tastytrade\",\"seconds\":2}");

        assertThat(Caller.text(data(login("demo")), "session-expiration")).isEqualTo("2026-01-01T00:00:02.000Z");
    }

    @Test
    void remember_tokens_and_sessions_end_after_a_day() {
        JsonNode session = data(login("demo"));
        clock.forward(Duration.ofHours(24));

        assertThat(status(PRODUCTION + "/customers/me", Caller.text(session, "session-token")))
                .isEqualTo(401);
        assertThat(remember(PRODUCTION, Caller.text(session, "remember-token"), true)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void some_logins_need_a_one_time_code() {
        assertThat(code(login("other"))).isEqualTo("otp_required");
        assertThat(code(login("other", CODE, "000000"))).isEqualTo("otp_invalid");
        assertThat(login("other", CODE, "123456").statusCode()).isEqualTo(201);
    }

    @Test
    void a_device_that_nobody_knows_is_challenged_and_only_the_newest_token_counts() {
        HttpResponse<String> challenged = login("traveller");
        assertThat(challenged.statusCode()).isEqualTo(403);
        assertThat(code(challenged)).isEqualTo("device_challenge_required");
        String first = challenged.headers().firstValue(CHALLENGE).orElseThrow();
        assertThat(login("traveller", CHALLENGE, first, CODE, "123456").statusCode())
                .isEqualTo(403);

        HttpResponse<String> sent = post(PRODUCTION + "/device-challenge", "", CHALLENGE, first);
        assertThat(Caller.text(data(sent), "step")).isEqualTo("otp_verification");
        String second = sent.headers().firstValue(CHALLENGE).orElseThrow();
        assertThat(login("traveller", CHALLENGE, first, CODE, "123456").statusCode())
                .isEqualTo(403);
        assertThat(code(login("traveller", CHALLENGE, second, CODE, "654321"))).isEqualTo("otp_invalid");
        assertThat(login("traveller", CHALLENGE, second, CODE, "123456").statusCode())
                .isEqualTo(201);
        assertThat(login("traveller", CHALLENGE, second, CODE, "123456").statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_question_may_come_before_the_code() {
        String token = login("forgetful").headers().firstValue(CHALLENGE).orElseThrow();

        HttpResponse<String> asked = post(PRODUCTION + "/device-challenge", "{}", CHALLENGE, token);
        assertThat(Caller.text(data(asked), "step")).isEqualTo("security_question");
        HttpResponse<String> sent = post(
                PRODUCTION + "/device-challenge",
                "{\"challenge-token\":\"" + token + "\",\"answer\":\"blue\"}",
                CHALLENGE,
                token);
        assertThat(Caller.text(data(sent), "step")).isEqualTo("otp_verification");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/oauth/token", "/sessions", "/customers/me"})
    void who_does_not_say_what_it_is_gets_a_page(String path) {
        String request = "POST " + PRODUCTION + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n";

        for (String agent : new String[] {"", "User-Agent: nobody\r\n"}) {
            String reply = RawConnection.exchangeOnce(sandbox, request + agent + "\r\n");
            assertThat(reply).startsWith("HTTP/1.1 401").contains("text/html", "401 Authorization Required");
        }
    }

    @Test
    void a_refresh_token_stays_and_its_request_bears_no_authorization() {
        JsonNode granted = caller.control("grant", "{\"dialect\":\"tastytrade\"}");
        String token = Caller.text(granted, "refresh_token");
        String secret = String.valueOf(SandboxPeople.TASTYTRADE_CLIENT.secret());

        for (int i = 0; i < 2; i++) {
            JsonNode reply = Json.parse(refresh(PRODUCTION, secret, token).body());
            assertThat(reply.get("expires_in").intValue()).isEqualTo(900);
            assertThat(reply.has("refresh_token")).isFalse();
        }
        assertThat(refresh(PRODUCTION, secret, token, "Authorization", "Bearer x")
                        .statusCode())
                .isEqualTo(401);
        assertThat(refresh(PRODUCTION, "wrong", token).body()).contains("\"error_code\":\"invalid_client\"");
        assertThat(caller.form(
                                PRODUCTION + "/oauth/token",
                                null,
                                "grant_type",
                                "refresh_token",
                                "client_secret",
                                secret,
                                "refresh_token",
                                token)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void all_tokens_end_when_that_is_wanted() {
        String session = Caller.text(data(login("demo")), "session-token");
        String access = Caller.text(caller.control("grant", "{\"dialect\":\"tastytrade\"}"), "access_token");

        assertThat(caller.control("expire", "{\"dialect\":\"tastytrade\"}")
                        .get("expired")
                        .intValue())
                .isEqualTo(2);
        assertThat(code(caller.get(PRODUCTION + "/customers/me", "Authorization", session)))
                .isEqualTo("token_invalid");
        assertThat(status(PRODUCTION + "/customers/me", "Bearer " + access)).isEqualTo(401);
    }

    @Test
    void only_production_says_when_a_quote_token_ends() {
        String session = Caller.text(data(login("demo")), "session-token");
        assertThat(data(caller.get(PRODUCTION + "/api-quote-tokens", "Authorization", session))
                        .has("expires-at"))
                .isTrue();

        String access = Caller.text(
                caller.control("grant", "{\"dialect\":\"tastytrade\",\"client\":\"sandbox-tastytrade-certification\"}"),
                "access_token");
        assertThat(data(caller.get(CERTIFICATION + "/quote-streamer-tokens", "Authorization", "Bearer " + access))
                        .has("expires-at"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|422|validation_error",
                "no json|422|validation_error",
                "{\"login\":\"demo\"}|422|validation_error",
                "{\"login\":\"demo\",\"password\":\"\"}|401|invalid_credentials",
                "{\"login\":\"demo\",\"password\":\"x\"}|401|invalid_credentials",
                "{\"login\":\"demo\",\"remember-token\":\"x\"}|401|invalid_credentials",
            })
    void a_login_that_makes_no_sense_is_refused(String body, int status, String code) {
        HttpResponse<String> reply = post(PRODUCTION + "/sessions", body);

        assertThat(reply.statusCode()).isEqualTo(status);
        assertThat(code(reply)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/tastytrade,404",
        "GET,/tastytrade/moon/sessions,404",
        "GET,/tastytrade/production/sessions,405",
        "GET,/tastytrade/production/sessions/validate,405",
        "GET,/tastytrade/production/customers/me/accounts/a/b,404",
    })
    void what_is_not_there_is_said(String method, String path, int status) {
        assertThat(RawConnection.exchangeOnce(
                        sandbox, method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: a/1\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status);
    }

    @Test
    void faults_strike_by_kind() {
        caller.fault("{\"dialect\":\"tastytrade\",\"kind\":\"sessions.password\",\"do\":\"status\",\"status\":429}");

        assertThat(login("demo").statusCode()).isEqualTo(429);
        assertThat(login("demo").statusCode()).isEqualTo(201);
        assertThat(caller.stats("tastytrade")
                        .get("requests")
                        .get("sessions.password")
                        .intValue())
                .isEqualTo(2);
    }

    @Test
    void a_reset_forgets_sessions_and_remember_tokens() {
        JsonNode session = data(login("demo"));
        caller.control("reset", "");

        assertThat(status(PRODUCTION + "/customers/me", Caller.text(session, "session-token")))
                .isEqualTo(401);
        assertThat(remember(PRODUCTION, Caller.text(session, "remember-token"), true)
                        .statusCode())
                .isEqualTo(401);
    }
}
