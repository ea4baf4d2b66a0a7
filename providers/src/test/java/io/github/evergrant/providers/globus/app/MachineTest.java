package io.github.evergrant.providers.globus.app;

import static io.github.evergrant.providers.globus.PlayedGlobus.AUTH;
import static io.github.evergrant.providers.globus.PlayedGlobus.GROUPS;
import static io.github.evergrant.providers.globus.PlayedGlobus.MY_GROUPS;
import static io.github.evergrant.providers.globus.PlayedGlobus.TRANSFER;
import static io.github.evergrant.providers.globus.PlayedGlobus.TRANSFER_ALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.login.LoginWay;
import io.github.evergrant.login.PasteLogin;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.providers.globus.PlayedGlobus;
import io.github.evergrant.providers.globus.scope.GlobusScopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An app that acts for itself; and what does not go together. */
final class MachineTest extends AppCase {

    @Test
    @DisplayName("85: the first call asks once, for that server's scopes; after the end once more; no account is kept")
    void firstCall() {
        GlobusApp app = stage.machine(AppStage.GROUPS.requiring(TRANSFER, TRANSFER_ALL));

        String before = AppStage.header(app.authorizer(GROUPS));
        app.authorizer(GROUPS).header();

        assertThat(globus.authTraffic()).isEqualTo("[token.client_credentials]");
        assertThat(globus.log().get(0).at("body").text())
                .contains(PlayedGlobus.encoded(MY_GROUPS))
                .doesNotContain(PlayedGlobus.encoded(TRANSFER_ALL));
        Map<String, TokenData> stored = stage.door().storage().read("machine");
        assertThat(stored).containsOnlyKeys(GROUPS);
        assertThat(stored.values()).allMatch(data -> data.identity().isEmpty());
        assertThat(app.identity()).isEmpty();

        stage.waitForTheEnd();
        assertThat(AppStage.header(app.authorizer(GROUPS))).isNotEqualTo(before);
        assertThat(globus.requests("token.client_credentials")).isEqualTo(2);
        assertThat(AppStage.header(app.authorizer(TRANSFER))).startsWith("Bearer ");
        assertThat(globus.requests("token.client_credentials")).isEqualTo(3);
        assertThat(stage.door().storage().read("machine")).containsOnlyKeys(GROUPS, TRANSFER);
    }

    @Test
    @DisplayName("85: a login asks once for all scopes; with openid among them the client is the account")
    void login() {
        GlobusApp app = stage.machine(AppStage.GROUPS);
        assertThat(app.loginRequired()).isTrue();

        assertThat(app.login()).isTrue();

        assertThat(globus.requests("token.client_credentials")).isEqualTo(1);
        assertThat(stage.door().storage().read("machine")).containsOnlyKeys(AUTH, GROUPS);
        assertThat(app.identity()).contains(AppStage.CONFIDENTIAL.id());
        assertThat(app.login()).isFalse();
        // A later one that says nothing of an account is still the client's own.
        app.require(TRANSFER, GlobusScopes.parse(TRANSFER_ALL));
        assertThat(AppStage.header(app.authorizer(TRANSFER))).startsWith("Bearer ");
        assertThat(stage.door().storage().read("machine")).containsOnlyKeys(AUTH, GROUPS, TRANSFER);
    }

    @Test
    void a_scope_that_comes_later_is_fetched_without_anybody() {
        GlobusApp app = stage.machine(AppStage.GROUPS);
        app.authorizer(GROUPS).header();

        app.require(GROUPS, GlobusScopes.parse("urn:globus:auth:scope:groups.api.globus.org:all"));
        app.authorizer(GROUPS).header();

        assertThat(globus.requests("token.client_credentials")).isEqualTo(2);
        assertThat(stage.door()
                        .storage()
                        .read("machine", GROUPS)
                        .orElseThrow()
                        .scopes()
                        .values())
                .contains("urn:globus:auth:scope:groups.api.globus.org:all", MY_GROUPS);
    }

    @Test
    void what_it_has_is_revoked_at_the_end() {
        GlobusApp app = stage.machine(AppStage.GROUPS);
        app.login();
        Secret access =
                stage.door().storage().read("machine", GROUPS).orElseThrow().accessToken();

        assertThat(app.logout(true)).isEmpty();

        assertThat(globus.isActive(access)).isFalse();
        assertThat(AppStage.header(app.authorizer(GROUPS))).startsWith("Bearer ");
    }

    @Test
    void a_wrong_secret_is_the_providers_word() {
        GlobusApp app = GlobusApp.ofClient(
                stage.door(),
                "machine",
                globus.data,
                Client.confidentialUnencoded(AppStage.CONFIDENTIAL.id(), Secret.of("canary-secret")),
                AppStage.GROUPS);

        assertThatThrownBy(() -> app.authorizer(GROUPS).header())
                .isInstanceOfSatisfying(
                        ProviderRefused.class, e -> assertThat(e.code()).isEqualTo("invalid_client"))
                .hasMessageNotContaining("canary");
    }

    @Test
    @DisplayName("86: what does not go together is refused before anything is sent")
    void wrongCombinations() {
        Function<URI, @Nullable String> nobody = address -> {
            throw new AssertionError("nobody is asked");
        };
        refused(
                "client_secret_missing",
                () -> GlobusApp.ofClient(stage.door(), "a", globus.data, AppStage.PUBLIC, AppStage.GROUPS));
        refused(
                "redirect_needed",
                () -> GlobusApp.ofPerson(
                        stage.door(),
                        "a",
                        globus.data,
                        AppStage.CONFIDENTIAL,
                        PasteLogin.asking(null, nobody),
                        AppStage.GROUPS));
        refused(
                "no_session_name",
                () -> GlobusApp.ofPerson(
                        stage.door(), " ", globus.data, AppStage.PUBLIC, stage.person(), AppStage.GROUPS));
        refused("no_scopes", () -> AppStage.GROUPS.requiring(TRANSFER, ""));
        refused("no_scopes", () -> AppStage.GROUPS.requiring(TRANSFER, List.of()));
        refused("scope_malformed", () -> AppStage.GROUPS.requiring(TRANSFER, "a["));
        refused("no_resource_server", () -> AppStage.GROUPS.requiring(" ", "a"));
        refused("unknown_environment", () -> globus.provider.describe("nope", null));
        GlobusApp machine = stage.machine(AppStage.GROUPS);
        refused("no_scopes", () -> machine.authorizer(TRANSFER).header());
        assertThat(globus.log()).isEmpty();

        LoginWay registered = PasteLogin.asking(URI.create("https://example.org/cb"), nobody);
        assertThat(GlobusApp.ofPerson(
                        stage.door(), "a", globus.data, AppStage.CONFIDENTIAL, registered, AppStage.GROUPS))
                .isNotNull();
    }

    @Test
    @DisplayName("62, 66: a person carries the code, for a native client and for a confidential one")
    void paste() {
        LoginWay open = PasteLogin.asking(null, address -> globus.signIn(address, "demo") + "\n");
        GlobusApp app = GlobusApp.ofPerson(stage.door(), "open", globus.data, AppStage.PUBLIC, open, AppStage.GROUPS);
        assertThat(AppStage.header(app.authorizer(GROUPS))).startsWith("Bearer ");

        LoginWay secret =
                PasteLogin.asking(URI.create("https://example.org/cb"), address -> globus.signIn(address, "demo"));
        GlobusApp confidential =
                GlobusApp.ofPerson(stage.door(), "secret", globus.data, AppStage.CONFIDENTIAL, secret, AppStage.GROUPS);
        assertThat(AppStage.header(confidential.authorizer(GROUPS))).startsWith("Bearer ");
        assertThat(confidential.identity()).contains(PlayedGlobus.DEMO);
    }

    private static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
