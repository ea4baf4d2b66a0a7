package io.github.evergrant.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.sandbox.server.Json;
import java.net.URI;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The page on which somebody allows an application of tastytrade, and the code that comes of it. */
final class TastytradeAuthorizeTest {

    private static final String PRODUCTION = "/tastytrade/production";
    private static final String REDIRECT = "http://localhost:8000";

    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());
    private final Caller caller = new Caller(sandbox);
    private final Browser browser = new Browser(caller);

    @AfterEach
    void close() {
        sandbox.close();
    }

    private static String page(String... more) {
        return PRODUCTION + "/auth.html?"
                + Caller.query(
                        "response_type",
                        "code",
                        "redirect_uri",
                        REDIRECT,
                        "client_id",
                        SandboxPeople.TASTYTRADE_CLIENT.id(),
                        "scope",
                        "read trade openid",
                        "state",
                        "s <1>")
                + (more.length == 0 ? "" : "&" + Caller.query(more));
    }

    private HttpResponse<String> exchange(String environment, String code, String... more) {
        String[] pairs = new String[more.length + 10];
        System.arraycopy(
                new String[] {
                    "grant_type", "authorization_code",
                    "client_id", "sandbox-tastytrade",
                    "client_secret", "sandbox-tastytrade-secret",
                    "redirect_uri", REDIRECT,
                    "code", code
                },
                0,
                pairs,
                0,
                10);
        System.arraycopy(more, 0, pairs, 10, more.length);
        return caller.form(environment + "/oauth/token", null, pairs);
    }

    @Test
    void who_allows_gives_a_code_that_is_good_once() {
        URI sent = browser.decide(page(), "demo", "demo-password", "allow");
        assertThat(sent.toString()).startsWith(REDIRECT + "?code=").endsWith("&state=s+%3C1%3E");
        String code = Browser.parameter(sent, "code");

        HttpResponse<String> reply = exchange(PRODUCTION, code);

        assertThat(reply.statusCode()).isEqualTo(200);
        JsonNode tokens = Json.parse(reply.body());
        assertThat(tokens.get("expires_in").intValue()).isPositive();
        assertThat(caller.get(
                                PRODUCTION + "/customers/me",
                                "Authorization",
                                "Bearer " + Caller.text(tokens, "access_token"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(caller.form(
                                PRODUCTION + "/oauth/token",
                                null,
                                "grant_type",
                                "refresh_token",
                                "client_secret",
                                "sandbox-tastytrade-secret",
                                "refresh_token",
                                Caller.text(tokens, "refresh_token"))
                        .statusCode())
                .isEqualTo(200);
        assertRefused(exchange(PRODUCTION, code));
    }

    private static void assertRefused(HttpResponse<String> reply) {
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(Caller.text(Json.parse(reply.body()), "error_code")).isEqualTo("invalid_grant");
    }

    @Test
    void who_denies_gives_none() {
        assertThat(browser.decide(page(), "demo", "", "deny").toString())
                .isEqualTo(REDIRECT + "?error=access_denied&error_description=The+person+said+no&state=s+%3C1%3E");
    }

    @Test
    void who_mistypes_the_password_is_asked_again_and_a_page_is_good_once() {
        HttpResponse<String> first = caller.get(page());
        HttpResponse<String> again = browser.submit(first, "demo", "wrong", "allow");
        assertThat(again.statusCode()).isEqualTo(403);
        Browser.location(browser.submit(again, "demo", "demo-password", "allow"));
        assertThat(browser.submit(again, "demo", "demo-password", "allow").statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "client_id=sandbox-tastytrade,client_id=nobody",
        "client_id=sandbox-tastytrade,client_id=sandbox-tastytrade-certification",
        "localhost%3A8000,evil.example%3A8000",
        "redirect_uri=,x="
    })
    void an_application_or_address_that_is_not_known_is_shown_a_page(String from, String to) {
        HttpResponse<String> stopped = caller.get(page().replace(from, to));

        assertThat(stopped.statusCode()).isEqualTo(400);
        assertThat(stopped.body()).contains("This sign-in cannot begin");
    }

    @ParameterizedTest
    @CsvSource({
        "response_type=code,response_type=token,unsupported_response_type",
        "scope=read,scope=all,invalid_scope",
        "state=,code_challenge=x&state=,invalid_request"
    })
    void other_mistakes_are_told_through_the_browser(String from, String to, String error) {
        assertThat(Browser.location(caller.get(page().replace(from, to))).toString())
                .startsWith(REDIRECT + "?error=" + error);
    }

    @Test
    void a_code_is_for_one_environment_one_address_and_the_verifier_of_its_challenge() {
        assertRefused(exchange(PRODUCTION, browser.code(page()), "code_verifier", Browser.VERIFIER));
        String bound = page("code_challenge", Browser.CHALLENGE, "code_challenge_method", "S256");
        assertRefused(exchange(PRODUCTION, browser.code(bound)));
        assertThat(exchange(PRODUCTION, browser.code(bound), "code_verifier", Browser.VERIFIER)
                        .statusCode())
                .isEqualTo(200);
        assertThat(exchange("/tastytrade/certification", browser.code(page())).statusCode())
                .isEqualTo(401);
        assertRefused(caller.form(
                PRODUCTION + "/oauth/token",
                null,
                "grant_type",
                "authorization_code",
                "client_secret",
                "sandbox-tastytrade-secret",
                "redirect_uri",
                REDIRECT + "/",
                "code",
                browser.code(page())));
        assertThat(exchange(PRODUCTION, "made-up").statusCode()).isEqualTo(400);
    }
}
