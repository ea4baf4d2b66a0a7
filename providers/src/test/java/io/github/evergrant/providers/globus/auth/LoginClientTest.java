package io.github.evergrant.providers.globus.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.http.ScriptedSender;
import io.github.evergrant.login.ClientCredentialsLogin;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.PasteLogin;
import io.github.evergrant.login.Wire;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.oauth.Golden;
import io.github.evergrant.oauth.Written;
import io.github.evergrant.provider.Endpoints;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.globus.GlobusProvider;
import io.github.evergrant.providers.globus.PlayedGlobus;
import io.github.evergrant.providers.globus.scope.GlobusScopes;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class LoginClientTest {

    private static final ProviderData CAPTURED =
            new GlobusProvider(Map.of("GLOBUS_SDK_SERVICE_URL_AUTH", "http://127.0.0.1:18765/")).describe(null, null);
    private static final Client CONFIDENTIAL =
            Client.confidentialUnencoded("aaaaaaaa-0000-4000-8000-000000000001", Secret.of("FAKE-SECRET"));
    private static final String TWO_SCOPES =
            PlayedGlobus.MY_GROUPS + " urn:globus:auth:scope:search.api.globus.org:search";

    /** Whoever has it calls the confidential client's own service. */
    private static final String SERVICE = "https://auth.globus.org/scopes/aaaaaaaa-0000-4000-8000-000000000001/all";

    private static PlayedGlobus globus;

    private final ScriptedSender sender = new ScriptedSender(Instant.EPOCH);
    private final Wire scripted = new Wire(sender, InstantSource.fixed(Instant.EPOCH));

    @BeforeAll
    static void play() {
        globus = PlayedGlobus.ready();
    }

    @AfterAll
    static void end() {
        globus.close();
    }

    @AfterEach
    void forget() {
        globus.reset();
    }

    @Test
    @DisplayName("40: dependent tokens come as an array, and are asked for as captured")
    void dependentTokens() {
        LoginClient client = scriptedWith("dependent_tokens_defaults");
        DependentTokens tokens = client.dependentTokens(Secret.of("FAKE-USER-TOKEN"), List.of(), false);
        assertSame("dependent_tokens_defaults");
        assertThat(granted(tokens)).containsOnlyKeys("groups.api.globus.org", "search.api.globus.org");

        DependentTokens offline = scriptedWith("dependent_tokens_offline_scope")
                .dependentTokens(Secret.of("FAKE-USER-TOKEN"), GlobusScopes.parse(TWO_SCOPES), true);
        assertSame("dependent_tokens_offline_scope");
        assertThat(granted(offline).values()).allMatch(data -> data.refresh().isPresent());
        assertThat(offline.toString()).doesNotContain("FAKE-AT").doesNotContain("FAKE-RT");
    }

    @Test
    void over_the_wire_a_service_gets_tokens_in_its_users_name() {
        LoginClient service = new LoginClient(globus.data, GlobusProvider.SANDBOX_CONFIDENTIAL_CLIENT, globus.wire);
        Secret users = globus.token(SERVICE + "[" + TWO_SCOPES + "]");

        Map<String, TokenData> tokens = granted(service.dependentTokens(users, List.of(), false));

        InspectedToken inspected = service.introspect(
                Objects.requireNonNull(tokens.get("groups.api.globus.org")).accessToken(), "identity_set");
        assertThat(inspected.active()).isTrue();
        assertThat(inspected.introspection().account().identityId()).isEqualTo(PlayedGlobus.DEMO);
        assertThat(inspected.identitySet()).containsExactly(PlayedGlobus.DEMO);
        assertThat(inspected.audience()).contains("groups.api.globus.org");
        assertThat(inspected.expiresAt()).isAfter(Instant.now());
        assertThat(granted(service.dependentTokens(users, GlobusScopes.parse(PlayedGlobus.MY_GROUPS), true)))
                .hasSize(1)
                .allSatisfy((server, data) -> assertThat(data.refresh()).isPresent());
    }

    @Test
    void over_the_wire_a_service_gets_nothing_with_somebody_elses_token_and_is_told_what_is_not_allowed() {
        LoginClient service = new LoginClient(globus.data, GlobusProvider.SANDBOX_CONFIDENTIAL_CLIENT, globus.wire);

        assertThatThrownBy(() -> service.dependentTokens(globus.token("openid"), List.of(), false))
                .isInstanceOfSatisfying(
                        ProviderRefused.class, e -> assertThat(e.code()).isEqualTo("invalid_grant"));
        assertThat(service.dependentTokens(globus.token(SERVICE), GlobusScopes.parse(TWO_SCOPES), false))
                .isInstanceOfSatisfying(
                        DependentTokens.ConsentRequired.class,
                        it -> assertThat(it.required().parameters().requiredScopes())
                                .containsExactly(TWO_SCOPES.split(" ")));
        assertThat(granted(service.dependentTokens(globus.token(SERVICE), List.of(), false)))
                .isEmpty();
    }

    @Test
    void a_user_token_that_leads_nowhere_gives_no_tokens() {
        sender.reply(200, "[]");

        assertThat(granted(new LoginClient(CAPTURED, CONFIDENTIAL, scripted)
                        .dependentTokens(Secret.of("T"), List.of(), false)))
                .isEmpty();
    }

    @Test
    void a_consent_that_is_missing_is_told_with_what_to_ask_for() {
        globus.answer(
                "token.dependent",
                403,
                "{\"error\":\"dependent_consent_required\",\"errors\":[{\"unapproved_scopes\":[\"s1\"]}]}");
        LoginClient service = new LoginClient(globus.data, GlobusProvider.SANDBOX_CONFIDENTIAL_CLIENT, globus.wire);

        DependentTokens answer = service.dependentTokens(globus.token("openid"), List.of(), false);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        DependentTokens.ConsentRequired.class,
                        it -> assertThat(it.required().parameters().requiredScopes())
                                .containsExactly("s1"));
        assertThatThrownBy(() -> service.dependentTokens(Secret.of("unknown"), List.of(), false))
                .isInstanceOfSatisfying(
                        ProviderRefused.class, e -> assertThat(e.code()).isEqualTo("invalid_grant"));
    }

    @Test
    void introspection_asks_for_more_as_captured() {
        InspectedToken inspected = scriptedWith("introspect").introspect(Secret.of("FAKE-AT"), "session_info");

        assertSame("introspect");
        assertThat(inspected.active()).isTrue();
        assertThat(inspected.expiresAt()).isEqualTo(Instant.ofEpochSecond(1767398400));
        assertThat(inspected.audience()).containsExactly("auth.globus.org", "c");
        assertThat(inspected.identitySet()).isEmpty();
        assertThat(inspected.introspection().account().username()).isEqualTo("tester@example.org");
    }

    @Test
    @DisplayName("64: revoking is asked for as captured, by a native client with its id")
    void revoking() {
        scriptedWith("confidential_revoke").revoke(Secret.of("FAKE-AT"));
        assertSame("confidential_revoke");
        Golden reply = Golden.exchanges("native_revoke").get(0).at("response").at("json");
        sender.reply(200, Written.json(reply.value()));
        new LoginClient(CAPTURED, Client.open("61338d24-54d5-408f-a10d-66c06b59f6d2"), scripted)
                .revoke(Secret.of("FAKE-AT"));
        assertThat(sender.body(1)).contains("client_id=61338d24-54d5-408f-a10d-66c06b59f6d2");

        Secret token = globus.token("openid");
        new LoginClient(globus.data, GlobusProvider.SANDBOX_PUBLIC_CLIENT, globus.wire).revoke(token);
        assertThat(globus.isActive(token)).isFalse();
    }

    @Test
    void an_installation_gets_a_client_of_its_own_that_can_log_in() {
        LoginClient template = new LoginClient(globus.data, GlobusProvider.SANDBOX_PUBLIC_CLIENT, globus.wire);

        Client made = template.registerInstance("my \"program\" on ärgo");

        assertThat(made.toString()).doesNotContain("sandbox-secret");
        LoginResult login = ClientCredentialsLogin.run(
                new LoginRequest(globus.data, made, Scopes.of("openid"), false, Map.of()), globus.wire);
        assertThat(login.account().identityId()).isEqualTo(made.id());
        assertThat(new LoginClient(globus.data, made, globus.wire)
                        .introspect(login.response().first().accessToken())
                        .active())
                .isTrue();
        LoginClient unknown = new LoginClient(globus.data, Client.open("nobody"), globus.wire);
        assertThatThrownBy(() -> unknown.registerInstance("x")).isInstanceOf(ProviderRefused.class);
    }

    @Test
    void what_needs_a_secret_or_must_have_none_says_so_before_anything_is_sent() {
        LoginClient open = new LoginClient(CAPTURED, Client.open("c"), scripted);
        LoginClient secret = new LoginClient(CAPTURED, CONFIDENTIAL, scripted);

        failsAs("client_secret_missing", () -> open.dependentTokens(Secret.of("T"), List.of(), false));
        failsAs("client_secret_missing", () -> open.introspect(Secret.of("T")));
        failsAs("public_client_needed", () -> secret.registerInstance("x"));
        assertThat(sender.calls()).isEmpty();
    }

    @Test
    void trouble_is_temporary_and_quotes_nothing() {
        sender.fail(true)
                .reply(503, "canary")
                .reply(200, "canary")
                .reply(201, "{\"included\":{\"client_credential\":{\"client\":\"c\",\"secret\":7,\"x\":\"canary\"}}}")
                .fail(false);
        LoginClient client = new LoginClient(CAPTURED, CONFIDENTIAL, scripted);
        LoginClient open = new LoginClient(CAPTURED, Client.open("c"), scripted);

        for (Runnable call : List.<Runnable>of(
                () -> client.dependentTokens(Secret.of("T"), List.of(), false),
                () -> client.introspect(Secret.of("T")),
                () -> client.introspect(Secret.of("T")),
                () -> open.registerInstance("x"),
                () -> open.revoke(Secret.of("T")))) {
            assertThatThrownBy(call::run)
                    .isInstanceOf(TemporarilyUnavailable.class)
                    .hasMessageNotContaining("canary");
        }
        assertThat(sender.calls()).hasSize(5);
    }

    @Test
    @DisplayName("W18: a client's secret goes to the token endpoint, not to where the keys are")
    void secretAndKeys() {
        ClientCredentialsLogin.run(
                new LoginRequest(
                        globus.data, GlobusProvider.SANDBOX_CONFIDENTIAL_CLIENT, Scopes.of("openid"), false, Map.of()),
                new Wire(globus.wire.http(), globus.wire.clock()));

        assertThat(globus.log())
                .extracting(entry -> entry.at("kind").text())
                .containsExactly("token.client_credentials", "discovery", "jwks");
        assertThat(globus.log())
                .extracting(entry -> entry.at("headers").has("Authorization"))
                .containsExactly(true, false, false);
    }

    @Test
    @DisplayName("W19: an id token of another issuer is not believed, and the tokens are kept")
    void issuer() {
        Endpoints there = globus.data.endpoints();
        ProviderData elsewhere = new ProviderData(
                globus.data.id(),
                globus.data.title(),
                globus.data.environment(),
                globus.data.base(),
                new Endpoints(
                        "https://auth.globus.org",
                        there.authorization(),
                        there.token(),
                        there.revocation(),
                        there.introspection(),
                        there.userinfo(),
                        URI.create(globus.base() + "/globus/auth/jwk.json")),
                globus.data.defaultResourceServer(),
                globus.data.defaultScopes(),
                null,
                null,
                globus.data.pasteRedirect(),
                "",
                globus.data.apis());
        LoginRequest request =
                new LoginRequest(elsewhere, GlobusProvider.SANDBOX_PUBLIC_CLIENT, Scopes.of("openid"), true, Map.of());
        PasteLogin login = PasteLogin.start(request, globus.wire);

        LoginResult result = login.finish(globus.signIn(login.authorizationUrl(), "demo"));

        assertThat(result.account().identityId()).isNull();
        assertThat(result.response().oddities())
                .anySatisfy(words -> assertThat(words).contains("issued by somebody else"));
        assertThat(globus.isActive(result.response().first().accessToken())).isTrue();
    }

    private static Map<String, TokenData> granted(DependentTokens tokens) {
        assertThat(tokens).isInstanceOf(DependentTokens.Granted.class);
        return ((DependentTokens.Granted) tokens).byResourceServer();
    }

    private static void failsAs(String code, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(InvalidInput.class)
                .satisfies(e -> assertThat(((EvergrantException) e).code()).isEqualTo(code));
    }

    private LoginClient scriptedWith(String name) {
        Golden response = Golden.exchanges(name).get(0).at("response");
        sender.reply(
                Integer.parseInt(response.at("status").text()),
                Written.json(response.at("json").value()));
        return new LoginClient(CAPTURED, CONFIDENTIAL, scripted);
    }

    /** Method, address, significant headers and the whole body. */
    private void assertSame(String name) {
        Golden exchange = Golden.exchanges(name).get(0);
        int last = sender.calls().size() - 1;
        assertThat(sender.calls().get(last).method())
                .isEqualTo(exchange.at("method").text());
        assertThat(sender.calls().get(last).uri())
                .hasToString("http://127.0.0.1:18765" + exchange.at("target").text());
        assertThat(List.of(sender.body(last).split("&")))
                .containsExactlyInAnyOrder(exchange.at("body").text().split("&"));
        exchange.at("headers").items().forEach(header -> {
            String field = header.items().get(0).text();
            if (List.of("Authorization", "Accept").contains(field)) {
                assertThat(sender.calls().get(last).headers())
                        .containsEntry(field, header.items().get(1).text());
            }
        });
    }
}
