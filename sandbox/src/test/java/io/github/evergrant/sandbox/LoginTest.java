package io.github.evergrant.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.evergrant.sandbox.server.Json;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class LoginTest {

    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());
    private final Caller caller = new Caller(sandbox);
    private final Browser browser = new Browser(caller);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void a_person_signs_in_copies_the_code_from_the_page_and_the_client_gets_tokens() throws Exception {
        URI sent = browser.decide(Browser.nativePathWithPkce(sandbox), "demo", "demo-password", "allow");
        assertThat(sent.toString()).startsWith(Browser.codePage(sandbox) + "?code=");
        assertThat(Browser.parameter(sent, "state")).isEqualTo("s+<1>");
        HttpResponse<String> page = caller.get(sent.getRawPath() + "?" + sent.getRawQuery());
        String code = Browser.first(Pattern.compile("id=\"code\">([^<]+)<"), page.body());

        HttpResponse<String> reply = exchange(code, Browser.VERIFIER, Browser.codePage(sandbox));

        JsonNode tokens = Json.parse(reply.body());
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(tokens.get("resource_server").stringValue()).isEqualTo("auth.globus.org");
        assertThat(tokens.get("scope").stringValue()).isEqualTo("openid email");
        assertThat(tokens.get("state").stringValue()).isEqualTo("s <1>");
        JsonNode groups = tokens.get("other_tokens").get(0);
        assertThat(groups.get("scope").stringValue()).isEqualTo(Caller.GROUPS_SCOPE);
        assertThat(groups.get("refresh_token").stringValue())
                .isNotEqualTo(tokens.get("refresh_token").stringValue());
        JsonNode found =
                Json.parse(caller.myGroups(Caller.text(groups, "access_token")).body());
        assertThat(found.get(0).get("name").stringValue()).isEqualTo("Demo Group");

        JWTClaimsSet claims = verified(tokens);
        assertThat(claims.getSubject()).isEqualTo(SandboxPeople.DEMO.id());
        assertThat(claims.getIssuer()).isEqualTo(sandbox.base() + "/globus/auth");
        assertThat(claims.getAudience()).containsExactly(SandboxPeople.GLOBUS_PUBLIC_CLIENT.id());
        assertThat(claims.getStringClaim("nonce")).isEqualTo("n-1");
        assertThat(claims.getStringClaim("preferred_username")).isEqualTo("demo@example.org");
        assertThat(claims.getStringClaim("at_hash")).hasSize(43);
    }

    @Test
    void a_confidential_client_exchanges_with_basic_and_without_offline_gets_no_refresh_token() {
        String code = browser.code(confidentialPath());

        HttpResponse<String> reply = caller.form(
                Caller.TOKEN,
                Caller.basic(),
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                "https://example.org/cb");

        JsonNode tokens = Json.parse(reply.body());
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(tokens.has("refresh_token")).isFalse();
        assertThat(tokens.has("id_token")).isFalse();
        assertThat(tokens.has("state")).isFalse();
        assertThat(tokens.get("other_tokens")).isEmpty();
    }

    @Test
    void a_code_works_once() {
        String code = browser.code(Browser.nativePathWithPkce(sandbox));

        assertThat(exchange(code, Browser.VERIFIER, Browser.codePage(sandbox)).statusCode())
                .isEqualTo(200);
        HttpResponse<String> again = exchange(code, Browser.VERIFIER, Browser.codePage(sandbox));
        assertThat(again.statusCode()).isEqualTo(401);
        assertThat(again.body()).isEqualTo("{\"error\":\"invalid_grant\"}");
    }

    @Test
    void a_wrong_verifier_or_redirect_address_is_invalid_grant() {
        String wrong = "x" + Browser.VERIFIER.substring(1);
        String redirect = Browser.codePage(sandbox);

        assertThat(exchange(browser.code(Browser.nativePathWithPkce(sandbox)), wrong, redirect)
                        .statusCode())
                .isEqualTo(401);
        assertThat(exchange(browser.code(Browser.nativePathWithPkce(sandbox)), "", redirect)
                        .statusCode())
                .isEqualTo(401);
        assertThat(exchange(browser.code(Browser.nativePathWithPkce(sandbox)), Browser.VERIFIER, redirect + "/")
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "'',invalid_request",
        "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM,invalid_request",
        "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=plain,invalid_request",
        "&code_challenge=short&code_challenge_method=S256,invalid_request",
    })
    void a_native_client_without_a_proper_challenge_is_sent_back_with_an_error(String more, String error) {
        URI sent = Browser.location(caller.get(Browser.nativePath(sandbox) + more));

        assertThat(Browser.parameter(sent, "error")).isEqualTo(error);
        assertThat(Browser.parameter(sent, "state")).isEqualTo("s+<1>");
        assertThat(caller.get(sent.getRawPath() + "?" + sent.getRawQuery()).body())
                .contains("code_challenge");
    }

    @Test
    void a_wrong_scope_or_response_type_is_sent_back_with_an_error() {
        String path = Browser.nativePathWithPkce(sandbox);

        assertThat(sentBack(path.replace("scope=openid", "scope=nonsense"))).isEqualTo("invalid_scope");
        assertThat(sentBack(path.replace("scope=", "scope_="))).isEqualTo("invalid_scope");
        assertThat(sentBack(path.replace("response_type=code", "response_type=token")))
                .isEqualTo("unsupported_response_type");
    }

    @ParameterizedTest
    @CsvSource({
        "https://evil.example/cb",
        "http://127.0.0.1.evil.example/cb",
        "http://127.0.0.1@evil.example/cb",
        "http://127.0.0.1/cb#fragment",
        "https://example.org/cb",
        "javascript:alert(1)",
        "::",
    })
    void a_strange_redirect_address_is_never_followed(String redirect) {
        String path = Browser.AUTHORIZE + "?"
                + Caller.query("client_id", SandboxPeople.GLOBUS_PUBLIC_CLIENT.id(), "redirect_uri", redirect);

        HttpResponse<String> page = caller.get(path);

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.headers().firstValue("Location")).isEmpty();
        assertThat(page.body()).contains("redirect address is not one of");
    }

    @Test
    void an_unknown_client_is_told_so_on_the_page() {
        assertThat(caller.get(Browser.AUTHORIZE + "?client_id=nobody").body()).contains("The client is not known");
    }

    @Test
    void a_wrong_password_shows_the_page_again_and_the_right_one_then_works() {
        HttpResponse<String> page = caller.get(Browser.nativePathWithPkce(sandbox));

        HttpResponse<String> again = browser.submit(page, "demo", "wrong", "allow");
        assertThat(again.statusCode()).isEqualTo(403);
        assertThat(again.body()).contains("do not belong together");

        URI sent = Browser.location(browser.submit(again, "other@example.org", "other-password", "allow"));
        assertThat(Browser.parameter(sent, "code")).isNotEmpty();
    }

    @Test
    void denying_needs_no_password_and_the_page_works_once() {
        HttpResponse<String> page = caller.get(Browser.nativePathWithPkce(sandbox));

        URI sent = Browser.location(browser.submit(page, "", "", "deny"));
        assertThat(Browser.parameter(sent, "error")).isEqualTo("access_denied");

        HttpResponse<String> stale = browser.submit(page, "demo", "demo-password", "allow");
        assertThat(stale.statusCode()).isEqualTo(400);
        assertThat(stale.body()).contains("finished");
    }

    @Test
    void pages_escape_what_they_were_told_and_forbid_script_and_frames() {
        HttpResponse<String> page =
                caller.get("/globus/auth/v2/web/auth-code?error=%3Cscript%3Ealert(1)%3C/script%3E%07%22");

        assertThat(page.body())
                .contains("&lt;script&gt;alert(1)&lt;/script&gt; &quot;")
                .doesNotContain("<script");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'")
                .contains("frame-ancestors 'none'");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void the_form_may_lead_to_the_clients_listener() {
        String path = Browser.nativePathWithPkce(sandbox)
                .replace(
                        "127.0.0.1%3A" + sandbox.base().getPort() + "%2Fglobus%2Fauth%2Fv2%2Fweb%2Fauth-code",
                        "127.0.0.1%3A54321%2Fcallback");

        HttpResponse<String> page = caller.get(path);

        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("form-action 'self' http://127.0.0.1:54321;");
    }

    @Test
    void other_has_another_identity_and_another_group() {
        JsonNode login = caller.control("grant", "{\"dialect\":\"globus\",\"user\":\"other\"}");

        JsonNode who = Json.parse(caller.get(
                        "/globus/auth/v2/oauth2/userinfo",
                        "Authorization",
                        "Bearer " + Caller.text(login, "access_token"))
                .body());

        assertThat(who.get("sub").stringValue()).isEqualTo(SandboxPeople.OTHER.id());
        assertThat(who.get("preferred_username").stringValue()).isEqualTo("other@example.org");
    }

    private String confidentialPath() {
        return Browser.AUTHORIZE + "?"
                + Caller.query(
                        "client_id",
                        SandboxPeople.GLOBUS_CONFIDENTIAL_CLIENT.id(),
                        "redirect_uri",
                        "https://example.org/cb",
                        "scope",
                        Caller.GROUPS_SCOPE,
                        "response_type",
                        "code",
                        "access_type",
                        "online");
    }

    private String sentBack(String path) {
        return Browser.parameter(Browser.location(caller.get(path)), "error");
    }

    private HttpResponse<String> exchange(String code, String verifier, String redirectUri) {
        return caller.form(
                Caller.TOKEN,
                null,
                "client_id",
                SandboxPeople.GLOBUS_PUBLIC_CLIENT.id(),
                "grant_type",
                "authorization_code",
                "code",
                code,
                "code_verifier",
                verifier,
                "redirect_uri",
                redirectUri);
    }

    private JWTClaimsSet verified(JsonNode tokens) throws Exception {
        SignedJWT jwt = SignedJWT.parse(Caller.text(tokens, "id_token"));
        JsonNode discovery = Json.parse(
                caller.get("/globus/auth/.well-known/openid-configuration").body());
        String jwks = caller.get(URI.create(Caller.text(discovery, "jwks_uri")).getPath())
                .body();
        JWKSet keys = JWKSet.parse(jwks);
        assertThat(jwt.getHeader().getAlgorithm().getName()).isEqualTo("RS512");
        assertThat(jwks).doesNotContain("\"d\"");
        assertThat(jwt.verify(new RSASSAVerifier(keys.getKeys().get(0).toRSAKey())))
                .isTrue();
        return jwt.getJWTClaimsSet();
    }
}
