package io.github.evergrant.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.sandbox.server.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class AgaveTest {

    private static final String DEMO = Caller.basic("demo", "demo-password");
    private static final String CLIENT = Caller.basic("sandbox-agave-key", "sandbox-agave-secret");
    private static final String SD2E = "/agave/sd2e";
    private static final String TOKEN = SD2E + "/token";
    private static final String CLIENTS = SD2E + "/clients/v2";

    private final StoppedClock clock = new StoppedClock();
    private final Sandbox sandbox =
            Sandbox.start(SandboxSettings.defaults().withReuseGrace(Duration.ofSeconds(5)), clock);
    private final Caller caller = new Caller(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void tenants_tell_where_they_are() {
        JsonNode tenants = json(caller.get("/agave/tenants")).get("result");

        assertThat(texts(tenants, "code")).containsExactly("3dem", "designsafe", "sd2e", "sgci", "tacc.prod");
        assertThat(Caller.text(tenants.get(2), "baseUrl")).isEqualTo(sandbox.base() + "/agave/sd2e/");
    }

    @Test
    void a_client_is_made_used_and_deleted() {
        JsonNode made = json(caller.form(CLIENTS, DEMO, "clientName", "c")).get("result");
        String proof = Caller.basic(Caller.text(made, "consumerKey"), Caller.text(made, "consumerSecret"));

        JsonNode tokens = json(login(proof));
        assertThat(profile(tokens).statusCode()).isEqualTo(200);
        JsonNode all = json(caller.get(CLIENTS, "Authorization", DEMO)).get("result");
        assertThat(texts(all, "name")).containsExactly("DefaultApplication", "c");
        assertThat(all.get(1).has("consumerSecret")).isFalse();

        assertThat(delete(CLIENTS + "/c").statusCode()).isEqualTo(200);
        HttpResponse<String> refused = refresh(proof, tokens);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body())
                .isEqualTo("{\"error\":\"invalid_client\",\"error_description\":"
                        + "\"A valid OAuth client could not be found for client_id: "
                        + Caller.text(made, "consumerKey") + "\"}");
        assertThat(profile(tokens).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "clientName,,400,clientName is required",
        "clientName,DefaultApplication,400,Unable to create application: the application already exists",
    })
    void a_client_that_cannot_be_made_is_a_400(String field, String value, int status, String message) {
        HttpResponse<String> reply = caller.form(CLIENTS, DEMO, field, value == null ? "" : value);

        assertThat(reply.statusCode()).isEqualTo(status);
        assertThat(reply.body())
                .isEqualTo("{\"status\":\"error\",\"message\":\"" + message
                        + "\",\"version\":\"2.0.0-SNAPSHOT-rc3fad\",\"result\":null}");
    }

    @Test
    void a_tier_that_nobody_knows_is_a_400_and_its_case_does_not_matter() {
        assertThat(caller.form(CLIENTS, DEMO, "clientName", "c", "tier", "platinum")
                        .statusCode())
                .isEqualTo(400);
        assertThat(Caller.text(
                        json(caller.form(CLIENTS, DEMO, "clientName", "c", "tier", "bronze"))
                                .get("result"),
                        "tier"))
                .isEqualTo("Bronze");
    }

    @Test
    void a_wrong_password_is_a_400_and_none_at_all_a_401() {
        HttpResponse<String> wrong = caller.get(CLIENTS, "Authorization", Caller.basic("demo", "x"));
        HttpResponse<String> colon = caller.get(CLIENTS, "Authorization", Caller.basic("demo", "demo-password:"));
        HttpResponse<String> none = caller.get(CLIENTS);

        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(Caller.text(json(wrong), "status")).isEqualTo("error");
        assertThat(colon.statusCode()).isEqualTo(400);
        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"Agave Platform\"");
        assertThat(Caller.text(json(none), "message")).isEqualTo("Authorization header missing or invalid.");
    }

    @Test
    void a_client_belongs_to_its_owner_and_tenant() {
        caller.form(CLIENTS, DEMO, "clientName", "c");

        assertThat(caller.get(CLIENTS + "/c", "Authorization", DEMO).statusCode())
                .isEqualTo(200);
        assertThat(caller.get("/agave/sgci/clients/v2/c", "Authorization", DEMO).statusCode())
                .isEqualTo(400);
        assertThat(caller.get(CLIENTS + "/c", "Authorization", Caller.basic("other", "other-password"))
                        .body())
                .contains("Application not found");
        assertThat(caller.form("/agave/sgci/clients/v2", DEMO, "clientName", "c")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void names_with_any_characters_and_doubled_slashes_are_found() {
        caller.form("/agave/sd2e//clients/v2/", DEMO, "clientName", "a /+b");

        HttpResponse<String> found = caller.get("/agave/sd2e//clients/v2/a%20%2F+b/", "Authorization", DEMO);

        assertThat(Caller.text(json(found).get("result"), "name")).isEqualTo("a /+b");
        assertThat(caller.get("/agave/sd2e/clients/v2/a%20/b", "Authorization", DEMO)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void subscriptions_begin_with_the_core_and_are_kept_once() {
        String path = CLIENTS + "/DefaultApplication/subscriptions";
        assertThat(subscriptions(path)).hasSize(10).startsWith("Apps").endsWith("Transforms");

        for (int i = 0; i < 2; i++) {
            caller.form(path, DEMO, "apiName", "PublicKeys", "apiVersion", "v2", "apiProvider", "admin");
        }
        assertThat(subscriptions(path)).hasSize(11).endsWith("PublicKeys");
        delete(path + "?apiName=PublicKeys");
        assertThat(subscriptions(path)).hasSize(10);
        delete(path);
        assertThat(subscriptions(path)).isEmpty();
        caller.form(path, DEMO, "apiName", "*");
        assertThat(subscriptions(path)).hasSize(10);
        assertThat(json(caller.get(CLIENTS + "/nobody/subscriptions", "Authorization", DEMO))
                        .get("result")
                        .isNull())
                .isTrue();
    }

    @Test
    void passwords_and_clients_that_are_wrong_get_what_the_gateway_says() {
        HttpResponse<String> password = caller.form(
                TOKEN, CLIENT, "grant_type", "password", "username", "demo", "password", "x", "scope", "PRODUCTION");
        assertThat(password.statusCode()).isEqualTo(400);
        assertThat(password.body())
                .isEqualTo("{\"error\":\"invalid_grant\",\"error_description\":"
                        + "\"Provided Authorization Grant is invalid\"}");
        assertThat(login(Caller.basic("sandbox-agave-key", "wrong")).statusCode())
                .isEqualTo(401);
        assertThat(caller.form(TOKEN, CLIENT, "grant_type", "client_credentials")
                        .body())
                .contains("unsupported_grant_type");
        assertThat(caller.form(TOKEN, CLIENT, "grant_type", "password").statusCode())
                .isEqualTo(400);
    }

    @Test
    void only_the_administrator_gets_the_token_of_another() {
        JsonNode tokens = json(impersonate("demo", "other"));
        assertThat(Caller.text(json(profile(tokens)).get("result"), "username")).isEqualTo("other");

        assertThat(impersonate("other", "demo").statusCode()).isEqualTo(400);
        assertThat(impersonate("demo", "nobody").statusCode()).isEqualTo(400);
        assertThat(caller.stats("agave")
                        .get("requests")
                        .get("token.admin_password")
                        .intValue())
                .isEqualTo(3);
    }

    @Test
    void the_endpoint_that_all_tenants_share_knows_the_tenant_by_the_key() {
        JsonNode made = json(caller.form(CLIENTS, DEMO, "clientName", "c")).get("result");
        String proof = Caller.basic(Caller.text(made, "consumerKey"), Caller.text(made, "consumerSecret"));
        String[] form = {"grant_type", "password", "username", "demo", "password", "demo-password"};

        assertThat(caller.form("/agave/token", proof, form).statusCode()).isEqualTo(200);
        assertThat(caller.form("/agave/sgci/token", proof, form).statusCode()).isEqualTo(401);
    }

    @Test
    void a_refresh_token_works_once_and_within_grace_again() {
        JsonNode first = json(login(CLIENT));
        JsonNode second = json(refresh(CLIENT, first));
        assertThat(Caller.text(second, "refresh_token")).isNotEqualTo(Caller.text(first, "refresh_token"));
        assertThat(json(refresh(CLIENT, first))).isEqualTo(second);

        clock.forward(Duration.ofSeconds(5));

        HttpResponse<String> late = refresh(CLIENT, first);
        assertThat(late.statusCode()).isEqualTo(400);
        assertThat(late.body()).contains("invalid_grant");
        assertThat(refresh(CLIENT, second).statusCode()).isEqualTo(400);
        assertThat(caller.stats("agave").get("families_revoked").intValue()).isEqualTo(1);
    }

    @Test
    void of_many_refreshes_at_once_the_most_are_counted() {
        caller.fault("{\"dialect\":\"agave\",\"kind\":\"token.refresh\",\"times\":10,\"do\":\"delay\",\"ms\":700}");
        JsonNode first = json(login(CLIENT));
        List<CompletableFuture<HttpResponse<String>>> sent = IntStream.range(0, 5)
                .mapToObj(i -> caller.sendLater(caller.request(
                                TOKEN, "Authorization", CLIENT, "Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(Caller.query(
                                "grant_type", "refresh_token", "refresh_token", Caller.text(first, "refresh_token"))))
                        .build()))
                .toList();

        assertThat(sent.stream().map(reply -> reply.join().statusCode())).containsOnly(200);
        assertThat(caller.stats("agave").get("max_concurrent_refreshes").intValue())
                .isEqualTo(5);
        assertThat(caller.stats("agave").get("reuses").intValue()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({
        "sd2e,expired,'\"code\":900901,\"message\":\"Invalid Credentials\"'",
        "sd2e,unknown,'\"code\":900901,\"message\":\"Invalid Credentials\"'",
        "sd2e,missing,'\"code\":900902,\"message\":\"Missing Credentials\"'",
        "tacc.prod,expired,<ams:code>900903</ams:code><ams:message>Access Token Expired<",
        "tacc.prod,unknown,<ams:code>900904</ams:code><ams:message>Access Token Inactive<",
        "tacc.prod,missing,<ams:code>900902</ams:code>",
    })
    void a_gateway_refuses_a_token_in_its_own_language(String tenant, String token, String fault) {
        String access = Caller.text(json(login(CLIENT)), "access_token");
        clock.forward(Duration.ofMinutes(15));
        String path = "/agave/" + tenant + "/profiles/v2/me";

        HttpResponse<String> reply = token.equals("missing")
                ? caller.get(path)
                : caller.get(path, "Authorization", "Bearer " + (token.equals("expired") ? access : "x<&>"));

        assertThat(reply.statusCode()).isEqualTo(401);
        assertThat(reply.body()).contains(fault).doesNotContain("x<&");
    }

    @Test
    void a_reset_brings_back_what_there_was_in_the_beginning() {
        caller.form(CLIENTS, DEMO, "clientName", "c");
        delete(CLIENTS + "/DefaultApplication");
        assertThat(login(CLIENT).statusCode()).isEqualTo(401);

        caller.control("reset", "");

        JsonNode all = json(caller.get(CLIENTS, "Authorization", DEMO)).get("result");
        assertThat(texts(all, "name")).containsExactly("DefaultApplication");
        assertThat(login(CLIENT).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/agave,404",
        "GET,/agave/moon/clients/v2,404",
        "GET,/agave/sd2e,404",
        "GET,/agave/sd2e/token,405",
        "POST,/agave/tenants,405",
        "PUT,/agave/sd2e/clients/v2,405",
        "POST,/agave/sd2e/clients/v2/c,405",
        "GET,/agave/sd2e/clients/v2/c/tokens,404",
        "GET,/agave/sd2e/clients/v2/%zz,404",
    })
    void what_is_not_there_is_said(String method, String path, int status) {
        String reply = RawConnection.exchangeOnce(
                sandbox, method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n");

        assertThat(reply).startsWith("HTTP/1.1 ");
        assertThat(Integer.parseInt(reply.substring(9, 12))).isIn(status, 400);
    }

    private List<String> subscriptions(String path) {
        return texts(json(caller.get(path, "Authorization", DEMO)).get("result"), "apiName");
    }

    private HttpResponse<String> login(String client) {
        return caller.form(
                TOKEN,
                client,
                "grant_type",
                "password",
                "username",
                "demo",
                "password",
                "demo-password",
                "scope",
                "PRODUCTION");
    }

    private HttpResponse<String> impersonate(String administrator, String meant) {
        return caller.form(
                TOKEN,
                CLIENT,
                "grant_type",
                "admin_password",
                "username",
                administrator,
                "password",
                administrator + "-password",
                "scope",
                "PRODUCTION",
                "token_username",
                meant);
    }

    private HttpResponse<String> refresh(String client, JsonNode tokens) {
        return caller.form(
                TOKEN,
                client,
                "grant_type",
                "refresh_token",
                "refresh_token",
                Caller.text(tokens, "refresh_token"),
                "scope",
                "PRODUCTION");
    }

    private HttpResponse<String> profile(JsonNode tokens) {
        return caller.get(SD2E + "/profiles/v2/me", "Authorization", "Bearer " + Caller.text(tokens, "access_token"));
    }

    private HttpResponse<String> delete(String path) {
        return caller.send(caller.request(path, "Authorization", DEMO).DELETE().build());
    }

    private static JsonNode json(HttpResponse<String> reply) {
        return Json.parse(reply.body());
    }

    private static List<String> texts(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(each -> Caller.text(each, field))
                .toList();
    }
}
