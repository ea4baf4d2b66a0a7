package io.github.evergrant.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.sandbox.server.Json;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Globus Auth beyond its token endpoint: consents, identities, sessions, clients that register themselves. */
final class GlobusAuthTest {

    private static final String TRANSFER = "urn:globus:auth:scope:transfer.api.globus.org:all";
    private static final String DATA =
            "https://auth.globus.org/scopes/6c54cade-bde5-45c1-bdea-f4bd71dba2cc/data_access";
    private static final String IDENTITIES = "/globus/auth/v2/api/identities";
    private static final String GROUP = "/globus/groups/v2/groups/" + SandboxPeople.GLOBUS_OTHER_GROUP.id();

    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());
    private final Caller caller = new Caller(sandbox);
    private final Browser browser = new Browser(caller);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void a_login_leaves_a_consent_for_each_scope_and_below_it_for_each_that_it_depends_on() {
        browser.code(authorize("openid " + TRANSFER + "[*" + DATA + " openid]"));
        browser.code(authorize("openid " + TRANSFER));

        JsonNode consents = consents(granted("openid"), false);

        assertThat(consents.values().stream().map(each -> Caller.text(each, "scope_name")))
                .containsExactlyInAnyOrder("openid", TRANSFER, DATA, "openid");
        JsonNode root = named(consents, TRANSFER);
        JsonNode data = named(consents, DATA);
        assertThat(root.get("dependency_path").toString())
                .isEqualTo("[" + root.get("id").longValue() + "]");
        assertThat(data.get("dependency_path").toString())
                .isEqualTo(
                        "[" + root.get("id").longValue() + "," + data.get("id").longValue() + "]");
        assertThat(data.get("atomically_revocable").booleanValue()).isTrue();
        assertThat(root.get("atomically_revocable").booleanValue()).isFalse();
        assertThat(data.get("status").stringValue()).isEqualTo("approved");
    }

    @Test
    void consents_are_shown_to_the_person_alone_and_by_client_or_all() {
        String ours = granted("openid");
        caller.control(
                "grant",
                "{\"dialect\":\"globus\",\"client\":\"" + SandboxPeople.GLOBUS_CONFIDENTIAL_CLIENT.id()
                        + "\",\"scopes\":[\"" + TRANSFER + "\"]}");

        assertThat(consents(ours, false)).hasSize(1);
        assertThat(consents(ours, true)).hasSize(2);
        String others = IDENTITIES + "/" + SandboxPeople.OTHER.id() + "/consents";
        assertThat(caller.get(others, "Authorization", "Bearer " + ours).statusCode())
                .isEqualTo(403);
        assertThat(caller.get(others).statusCode()).isEqualTo(401);
        caller.control("reset", "{}");
        assertThat(consents(granted("openid"), true)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"openid[", "openid[]", "openid]", "[openid]", "openid [email]", "* openid", "openid[email]x"})
    void a_scope_parameter_that_is_none_is_told_to_the_client(String scope) {
        assertThat(Browser.parameter(Browser.location(caller.get(authorize(scope))), "error"))
                .isEqualTo("invalid_scope");
    }

    @Test
    void identities_are_found_by_name_or_id_and_made_when_that_is_asked() {
        String token = granted("openid");

        JsonNode found = identities(token, "?usernames=demo@example.org,nobody@example.org");
        assertThat(found).hasSize(1);
        assertThat(found.get(0).get("id").stringValue()).isEqualTo(SandboxPeople.DEMO.id());
        assertThat(found.get(0).get("status").stringValue()).isEqualTo("used");
        assertThat(identities(token, "?ids=" + SandboxPeople.OTHER.id())
                        .get(0)
                        .get("username")
                        .stringValue())
                .isEqualTo("other@example.org");
        JsonNode made = identities(token, "?usernames=new@example.org&provision=true");
        assertThat(made.get(0).get("status").stringValue()).isEqualTo("unused");
        assertThat(identities(token, "?usernames=new@example.org")).isEqualTo(made);
        assertThat(caller.get(IDENTITIES, "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(400);
        assertThat(caller.get(IDENTITIES + "?ids=x").statusCode()).isEqualTo(401);
    }

    @Test
    void introspection_says_more_to_those_who_ask() {
        String token = granted("openid");

        JsonNode plain = introspected(token, "nothing");
        assertThat(plain.has("identity_set")).isFalse();
        JsonNode asked = introspected(token, "identity_set,identity_set_detail,session_info");
        assertThat(asked.get("identity_set").get(0).stringValue()).isEqualTo(SandboxPeople.DEMO.id());
        assertThat(asked.get("identity_set_detail").get(0).get("username").stringValue())
                .isEqualTo("demo@example.org");
        assertThat(asked.get("session_info").get("authentications")).isEmpty();
        browser.code(authorize("openid") + "&session_required_mfa=True");
        assertThat(introspected(token, "session_info")
                        .get("session_info")
                        .get("authentications")
                        .get(SandboxPeople.DEMO.id())
                        .get("amr")
                        .get(0)
                        .stringValue())
                .isEqualTo("mfa");
    }

    @Test
    void a_group_that_enforces_sessions_is_shown_after_a_sign_in_for_it() {
        String token = Caller.text(
                caller.control(
                        "grant",
                        "{\"dialect\":\"globus\",\"user\":\"other\",\"scopes\":[\"" + Caller.GROUPS_SCOPE + "\"]}"),
                "access_token");

        HttpResponse<String> refused = caller.get(GROUP, "Authorization", "Bearer " + token);
        assertThat(refused.statusCode()).isEqualTo(403);
        JsonNode wanted = Json.parse(refused.body()).get("authorization_parameters");
        assertThat(wanted.get("session_required_identities").get(0).stringValue())
                .isEqualTo(SandboxPeople.OTHER.id());

        String path = authorize(Caller.GROUPS_SCOPE) + "&session_required_mfa=True&session_message=Once+%3Cmore%3E"
                + "&session_required_identities=" + SandboxPeople.OTHER.id();
        HttpResponse<String> page = caller.get(path);
        assertThat(page.body()).contains("Once &lt;more&gt;");
        HttpResponse<String> wrong = browser.submit(page, "demo", "demo-password", "allow");
        assertThat(wrong.statusCode()).isEqualTo(403);
        assertThat(wrong.body()).contains("Another identity has to sign in");
        Browser.location(browser.submit(page, "other", "other-password", "allow"));

        assertThat(caller.get(GROUP, "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(200);
        assertThat(caller.get(GROUP + "x", "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_session_can_be_wanted_of_one_domain_and_never_half() {
        HttpResponse<String> page = caller.get(
                authorize("openid") + "&session_required_single_domain=example.com&session_required_policies=p");
        assertThat(browser.submit(page, "demo", "demo-password", "allow").body())
                .contains("Someone of this domain");
        assertThat(Browser.parameter(
                        Browser.location(caller.get(authorize("openid") + "&session_required_mfa=perhaps")), "error"))
                .isEqualTo("invalid_request");
    }

    @Test
    void an_installation_registers_itself_and_gets_a_secret() {
        String template = SandboxPeople.GLOBUS_PUBLIC_CLIENT.id();
        HttpResponse<String> reply = caller.json(
                "/globus/auth/v2/api/clients", "{\"client\":{\"name\":\"mine\",\"template_id\":\"" + template + "\"}}");

        assertThat(reply.statusCode()).isEqualTo(201);
        JsonNode made = Json.parse(reply.body()).get("included").get("client_credential");
        String basic = Caller.basic(Caller.text(made, "client"), Caller.text(made, "secret"));
        HttpResponse<String> tokens =
                caller.form(Caller.TOKEN, basic, "grant_type", "client_credentials", "scope", "openid");
        assertThat(tokens.statusCode()).isEqualTo(200);
        assertThat(Json.parse(tokens.body()).has("id_token")).isTrue();
        assertThat(caller.json("/globus/auth/v2/api/clients", "{}").statusCode())
                .isEqualTo(400);
        caller.control("reset", "{}");
        assertThat(caller.form(Caller.TOKEN, basic, "grant_type", "client_credentials", "scope", "openid")
                        .statusCode())
                .isEqualTo(401);
    }

    private String authorize(String scope) {
        return Browser.nativePathWithPkce(sandbox)
                .replace(
                        "&scope="
                                + Caller.query("", "openid email " + Caller.GROUPS_SCOPE)
                                        .substring(1),
                        "&scope=" + Caller.query("", scope).substring(1));
    }

    private String granted(String scope) {
        return Caller.text(
                caller.control("grant", "{\"dialect\":\"globus\",\"scopes\":[\"" + scope + "\"]}"), "access_token");
    }

    private JsonNode consents(String token, boolean all) {
        HttpResponse<String> reply = caller.get(
                IDENTITIES + "/" + SandboxPeople.DEMO.id() + "/consents?all=" + (all ? "True" : "False"),
                "Authorization",
                "Bearer " + token);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return Json.parse(reply.body()).get("consents");
    }

    private static JsonNode named(JsonNode consents, String scope) {
        return consents.values().stream()
                .filter(each -> Caller.text(each, "scope_name").equals(scope))
                .collect(Collectors.toList())
                .get(0);
    }

    private JsonNode identities(String token, String query) {
        HttpResponse<String> reply = caller.get(IDENTITIES + query, "Authorization", "Bearer " + token);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return Json.parse(reply.body()).get("identities");
    }

    @Test
    void a_service_gets_dependent_tokens_for_its_own_token_and_what_was_allowed_and_for_nothing_else() {
        String service = "https://auth.globus.org/scopes/" + SandboxPeople.GLOBUS_CONFIDENTIAL_CLIENT.id() + "/all";
        String groups = Caller.GROUPS_SCOPE;

        assertThat(dependent(granted("openid"), null).statusCode()).isEqualTo(401);
        assertThat(dependent(granted(groups), groups).statusCode()).isEqualTo(401);
        assertThat(dependent(granted(service), null).body()).isEqualTo("[]");
        HttpResponse<String> refused = dependent(granted(service), groups + " " + TRANSFER);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body())
                .isEqualTo("{\"error\":\"dependent_consent_required\",\"errors\":[{\"unapproved_scopes\":[\"" + groups
                        + "\",\"" + TRANSFER + "\"]}]}");

        String token = granted(service + "[" + groups + " " + TRANSFER + "]");
        assertThat(Json.parse(dependent(token, null).body()).values().stream()
                        .map(each -> Caller.text(each, "resource_server")))
                .containsExactly("groups.api.globus.org", "transfer.api.globus.org");
        assertThat(Json.parse(dependent(token, TRANSFER).body())).hasSize(1);
    }

    private HttpResponse<String> dependent(String token, @Nullable String scope) {
        String grant = "urn:globus:auth:grant_type:dependent_token";
        String path = "/globus/auth/v2/oauth2/token";
        return scope == null
                ? caller.form(path, Caller.basic(), "grant_type", grant, "token", token)
                : caller.form(path, Caller.basic(), "grant_type", grant, "token", token, "scope", scope);
    }

    private JsonNode introspected(String token, String include) {
        return Json.parse(caller.form(
                        "/globus/auth/v2/oauth2/token/introspect", Caller.basic(), "token", token, "include", include)
                .body());
    }
}
