package io.github.evergrant.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.sandbox.server.Json;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class ControlTest {

    private final StoppedClock clock = new StoppedClock();
    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults(), clock);
    private final Caller caller = new Caller(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void the_ready_line_names_the_dialects_there_are() {
        String base = sandbox.base().toString();

        assertThat(sandbox.readyLine())
                .isEqualTo("{\"ready\":true,\"base\":\"" + base + "\",\"agave\":{\"tenants\":\"" + base
                        + "/agave/tenants\"},\"globus\":{\"auth\":\"" + base
                        + "/globus/auth/\",\"transfer\":\"" + base + "/globus/transfer/\",\"groups\":\"" + base
                        + "/globus/groups/\"},\"spatiafi\":{\"auth\":\"" + base
                        + "/spatiafi/\"},\"tastytrade\":{\"production\":\"" + base
                        + "/tastytrade/production\",\"certification\":\"" + base
                        + "/tastytrade/certification\"}}");
    }

    @Test
    void stats_begin_at_zero_and_have_their_shape() {
        String zero = "{\"requests\":{},\"refused\":{},\"reuses\":0,\"families_revoked\":0,"
                + "\"max_concurrent_refreshes\":0}";
        assertThat(caller.get("/_sandbox/stats").body())
                .isEqualTo("{\"agave\":" + zero + ",\"globus\":" + zero + ",\"spatiafi\":" + zero + ",\"tastytrade\":"
                        + zero + "}");

        caller.refresh(Caller.text(caller.grantGroups(), "refresh_token"));
        caller.refresh("unknown");

        assertThat(caller.stats().toString())
                .isEqualTo("{\"requests\":{\"token.refresh\":2},\"refused\":{\"token.refresh\":1},\"reuses\":0,"
                        + "\"families_revoked\":0,\"max_concurrent_refreshes\":1}");
    }

    @Test
    void the_log_has_what_was_received() {
        caller.refresh("any");
        caller.get(Caller.MY_GROUPS + "?statuses=active", "X-Trace", "7");

        JsonNode first = caller.log().get(0);
        assertThat(first.get("seq").intValue()).isEqualTo(1);
        assertThat(first.get("time").stringValue()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(first.get("kind").stringValue()).isEqualTo("token.refresh");
        assertThat(first.get("method").stringValue()).isEqualTo("POST");
        assertThat(first.get("body").stringValue()).startsWith("refresh_token=any&");
        assertThat(first.get("status").intValue()).isEqualTo(401);
        assertThat(first.get("open").booleanValue()).isFalse();
        JsonNode second = caller.log().get(1);
        assertThat(second.get("path").stringValue()).isEqualTo(Caller.MY_GROUPS);
        assertThat(second.get("query").stringValue()).isEqualTo("statuses=active");
        assertThat(second.get("headers").get("X-trace").get(0).stringValue()).isEqualTo("7");
    }

    @Test
    void the_log_can_be_read_from_a_number_on_and_keeps_a_thousand() {
        for (int i = 0; i < 1005; i++) {
            caller.get("/globus/nothing");
        }

        JsonNode all = Json.parse(caller.get("/_sandbox/requests").body());
        JsonNode rest = Json.parse(caller.get("/_sandbox/requests?since=1003").body());

        assertThat(all.get("last").intValue()).isEqualTo(1005);
        assertThat(all.get("requests")).hasSize(1000);
        assertThat(all.get("requests").get(0).get("seq").intValue()).isEqualTo(6);
        assertThat(rest.get("requests")).hasSize(2);
    }

    @Test
    void a_grant_is_a_login_with_refresh_tokens_and_an_id_token_but_no_state() {
        JsonNode login = caller.control("grant", "{\"dialect\":\"globus\"}");

        assertThat(login.has("id_token")).isTrue();
        assertThat(login.has("refresh_token")).isTrue();
        assertThat(login.has("state")).isFalse();
        assertThat(login.get("other_tokens")).hasSize(2);
        assertThat(caller.stats().get("requests")).isEmpty();
    }

    @Test
    void the_lifetime_of_a_grant_holds_for_every_first_token_and_not_for_renewed_ones() {
        JsonNode login = caller.control("grant", "{\"dialect\":\"globus\",\"expires_in\":1}");
        JsonNode groups = login.get("other_tokens").get(1);
        assertThat(login.get("expires_in").intValue()).isEqualTo(1);
        assertThat(groups.get("expires_in").intValue()).isEqualTo(1);

        clock.forward(Duration.ofSeconds(1));

        assertThat(caller.myGroups(Caller.text(groups, "access_token")).statusCode())
                .isEqualTo(401);
        JsonNode renewed =
                Json.parse(caller.refresh(Caller.text(groups, "refresh_token")).body());
        assertThat(renewed.get("expires_in").intValue()).isEqualTo(900);
        assertThat(caller.myGroups(Caller.text(renewed, "access_token")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_lifetime_holds_for_every_new_token_until_it_is_taken_back() {
        String refresh = Caller.text(caller.grantGroups(), "refresh_token");

        caller.control("lifetime", "{\"dialect\":\"globus\",\"seconds\":1}");
        JsonNode login = caller.grantGroups();
        JsonNode renewed = Json.parse(caller.refresh(refresh).body());
        assertThat(login.get("expires_in").intValue()).isEqualTo(1);
        assertThat(renewed.get("expires_in").intValue()).isEqualTo(1);
        clock.forward(Duration.ofSeconds(1));
        assertThat(caller.myGroups(Caller.text(renewed, "access_token")).statusCode())
                .isEqualTo(401);

        caller.control("lifetime", "{\"dialect\":\"globus\"}");
        assertThat(caller.grantGroups().get("expires_in").intValue()).isEqualTo(900);
        caller.control("lifetime", "{\"dialect\":\"globus\",\"seconds\":1}");
        caller.control("reset", "");
        assertThat(caller.grantGroups().get("expires_in").intValue()).isEqualTo(900);
    }

    @Test
    void a_grant_can_leave_out_refresh_tokens_and_name_the_client() {
        JsonNode login = caller.control(
                "grant",
                "{\"dialect\":\"globus\",\"refresh\":false,\"client\":\"aaaaaaaa-0000-4000-8000-000000000001\","
                        + "\"scopes\":[\"profile\"]}");

        assertThat(login.has("refresh_token")).isFalse();
        assertThat(login.has("id_token")).isFalse();
        assertThat(login.get("scope").stringValue()).isEqualTo("profile");
    }

    @Test
    void expire_ends_one_persons_access_tokens_and_leaves_refresh_tokens() {
        JsonNode demo = caller.grantGroups();
        JsonNode other = caller.control(
                "grant", "{\"dialect\":\"globus\",\"user\":\"other\",\"scopes\":[\"" + Caller.GROUPS_SCOPE + "\"]}");

        JsonNode ended = caller.control("expire", "{\"dialect\":\"globus\",\"user\":\"demo\"}");

        assertThat(ended.get("expired").intValue()).isEqualTo(1);
        assertThat(caller.myGroups(Caller.text(demo, "access_token")).statusCode())
                .isEqualTo(401);
        assertThat(caller.myGroups(Caller.text(other, "access_token")).statusCode())
                .isEqualTo(200);
        assertThat(caller.refresh(Caller.text(demo, "refresh_token")).statusCode())
                .isEqualTo(200);
        assertThat(caller.control("expire", "").get("expired").intValue()).isEqualTo(2);
    }

    @Test
    void reset_forgets_everything_but_the_numbering() {
        JsonNode login = caller.grantGroups();
        caller.myGroups(Caller.text(login, "access_token"));
        caller.fault("{\"do\":\"drop\",\"times\":100}");

        caller.control("reset", "");

        assertThat(caller.log()).isEmpty();
        assertThat(caller.stats().get("requests")).isEmpty();
        assertThat(caller.myGroups(Caller.text(login, "access_token")).statusCode())
                .isEqualTo(401);
        assertThat(caller.refresh(Caller.text(login, "refresh_token")).statusCode())
                .isEqualTo(401);
        assertThat(caller.log().get(0).get("seq").intValue()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "grant||the body is empty",
                "grant|{|not JSON",
                "grant|[]|an object was expected",
                "grant|{}|dialect must be one of agave, globus, spatiafi",
                "grant|{\"dialect\":\"globus\",\"user\":\"root\"}|user must be one of demo, other",
                "grant|{\"dialect\":\"globus\",\"client\":\"x\"}|client is not known",
                "grant|{\"dialect\":\"agave\",\"client\":\"x\"}|client is not known",
                "grant|{\"dialect\":\"spatiafi\",\"client\":\"x\"}|client is not known",
                "grant|{\"dialect\":\"globus\",\"scopes\":\"openid\"}|scopes must be an array of strings",
                "grant|{\"dialect\":\"globus\",\"scopes\":[\"x\"]}|not a scope",
                "grant|{\"dialect\":\"globus\",\"scopes\":[]}|not a scope",
                "grant|{\"dialect\":\"globus\",\"expires_in\":-1}|expires_in must be from 0",
                "grant|{\"dialect\":\"globus\",\"expires_in\":1.5}|expires_in must be a whole number",
                "grant|{\"dialect\":\"globus\",\"expires\":1}|unknown field",
                "lifetime|{}|dialect must be one of",
                "lifetime|{\"dialect\":\"globus\",\"seconds\":0}|seconds must be from 1",
                "expire|{\"dialect\":\"x\"}|dialect must be one of",
                "expire|{\"user\":5}|user must be a string",
            })
    void a_call_that_makes_no_sense_is_refused_by_name(String call, String body, String message) {
        HttpResponse<String> reply = caller.json("/_sandbox/" + call, body == null ? "" : body);

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(Json.parse(reply.body()).get("error_description").stringValue())
                .contains(message);
    }

    @Test
    void deeply_nested_json_is_refused() {
        HttpResponse<String> reply = caller.json("/_sandbox/faults", "[".repeat(100_000));

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.body()).contains("not JSON");
    }

    @Test
    void the_same_seed_gives_the_same_tokens_and_keys() {
        SandboxSettings seeded = SandboxSettings.defaults().withSeed(42);
        try (Sandbox one = Sandbox.start(seeded, clock);
                Sandbox two = Sandbox.start(seeded, clock)) {
            assertThat(new Caller(one).grantGroups()).isEqualTo(new Caller(two).grantGroups());
            assertThat(new Caller(one).get("/globus/auth/jwk.json").body())
                    .isEqualTo(new Caller(two).get("/globus/auth/jwk.json").body());
            assertThat(new Caller(one).grantGroups()).isNotEqualTo(caller.grantGroups());
        }
    }
}
