package io.github.evergrant.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.sandbox.server.Json;
import io.github.evergrant.sandbox.token.Client;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class SpatiaFiTest {

    private static final String TOKEN = "/spatiafi/api/v1/auth/jwt/token";
    private static final String BASIC = TOKEN + "/basic";
    private static final String CLIENTS = "/spatiafi/api/v1/clients/";
    private static final String ME = "/spatiafi/api/v1/users/me";
    private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    private static final Client CLIENT = SandboxPeople.SPATIAFI_CLIENT;

    private final StoppedClock clock = new StoppedClock();
    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults(), clock);
    private final Caller caller = new Caller(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void from_a_password_to_app_credentials_and_a_token_of_theirs() {
        JsonNode basic = json(caller.get(BASIC, "Authorization", Caller.basic("demo", "demo-password")));
        assertThat(basic.propertyNames()).containsExactly("access_token", "token_type", "expires_at");

        HttpResponse<String> made = create(Caller.text(basic, "access_token"));
        assertThat(made.statusCode()).isEqualTo(201);
        JsonNode pair = json(made);
        assertThat(pair.propertyNames()).containsExactly("user_id", "client_id", "client_secret");
        assertThat(Caller.text(pair, "client_secret")).matches("[A-Za-z0-9_-]{43}");

        Client client = new Client(Caller.text(pair, "client_id"), Caller.text(pair, "client_secret"), "");
        JsonNode token = json(token(client, claims(client)));
        assertThat(token.get("expires_at").longValue())
                .isEqualTo(clock.instant().getEpochSecond()
                        + token.get("expires_in").longValue());
        JsonNode me = json(caller.get(ME, "Authorization", "Bearer " + Caller.text(token, "access_token")));
        assertThat(Caller.text(me, "id")).isEqualTo(Caller.text(pair, "user_id"));

        assertThat(caller.stats("spatiafi").get("requests").toString())
                .contains("\"token.basic\":1", "\"clients.create\":1")
                .contains("\"token.client_credentials\":1", "\"users.me\":1");
    }

    @Test
    void each_creation_makes_another_pair_and_both_are_good() {
        String access = Caller.text(caller.control("grant", "{\"dialect\":\"spatiafi\"}"), "access_token");

        for (int i = 0; i < 2; i++) {
            JsonNode pair = json(create(access));
            Client client = new Client(Caller.text(pair, "client_id"), Caller.text(pair, "client_secret"), "");
            assertThat(token(client, claims(client)).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_wrong_password_is_a_400_and_none_at_all_a_401() {
        HttpResponse<String> wrong = caller.get(BASIC, "Authorization", Caller.basic("demo", "x"));
        HttpResponse<String> none = caller.get(BASIC);

        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).isEqualTo("{\"detail\":\"LOGIN_BAD_CREDENTIALS\"}");
        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Basic");
    }

    @Test
    void no_token_or_an_ended_one_creates_nothing() {
        String access = Caller.text(
                json(caller.get(BASIC, "Authorization", Caller.basic("demo", "demo-password"))), "access_token");
        clock.forward(Duration.ofHours(1));

        assertThat(create(access).statusCode()).isEqualTo(401);
        assertThat(create("x").body()).isEqualTo("{\"detail\":\"Unauthorized\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "iss,nobody,Unauthorized",
        "sub,nobody,the assertion is about another client",
        "aud,https://auth.spatiafi.com/api/v1/auth/jwt/token,the assertion is for another audience",
        "iat,+120,the assertion is of the future",
        "exp,+0,the assertion has ended",
        "exp,+3601,the assertion is good for too long",
        "exp,,the assertion has ended",
        "jti,,the assertion has no id of its own",
    })
    void an_assertion_that_says_something_else_is_refused(String claim, String value, String why) {
        ObjectNode claims = claims(CLIENT);
        if (value == null) {
            claims.remove(claim);
        } else if (value.startsWith("+")) {
            claims.put(claim, clock.instant().getEpochSecond() + Long.parseLong(value.substring(1)));
        } else {
            claims.put(claim, value);
        }

        HttpResponse<String> reply = token(CLIENT, claims);

        assertThat(reply.statusCode()).isEqualTo(401);
        assertThat(Caller.text(json(reply), "detail")).contains(why);
    }

    @Test
    void an_assertion_by_another_secret_or_algorithm_or_used_before_is_refused() {
        Client liar = new Client(CLIENT.id(), "another secret", "");
        assertThat(token(liar, claims(CLIENT)).body()).contains("signed with another secret");
        assertThat(send(SpatiaFiSigning.sign(
                                "{\"alg\":\"HS512\"}", claims(CLIENT).toString(), CLIENT))
                        .body())
                .contains("not signed by HS256");
        assertThat(send("x").body()).contains("no signed JWT");

        ObjectNode claims = claims(CLIENT);
        assertThat(token(CLIENT, claims).statusCode()).isEqualTo(200);
        assertThat(token(CLIENT, claims).body()).contains("no id of its own");
        clock.forward(Duration.ofHours(1));
        assertThat(token(CLIENT, claims).body()).contains("has ended");
    }

    @Test
    void a_short_secret_signs_too() {
        Client client = SandboxPeople.SPATIAFI_SHORT_CLIENT;

        assertThat(token(client, claims(client)).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "grant_type|password|400|unsupported_grant_type",
                "client_assertion_type|x|401|of another type",
                "grant_type||422|{\"detail\":[{\"loc\":[\"body\",\"grant_type\"],\"msg\":\"field required\","
                        + "\"type\":\"value_error.missing\"}]}",
                "client_assertion||422|\"client_assertion\"",
            })
    void a_request_that_is_something_else_is_refused(String field, String value, int status, String body) {
        String[] form = form("x");
        for (int i = 0; i < form.length; i += 2) {
            form[i + 1] = form[i].equals(field) ? (value == null ? "" : value) : form[i + 1];
        }

        HttpResponse<String> reply = caller.form(TOKEN, null, form);

        assertThat(reply.statusCode()).isEqualTo(status);
        assertThat(reply.body()).contains(body);
    }

    @Test
    void faults_meet_the_kind_that_they_name() {
        caller.fault(
                "{\"dialect\":\"spatiafi\",\"kind\":\"token.basic\",\"times\":1,\"do\":\"status\",\"status\":503}");

        assertThat(token(CLIENT, claims(CLIENT)).statusCode()).isEqualTo(200);
        assertThat(caller.get(BASIC).statusCode()).isEqualTo(503);
        assertThat(caller.get(BASIC).statusCode()).isEqualTo(401);
    }

    @Test
    void tokens_end_when_that_is_asked_for_and_a_reset_forgets_new_pairs() {
        JsonNode token = json(token(CLIENT, claims(CLIENT)));
        String bearer = "Bearer " + Caller.text(token, "access_token");
        JsonNode pair = json(create(Caller.text(token, "access_token")));
        Client made = new Client(Caller.text(pair, "client_id"), Caller.text(pair, "client_secret"), "");

        caller.control("expire", "{\"dialect\":\"spatiafi\"}");
        assertThat(caller.get(ME, "Authorization", bearer).statusCode()).isEqualTo(401);
        caller.control("reset", "");

        assertThat(token(made, claims(made)).statusCode()).isEqualTo(401);
        assertThat(token(CLIENT, claims(CLIENT)).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/spatiafi,404",
        "GET,/spatiafi/api/v1,404",
        "GET,/spatiafi/api/v1/auth/jwt/token,405",
        "POST,/spatiafi/api/v1/auth/jwt/token/basic,405",
        "GET,/spatiafi/api/v1/clients/,405",
        "POST,/spatiafi/api/v1/clients,307",
        "POST,/spatiafi/api/info,405",
    })
    void what_is_not_there_is_said(String method, String path, int status) {
        HttpResponse<String> reply = caller.send(
                caller.request(path).method(method, BodyPublishers.noBody()).build());

        assertThat(reply.statusCode()).isEqualTo(status);
        assertThat(reply.headers().firstValue("Location").orElse("")).isEqualTo(status == 307 ? path + "/" : "");
    }

    private ObjectNode claims(Client client) {
        long now = clock.instant().getEpochSecond();
        return Json.object()
                .put("iss", client.id())
                .put("aud", sandbox.base() + TOKEN)
                .put("sub", client.id())
                .put("iat", now)
                .put("exp", now + 3600)
                .put("jti", UUID.randomUUID().toString());
    }

    private HttpResponse<String> token(Client client, ObjectNode claims) {
        return send(SpatiaFiSigning.sign(HEADER, claims.toString(), client));
    }

    private HttpResponse<String> send(String assertion) {
        return caller.form(TOKEN, null, form(assertion));
    }

    private static String[] form(String assertion) {
        return new String[] {
            "grant_type",
            "client_credentials",
            "client_assertion_type",
            SpatiaFiSigning.TYPE,
            "client_assertion",
            assertion
        };
    }

    private HttpResponse<String> create(String accessToken) {
        return caller.send(caller.request(CLIENTS, "Authorization", "Bearer " + accessToken)
                .POST(BodyPublishers.noBody())
                .build());
    }

    private static JsonNode json(HttpResponse<String> reply) {
        return Json.parse(reply.body());
    }
}
