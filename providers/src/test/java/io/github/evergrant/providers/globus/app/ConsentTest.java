package io.github.evergrant.providers.globus.app;

import static io.github.evergrant.providers.globus.PlayedGlobus.TRANSFER;
import static io.github.evergrant.providers.globus.PlayedGlobus.TRANSFER_ALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginWay;
import io.github.evergrant.providers.globus.auth.AuthorizationParameters;
import io.github.evergrant.providers.globus.scope.GlobusScopes;
import io.github.evergrant.providers.globus.service.GlobusService;
import io.github.evergrant.providers.globus.transfer.FileEntry;
import io.github.evergrant.providers.globus.transfer.ListingOptions;
import io.github.evergrant.providers.globus.transfer.TransferClient;
import io.github.evergrant.sandbox.globus.transfer.TutorialCollections;
import io.github.evergrant.token.Scopes;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Scopes that depend on others: no token says whether those were allowed. */
final class ConsentTest extends AppCase {

    private static final String DATA =
            "https://auth.globus.org/scopes/6c54cade-bde5-45c1-bdea-f4bd71dba2cc/data_access";
    private static final String MORE =
            "https://auth.globus.org/scopes/7c54cade-bde5-45c1-bdea-f4bd71dba2cc/data_access";
    private static final String DEEP = TRANSFER_ALL + "[" + DATA + " " + MORE + "]";

    @Test
    @DisplayName("77: with the consent given, it is looked for once in a process, and nobody logs in")
    void given() {
        AppSettings settings = AppSettings.defaults().requiring(TRANSFER, DEEP);
        GlobusApp first = stage.app(settings);
        first.authorizer(TRANSFER).header();
        assertThat(stage.asked().get("scope")).contains(DEEP);
        assertThat(globus.requests("consents")).isEqualTo(1);
        stage.reopen();

        GlobusApp app = stage.app(settings);
        app.authorizer(TRANSFER).header();
        app.authorizer(TRANSFER).header();
        app.require(TRANSFER, GlobusScopes.parse(TRANSFER_ALL + "[" + DATA + "]"));
        app.authorizer(TRANSFER).header();

        assertThat(app.loginRequired()).isFalse();
        assertThat(globus.requests("consents")).isEqualTo(2);
        assertThat(stage.shown).hasSize(1);
    }

    @Test
    @DisplayName("77: without the consent there is one login, which asks for it")
    void asked() {
        stage.app(AppSettings.defaults().requiring(TRANSFER, TRANSFER_ALL)).login();

        GlobusApp app = stage.app(AppSettings.defaults().requiring(TRANSFER, DEEP));
        assertThat(app.loginRequired()).isTrue();
        assertThat(AppStage.header(app.authorizer(TRANSFER))).startsWith("Bearer ");

        assertThat(stage.shown).hasSize(2);
        assertThat(app.loginRequired()).isFalse();
    }

    @Test
    @DisplayName("77: if it is missing after that login, the caller is told")
    void stillMissing() {
        LoginWay deaf = (request, wire, keeper) -> stage.person()
                .login(
                        new LoginRequest(
                                request.provider(),
                                request.client(),
                                Scopes.of("openid", TRANSFER_ALL),
                                request.pkce(),
                                request.parameters()),
                        wire,
                        keeper);
        GlobusApp app = GlobusApp.ofPerson(
                stage.door(),
                "app",
                globus.data,
                AppStage.PUBLIC,
                deaf,
                AppSettings.defaults().requiring(TRANSFER, DEEP));

        assertThatThrownBy(() -> app.authorizer(TRANSFER).header())
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("unmet_consents"))
                .hasMessageContaining("data_access");

        assertThat(stage.shown).hasSize(1);
    }

    @Test
    @DisplayName("77: without dependencies nobody looks for consents")
    void noDependencies() {
        GlobusApp app = stage.app(AppSettings.defaults().requiring(TRANSFER, TRANSFER_ALL));

        app.authorizer(TRANSFER).header();

        assertThat(globus.requests("consents")).isZero();
    }

    @Test
    @DisplayName("W31: an optional dependency is asked for at a login, and makes none")
    void optional() {
        GlobusApp app = stage.app(AppSettings.defaults().requiring(TRANSFER, TRANSFER_ALL));
        app.authorizer(TRANSFER).header();

        app.require(TRANSFER, GlobusScopes.parse(TRANSFER_ALL + "[*" + DATA + "]"));
        app.authorizer(TRANSFER).header();

        assertThat(stage.shown).hasSize(1);
        assertThat(globus.requests("consents")).isZero();
        app.login(true, AuthorizationParameters.NONE);
        assertThat(stage.asked().get("scope")).contains(TRANSFER_ALL + "[*" + DATA + "]");
    }

    @Test
    void a_mapped_collection_opens_to_whoever_asked_for_its_data_at_their_login() {
        GlobusApp app = stage.app(AppSettings.defaults());
        TransferClient transfer = new TransferClient(app.client(GlobusService.TRANSFER));
        app.require(TRANSFER, List.of(GlobusScopes.dataAccess(TutorialCollections.MAPPED)));

        assertThat(transfer.ls(TutorialCollections.MAPPED, ListingOptions.ALL).entries())
                .extracting(FileEntry::name)
                .containsExactly("mapped.txt");

        assertThat(stage.shown).hasSize(1);
    }

    @Test
    void a_mapped_collection_that_nobody_thought_of_says_what_to_ask_for_and_opens_after_that_login() {
        GlobusApp app = stage.app(AppSettings.defaults().withRedrive(true));
        TransferClient transfer = new TransferClient(app.client(GlobusService.TRANSFER));
        app.login();

        assertThat(transfer.ls(TutorialCollections.MAPPED, ListingOptions.ALL).entries())
                .hasSize(1);

        assertThat(stage.shown).hasSize(2);
        assertThat(stage.asked().get("scope"))
                .contains("[*https://auth.globus.org/scopes/" + TutorialCollections.MAPPED);
        assertThat(globus.requests("transfer.ls")).isEqualTo(2);
    }

    @Test
    @DisplayName("W31: a consent that was taken back since is asked for again")
    void takenBack() {
        AppSettings settings = AppSettings.defaults().requiring(TRANSFER, DEEP);
        stage.app(settings).authorizer(TRANSFER).header();
        globus.answer(
                "consents",
                200,
                "{\"consents\":[{\"id\":1,\"scope_name\":\"" + TRANSFER_ALL + "\",\"dependency_path\":[1],"
                        + "\"status\":\"approved\"},{\"id\":2,\"scope_name\":\"" + DATA
                        + "\",\"dependency_path\":[1,2],\"status\":\"approved\"},{\"id\":3,\"scope_name\":\"" + MORE
                        + "\",\"dependency_path\":[1,3],\"status\":\"revoked\"}]}");

        assertThat(stage.app(settings).loginRequired()).isTrue();
        // Globus shows it again, as after a new consent.
        assertThat(stage.app(settings).loginRequired()).isFalse();
    }
}
