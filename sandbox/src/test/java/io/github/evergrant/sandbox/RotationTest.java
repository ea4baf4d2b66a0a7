package io.github.evergrant.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.sandbox.server.Json;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class RotationTest {

    private final StoppedClock clock = new StoppedClock();

    @Test
    void each_refresh_answers_new_tokens_and_the_old_access_token_stays_good() {
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults(), clock)) {
            Caller caller = new Caller(sandbox);
            JsonNode first = caller.grantGroups();

            HttpResponse<String> reply = caller.refresh(Caller.text(first, "refresh_token"));

            JsonNode second = Json.parse(reply.body());
            assertThat(reply.statusCode()).isEqualTo(200);
            assertThat(Caller.text(second, "refresh_token")).isNotEqualTo(Caller.text(first, "refresh_token"));
            assertThat(Caller.text(second, "access_token")).isNotEqualTo(Caller.text(first, "access_token"));
            assertThat(second.get("expires_in").intValue()).isEqualTo(900);
            assertThat(caller.myGroups(Caller.text(first, "access_token")).statusCode())
                    .isEqualTo(200);
            assertThat(caller.myGroups(Caller.text(second, "access_token")).statusCode())
                    .isEqualTo(200);
            assertThat(caller.refresh(Caller.text(second, "refresh_token")).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_used_refresh_token_ends_its_whole_family() {
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults(), clock)) {
            Caller caller = new Caller(sandbox);
            String used = Caller.text(caller.grantGroups(), "refresh_token");
            JsonNode second = Json.parse(caller.refresh(used).body());

            HttpResponse<String> again = caller.refresh(used);

            assertThat(again.statusCode()).isEqualTo(401);
            assertThat(again.body()).isEqualTo("{\"error\":\"invalid_grant\"}");
            assertThat(caller.myGroups(Caller.text(second, "access_token")).statusCode())
                    .isEqualTo(401);
            assertThat(caller.refresh(Caller.text(second, "refresh_token")).statusCode())
                    .isEqualTo(401);
            JsonNode stats = caller.stats();
            assertThat(stats.get("reuses").intValue()).isEqualTo(1);
            assertThat(stats.get("families_revoked").intValue()).isEqualTo(1);
            assertThat(stats.get("refused").get("token.refresh").intValue()).isEqualTo(2);
            assertThat(stats.get("requests").get("token.refresh").intValue()).isEqualTo(3);
        }
    }

    @Test
    void another_resource_server_of_the_same_login_is_another_family() {
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults(), clock)) {
            Caller caller = new Caller(sandbox);
            JsonNode login = caller.control("grant", "{\"dialect\":\"globus\"}");
            String used = Caller.text(login, "refresh_token");
            caller.refresh(used);

            caller.refresh(used);

            String other = Caller.text(login.get("other_tokens").get(0), "refresh_token");
            assertThat(caller.refresh(other).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void within_grace_a_used_refresh_token_gets_the_same_answer_and_after_it_none() {
        SandboxSettings settings = SandboxSettings.defaults().withReuseGrace(Duration.ofSeconds(10));
        try (Sandbox sandbox = Sandbox.start(settings, clock)) {
            Caller caller = new Caller(sandbox);
            String used = Caller.text(caller.grantGroups(), "refresh_token");
            String answer = caller.refresh(used).body();

            clock.forward(Duration.ofMillis(9_999));
            assertThat(caller.refresh(used).body()).isEqualTo(answer);
            assertThat(caller.stats().get("families_revoked").intValue()).isZero();

            clock.forward(Duration.ofMillis(1));
            assertThat(caller.refresh(used).statusCode()).isEqualTo(401);
            assertThat(caller.stats().get("families_revoked").intValue()).isEqualTo(1);
            assertThat(caller.stats().get("reuses").intValue()).isEqualTo(2);
        }
    }

    @Test
    void without_rotation_the_refresh_token_stays() {
        SandboxSettings settings = SandboxSettings.defaults().withRotate(SandboxSettings.Rotation.NEVER);
        try (Sandbox sandbox = Sandbox.start(settings, clock)) {
            Caller caller = new Caller(sandbox);
            String token = Caller.text(caller.grantGroups(), "refresh_token");

            JsonNode second = Json.parse(caller.refresh(token).body());

            assertThat(Caller.text(second, "refresh_token")).isEqualTo(token);
            assertThat(caller.refresh(token).statusCode()).isEqualTo(200);
            assertThat(caller.stats().get("reuses").intValue()).isZero();
        }
    }

    @Test
    void of_many_refreshes_at_once_one_is_served_and_the_counter_says_how_many_there_were() {
        SandboxSettings settings = SandboxSettings.defaults().withLatency(Duration.ofSeconds(1));
        try (Sandbox sandbox = Sandbox.start(settings)) {
            Caller caller = new Caller(sandbox);
            String token = Caller.text(caller.grantGroups(), "refresh_token");

            List<CompletableFuture<HttpResponse<String>>> sent = IntStream.range(0, 20)
                    .mapToObj(i -> caller.refreshLater(token))
                    .toList();

            assertThat(sent.stream().map(reply -> reply.join().statusCode()))
                    .containsOnlyOnce(200)
                    .contains(401)
                    .hasSize(20);
            assertThat(caller.stats().get("max_concurrent_refreshes").intValue())
                    .isEqualTo(20);
            assertThat(caller.stats().get("reuses").intValue()).isEqualTo(19);
        }
    }

    @Test
    void a_refresh_token_of_another_client_is_refused_and_lives_on() {
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults(), clock)) {
            Caller caller = new Caller(sandbox);
            String token = Caller.text(caller.grantGroups(), "refresh_token");

            HttpResponse<String> stolen =
                    caller.form(Caller.TOKEN, Caller.basic(), "grant_type", "refresh_token", "refresh_token", token);

            assertThat(stolen.statusCode()).isEqualTo(401);
            assertThat(stolen.body()).contains("invalid_grant");
            assertThat(caller.refresh(token).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void access_tokens_end_when_they_said() {
        SandboxSettings settings = SandboxSettings.defaults().withAccessTokenLifetime(Duration.ofSeconds(90));
        try (Sandbox sandbox = Sandbox.start(settings, clock)) {
            Caller caller = new Caller(sandbox);
            JsonNode login = caller.grantGroups();
            assertThat(login.get("expires_in").intValue()).isEqualTo(90);

            clock.forward(Duration.ofMillis(89_999));
            assertThat(caller.myGroups(Caller.text(login, "access_token")).statusCode())
                    .isEqualTo(200);
            clock.forward(Duration.ofMillis(1));
            assertThat(caller.myGroups(Caller.text(login, "access_token")).statusCode())
                    .isEqualTo(401);
        }
    }
}
