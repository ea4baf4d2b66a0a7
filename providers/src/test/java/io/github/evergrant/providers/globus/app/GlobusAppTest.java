package io.github.evergrant.providers.globus.app;

import static io.github.evergrant.providers.globus.PlayedGlobus.AUTH;
import static io.github.evergrant.providers.globus.PlayedGlobus.GROUPS;
import static io.github.evergrant.providers.globus.PlayedGlobus.MY_GROUPS;
import static io.github.evergrant.providers.globus.PlayedGlobus.TRANSFER;
import static io.github.evergrant.providers.globus.PlayedGlobus.TRANSFER_ALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.authorizer.Authorizer;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginWay;
import io.github.evergrant.providers.globus.Group;
import io.github.evergrant.providers.globus.auth.AuthorizationParameters;
import io.github.evergrant.providers.globus.scope.GlobusScopes;
import io.github.evergrant.providers.globus.service.GlobusService;
import io.github.evergrant.providers.globus.service.Query;
import io.github.evergrant.providers.globus.transfer.TransferClient;
import io.github.evergrant.renewal.Demand;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An app that people log in to, against the sandbox. */
final class GlobusAppTest extends AppCase {

    private static final String SEARCH = "urn:globus:auth:scope:search.api.globus.org:search";

    @Test
    @DisplayName("71: the first call logs in once, the second asks Globus Auth nothing")
    void firstCall() {
        GlobusApp app = stage.app(AppStage.GROUPS);
        assertThat(stage.globus.log()).isEmpty();

        assertThat(stage.groups(app)).extracting(Group::name).containsExactly("Demo Group");

        assertThat(stage.shown).hasSize(1);
        assertThat(stage.asked()).containsEntry("access_type", "offline").doesNotContainKey("prefill_named_grant");
        String once = "[authorize, authorize.decision, token.authorization_code, discovery, jwks]";
        assertThat(stage.globus.authTraffic()).isEqualTo(once);
        stage.groups(app);
        assertThat(stage.globus.authTraffic()).isEqualTo(once);
        assertThat(stage.globus.requests("groups.my_groups")).isEqualTo(2);
        app.login(true, AuthorizationParameters.NONE);
        assertThat(stage.globus.authTraffic())
                .as("what an id token is checked with is known by now")
                .isEqualTo(once.replace("]", ", authorize, authorize.decision, token.authorization_code]"));
        assertThat(app.identity()).contains("11111111-2222-4333-8444-555555555555");
    }

    @Test
    @DisplayName("72: a new app on the same store needs no login")
    void newApp() {
        stage.groups(stage.app(AppStage.GROUPS));
        stage.reopen();

        GlobusApp again = stage.app(AppStage.GROUPS);

        assertThat(again.loginRequired()).isFalse();
        assertThat(stage.groups(again)).hasSize(1);
        assertThat(stage.shown).hasSize(1);
    }

    @Test
    @DisplayName("73: a scope that the stored token lacks leads to one more login, with all scopes")
    void oneMoreScope() {
        GlobusApp app = stage.app(AppStage.GROUPS);
        stage.groups(app);

        app.require(TRANSFER, GlobusScopes.parse(TRANSFER_ALL));
        assertThat(app.loginRequired()).isTrue();
        app.require(GROUPS, GlobusScopes.parse("urn:globus:auth:scope:groups.api.globus.org:all"));
        stage.groups(app);

        assertThat(stage.shown).hasSize(2);
        assertThat(stage.asked().getOrDefault("scope", "").split(" "))
                .containsExactlyInAnyOrder(
                        "openid", MY_GROUPS, TRANSFER_ALL, "urn:globus:auth:scope:groups.api.globus.org:all");
        assertThat(AppStage.header(app.authorizer(TRANSFER))).startsWith("Bearer ");
        assertThat(stage.shown).hasSize(2);
        assertThat(app.requirements()).containsOnlyKeys(AUTH, GROUPS, TRANSFER);
    }

    @Test
    @DisplayName("74: from access tokens to refresh tokens it takes one login")
    void toRefreshTokens() {
        stage.groups(stage.app(AppStage.GROUPS.withRefreshTokens(false)));
        assertThat(stage.asked()).containsEntry("access_type", "online");
        assertThat(stage.stored(GROUPS).refresh()).isEmpty();

        GlobusApp app = stage.app(AppStage.GROUPS.requiring(TRANSFER, TRANSFER_ALL));
        app.authorizer(GROUPS).header();
        app.authorizer(TRANSFER).header();
        app.authorizer(AUTH).header();

        assertThat(stage.shown).hasSize(2);
        assertThat(stage.stored(GROUPS).refresh()).isPresent();
    }

    @Test
    @DisplayName("75: ended access tokens in a new app without refresh tokens take one login")
    void ended() {
        AppSettings accessOnly =
                AppStage.GROUPS.requiring(TRANSFER, TRANSFER_ALL).withRefreshTokens(false);
        stage.groups(stage.app(accessOnly));
        stage.waitForTheEnd();
        stage.reopen();

        GlobusApp app = stage.app(accessOnly);
        assertThat(app.loginRequired()).isTrue();
        assertThat(stage.groups(app)).hasSize(1);
        app.authorizer(TRANSFER).header();

        assertThat(stage.shown).hasSize(2);
    }

    @Test
    @DisplayName("76: without a remedy the caller is told what is missing")
    void noRemedy() {
        GlobusApp app = stage.app(AppStage.GROUPS.withRemedy(Remedy.NONE));

        assertThatThrownBy(() -> stage.groups(app)).isInstanceOfSatisfying(LoginRequired.class, e -> {
            assertThat(e.code()).isEqualTo("unknown_session");
            assertThat(e.session()).contains("app");
        });
        assertThat(app.login()).isTrue();
        assertThat(stage.groups(app)).hasSize(1);
        app.require(TRANSFER, GlobusScopes.parse(TRANSFER_ALL));
        assertThatThrownBy(() -> app.authorizer(TRANSFER).header())
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("unknown_resource_server"));
        app.require(GROUPS, GlobusScopes.parse("urn:globus:auth:scope:groups.api.globus.org:all"));
        assertThatThrownBy(() -> stage.groups(app))
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("unmet_scopes"))
                .hasMessageContaining("groups.api.globus.org:all");
        assertThat(stage.shown).hasSize(1);
    }

    @Test
    @DisplayName("78: a login that is not needed does nothing, force and parameters make one each")
    void logins() {
        GlobusApp app = stage.app(AppStage.GROUPS.withLabel("My App on host"));

        assertThat(app.login()).isTrue();
        assertThat(stage.asked()).containsEntry("prefill_named_grant", "My App on host");
        assertThat(app.login()).isFalse();
        assertThat(app.login(true, AuthorizationParameters.NONE)).isTrue();
        assertThat(stage.shown).hasSize(2);

        assertThat(app.login(false, AuthorizationParameters.ofScopes(SEARCH))).isTrue();
        assertThat(stage.asked().get("scope")).contains(SEARCH).contains(MY_GROUPS);
        assertThat(app.requirements()).doesNotContainKey("search.api.globus.org");
        assertThat(stage.door().storage().read("app")).containsKey("search.api.globus.org");
        app.login(true, AuthorizationParameters.NONE);
        assertThat(stage.asked().get("scope")).doesNotContain(SEARCH);
        assertThat(app.login()).isFalse();
    }

    @Test
    @DisplayName("83, W9: the end of an access token is noticed before it is used")
    void endNoticed() {
        GlobusApp app = stage.app(AppStage.GROUPS.withRefreshTokens(false));
        Authorizer authorizer = app.authorizer(GROUPS);
        String before = AppStage.header(authorizer);
        assertThat(AppStage.header(authorizer)).isEqualTo(before);

        stage.waitForTheEnd();

        assertThat(AppStage.header(authorizer)).isNotEqualTo(before);
        assertThat(stage.shown).hasSize(2);
        assertThat(stage.groups(app)).hasSize(1);
        assertThat(stage.globus.requests("groups.my_groups")).isEqualTo(1);
    }

    @Test
    @DisplayName("84, W16: a dead refresh token is a login that is needed, in the provider's words")
    void deadRefreshToken() {
        GlobusApp silent = stage.app(AppStage.GROUPS.withRemedy(Remedy.NONE));
        silent.login();
        for (String server : List.of(AUTH, GROUPS)) {
            stage.globus.revoke(stage.stored(server).refresh().orElseThrow());
        }
        stage.waitForTheEnd();

        assertThat(silent.loginRequired()).isTrue();
        assertThatThrownBy(() -> stage.groups(silent))
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("refresh_token_refused"))
                .hasMessageContaining("invalid_grant");
        GlobusApp app = stage.app(AppStage.GROUPS);
        assertThat(app.loginRequired()).isTrue();
        assertThat(stage.groups(app)).hasSize(1);
        assertThat(stage.shown).hasSize(2);
        assertThat(app.loginRequired()).isFalse();
        assertThat(silent.loginRequired()).isFalse();
    }

    @Test
    @DisplayName("84: a refresh token known to be dead means a login, also while the access token is good")
    void deadButGood() {
        GlobusApp app = stage.app(AppStage.GROUPS.withRemedy(Remedy.NONE));
        app.login();
        stage.globus.revoke(stage.stored(GROUPS).refresh().orElseThrow());
        assertThat(app.loginRequired()).isFalse();

        assertThatThrownBy(() -> stage.door().session("app").obtain(GROUPS, Demand.SUCCESSOR))
                .isInstanceOf(LoginRequired.class);

        assertThat(app.loginRequired()).isTrue();
        assertThat(AppStage.header(app.authorizer(GROUPS))).startsWith("Bearer ");
    }

    @Test
    void an_api_that_refuses_an_access_token_that_cannot_be_renewed_leads_to_a_login() {
        GlobusApp app = stage.app(AppStage.GROUPS.withRefreshTokens(false));
        assertThat(stage.groups(app)).hasSize(1);

        stage.globus.expire();

        assertThat(stage.groups(app)).hasSize(1);
        assertThat(stage.shown).hasSize(2);
    }

    @Test
    void a_refused_token_that_can_be_renewed_is_renewed() {
        GlobusApp app = stage.app(AppStage.GROUPS);
        assertThat(stage.groups(app)).hasSize(1);

        stage.globus.expire();

        assertThat(stage.groups(app)).hasSize(1);
        assertThat(stage.shown).hasSize(1);
        assertThat(stage.globus.requests("token.refresh")).isEqualTo(1);
    }

    @Test
    void a_client_of_a_service_requires_what_it_usually_asks_for() {
        GlobusApp app = stage.app(AppSettings.defaults());
        TransferClient transfer = new TransferClient(app.client(GlobusService.TRANSFER));
        assertThat(app.requirements()).containsOnlyKeys(AUTH, TRANSFER);

        assertThat(transfer.searchEndpoints("Tutorial").stream()).isNotEmpty();

        assertThat(stage.asked().get("scope")).contains(TRANSFER_ALL);
        assertThat(app.client("Groups elsewhere", globus.api("groups"), GROUPS, GlobusScopes.parse(MY_GROUPS))
                        .get("v2/groups/my_groups", Query.NONE)
                        .items())
                .hasSize(1);
        assertThat(stage.shown).hasSize(2);
    }

    @Test
    void a_flow_and_a_connect_server_have_resource_servers_and_scopes_of_their_own() {
        String flow = "24bc4997-b483-4c25-a19c-64b0afc00743";
        String server = "7a0b8a6e-9f3c-4c0d-8c4e-2f1d3b5a7c90";
        GlobusApp app = stage.app(AppSettings.defaults());
        app.client("My Flow", globus.api("flows"), flow, List.of(GlobusScopes.ofFlow(flow)));
        app.client("My Server", URI.create("https://s.example"), server, List.of(GlobusScopes.ofConnectServer(server)));
        assertThat(app.requirements()).containsOnlyKeys(AUTH, flow, server);

        assertThat(AppStage.header(app.authorizer(flow))).startsWith("Bearer ");
        assertThat(AppStage.header(app.authorizer(server))).startsWith("Bearer ");

        assertThat(stage.shown).hasSize(1);
        assertThat(stage.asked().get("scope"))
                .contains("flow_24bc4997_b483_4c25_a19c_64b0afc00743_user", server + ":manage_collections");
        assertThatThrownBy(() -> app.client("Nothing", globus.api("flows"), flow + "x", List.of()))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("no_scopes"));
    }

    @Test
    void a_remedy_of_ones_own_is_called_once_and_never_inside_itself() {
        List<String> called = new ArrayList<>();
        GlobusApp app = stage.app(AppStage.GROUPS.withRemedy((it, why) -> {
            called.add(why.code());
            // It needs a token itself: that fails for the same reason, and is no endless circle.
            assertThatThrownBy(() -> it.authorizer(GROUPS).header()).isInstanceOf(LoginRequired.class);
        }));

        assertThatThrownBy(() -> stage.groups(app)).isInstanceOf(LoginRequired.class);

        assertThat(called).containsExactly("unknown_session");
    }

    @Test
    @DisplayName("W26: somebody else's login is not kept, and not left alive")
    void somebodyElse() {
        GlobusApp app = stage.app(AppStage.GROUPS);
        app.login();
        Secret ours = stage.access(GROUPS);
        stage.who = "other";

        assertThatThrownBy(() -> app.login(true, AuthorizationParameters.NONE))
                .isInstanceOfSatisfying(
                        LoginFailed.class, e -> assertThat(e.code()).isEqualTo("other_account"));

        assertThat(stage.access(GROUPS)).isEqualTo(ours);
        assertThat(stage.groups(app)).extracting(Group::name).containsExactly("Demo Group");
        // Four tokens came, two access tokens and two refresh tokens.
        assertThat(stage.globus.requests("revoke")).isEqualTo(4);
    }

    @Test
    @DisplayName("W26: a login with fewer scopes than required is kept, and said to be too little")
    void fewerScopes() {
        LoginWay stingy = (request, wire, keeper) -> stage.person()
                .login(
                        new LoginRequest(
                                request.provider(),
                                request.client(),
                                Scopes.of("openid"),
                                request.pkce(),
                                request.parameters()),
                        wire,
                        keeper);
        GlobusApp app =
                GlobusApp.ofPerson(stage.door(), "app", stage.globus.data, AppStage.PUBLIC, stingy, AppStage.GROUPS);

        assertThatThrownBy(() -> stage.groups(app))
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("unknown_resource_server"));

        assertThat(stage.shown).hasSize(1);
        assertThat(stage.stored(AUTH).refresh()).isPresent();
        assertThat(AppStage.header(app.authorizer(AUTH))).startsWith("Bearer ");
    }

    @Test
    void what_the_network_does_is_no_reason_for_a_login() {
        GlobusApp app = stage.app(AppStage.GROUPS);
        app.login();
        stage.waitForTheEnd();
        stage.globus.fault(
                "{\"dialect\":\"globus\",\"kind\":\"token.refresh\",\"times\":99,\"do\":\"status\",\"status\":503}");

        assertThatThrownBy(app::loginRequired).isInstanceOf(TemporarilyUnavailable.class);
        assertThatThrownBy(() -> stage.groups(app)).isInstanceOf(TemporarilyUnavailable.class);

        assertThat(stage.shown).hasSize(1);
    }

    @Test
    void no_secret_is_in_anything_it_shows() {
        GlobusApp app = stage.app(AppStage.GROUPS);
        app.login();

        assertThat(app.requirements() + " " + app.identity() + AppStage.GROUPS + stage.stored(GROUPS))
                .doesNotContain(stage.access(GROUPS).reveal());
        assertThatThrownBy(() -> app.authorizer("nobody").header())
                .isInstanceOfSatisfying(
                        EvergrantException.class,
                        e -> assertThat(e.getMessage()).doesNotContain("sandbox-at-"));
    }
}
