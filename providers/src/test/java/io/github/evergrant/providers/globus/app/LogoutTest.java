package io.github.evergrant.providers.globus.app;

import static io.github.evergrant.providers.globus.PlayedGlobus.AUTH;
import static io.github.evergrant.providers.globus.PlayedGlobus.GROUPS;
import static io.github.evergrant.providers.globus.PlayedGlobus.MY_GROUPS;
import static io.github.evergrant.providers.globus.PlayedGlobus.TRANSFER;
import static io.github.evergrant.providers.globus.PlayedGlobus.TRANSFER_ALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.login.LoginWay;
import io.github.evergrant.login.PasteLogin;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.oauth.Golden;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.providers.globus.Group;
import io.github.evergrant.providers.globus.PlayedGlobus;
import io.github.evergrant.providers.globus.auth.AuthorizationParameters;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How an app's session ends, and how it begins where another program left one. */
final class LogoutTest {

    private static PlayedGlobus globus;

    @TempDir
    private Path folder;

    private AppStage stage;

    @BeforeAll
    static void play() {
        globus = PlayedGlobus.ready();
    }

    @AfterAll
    static void end() {
        globus.close();
    }

    @BeforeEach
    void open() {
        stage = new AppStage(folder, globus);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    @DisplayName("79: a logout ends what is required and leaves the rest, a sweep ends all")
    void logout() {
        GlobusApp app = stage.app(AppStage.GROUPS);
        app.login(true, AuthorizationParameters.ofScopes(TRANSFER_ALL));
        TokenData groups = stage.stored(GROUPS);
        TokenData transfer = stage.stored(TRANSFER);

        assertThat(app.logout(false)).isEmpty();

        assertThat(stage.door().storage().read("app")).containsOnlyKeys(TRANSFER);
        assertThat(globus.isActive(groups.accessToken())).isFalse();
        assertThat(globus.isActive(groups.refresh().orElseThrow())).isFalse();
        assertThat(globus.isActive(transfer.accessToken())).isTrue();
        assertThat(globus.isActive(transfer.refresh().orElseThrow())).isTrue();
        assertThat(app.loginRequired()).isTrue();

        assertThat(app.logout(true)).isEmpty();

        assertThat(stage.door().sessions()).isEmpty();
        assertThat(globus.isActive(transfer.accessToken())).isFalse();
        assertThat(app.logout(true)).isEmpty();
    }

    @Test
    @DisplayName("79: where all that is stored is required, a logout is a sweep")
    void logoutOfAll() {
        GlobusApp app = stage.app(AppStage.GROUPS);
        app.login();

        assertThat(app.logout(false)).isEmpty();

        assertThat(stage.door().sessions()).isEmpty();
    }

    @Test
    @DisplayName("79, W27: what cannot be revoked is told together, and everything goes all the same")
    void failingRevocation() {
        GlobusApp app = stage.app(AppStage.GROUPS);
        app.login(true, AuthorizationParameters.ofScopes(TRANSFER_ALL));
        globus.fault("{\"dialect\":\"globus\",\"kind\":\"revoke\",\"times\":99,\"do\":\"status\",\"status\":500}");

        assertThat(app.logout(false))
                .hasSize(4)
                .allSatisfy(line -> assertThat(line).contains("500"));
        assertThat(stage.door().storage().read("app")).containsOnlyKeys(TRANSFER);
        assertThat(app.logout(true)).hasSize(2);
        assertThat(stage.door().sessions()).isEmpty();
    }

    @Test
    @DisplayName("80, W7: after a logout somebody else may log in to the same app")
    void somebodyElse() {
        GlobusApp app = stage.app(AppStage.GROUPS);
        assertThat(stage.groups(app)).extracting(Group::name).containsExactly("Demo Group");
        stage.who = "other";
        assertThatThrownBy(() -> app.login(true, AuthorizationParameters.NONE)).isInstanceOf(LoginFailed.class);

        app.logout(false);

        assertThat(app.identity()).isEmpty();
        assertThat(stage.groups(app)).extracting(Group::name).containsExactly("Other Group");
        assertThat(app.identity()).contains("66666666-7777-4888-8999-aaaaaaaaaaaa");
    }

    @Test
    void what_another_program_ended_is_a_login_that_is_needed() {
        GlobusApp app = stage.app(AppStage.GROUPS);
        stage.groups(app);

        stage.door().logout("app", false);

        assertThat(app.loginRequired()).isTrue();
        assertThat(stage.groups(app)).hasSize(1);
        assertThat(stage.shown).hasSize(2);
    }

    @Test
    @DisplayName("81, W21: two accounts in one session are told on use, and a logout clears them")
    void twoAccounts() {
        TokenData groups = legacy(GROUPS, MY_GROUPS).withIdentityId("one");
        TokenData transfer = legacy(TRANSFER, TRANSFER_ALL).withIdentityId("two");
        stage.door().storage().replace("app", Map.of(), Map.of(GROUPS, groups, TRANSFER, transfer));

        GlobusApp app = stage.app(AppStage.GROUPS);

        assertThat(app.loginRequired()).isTrue();
        for (Runnable use : List.<Runnable>of(() -> stage.groups(app), app::login)) {
            assertThatThrownBy(use::run).isInstanceOfSatisfying(LoginRequired.class, e -> {
                assertThat(e.code()).isEqualTo("other_account");
                assertThat(e.advice()).contains("log out");
            });
        }
        assertThat(stage.shown).isEmpty();
        assertThat(app.logout(false)).isEmpty();
        assertThat(globus.isActive(groups.accessToken())).isFalse();
        assertThat(globus.isActive(transfer.accessToken())).isFalse();
        assertThat(stage.groups(app)).hasSize(1);
        assertThat(stage.shown).hasSize(1);
    }

    @Test
    @DisplayName("82, W8: a session of another program that names no account is renewed and stored")
    void withoutIdentity() {
        stage.door()
                .storage()
                .replace("app", Map.of(), Map.of(AUTH, legacy(AUTH, "openid"), GROUPS, legacy(GROUPS, MY_GROUPS)));
        Secret before = stage.access(GROUPS);
        GlobusApp app = stage.app(AppStage.GROUPS);
        stage.waitForTheEnd();

        assertThat(stage.groups(app)).extracting(Group::name).containsExactly("Demo Group");

        assertThat(stage.shown).isEmpty();
        assertThat(stage.access(GROUPS)).isNotEqualTo(before);
        assertThat(stage.stored(GROUPS).refresh()).isPresent();
        stage.reopen();
        assertThat(stage.groups(stage.app(AppStage.GROUPS))).hasSize(1);
        assertThat(globus.requests("token.refresh")).isEqualTo(1);
    }

    @Test
    @DisplayName("82: a login to such a session adds to it, and fills in whose it is")
    void loginAdds() {
        stage.door().storage().replace("app", Map.of(), Map.of(TRANSFER, legacy(TRANSFER, TRANSFER_ALL)));

        GlobusApp app = stage.app(AppStage.GROUPS);
        assertThat(stage.groups(app)).hasSize(1);

        assertThat(stage.door().storage().read("app")).containsOnlyKeys(TRANSFER, AUTH, GROUPS);
        assertThat(app.identity()).contains(PlayedGlobus.DEMO);
    }

    @Test
    void a_session_is_adopted_once_more_after_another_program_wrote_to_an_ended_one() {
        GlobusApp app = stage.app(AppStage.GROUPS);
        app.login();
        app.logout(true);
        TokenData groups = legacy(GROUPS, MY_GROUPS);
        stage.door().storage().replace("app", Map.of(), Map.of(GROUPS, groups));

        assertThat(stage.groups(app)).hasSize(1);
        stage.waitForTheEnd();
        assertThat(stage.groups(app)).hasSize(1);

        assertThat(stage.shown).hasSize(1);
        assertThat(globus.requests("token.refresh")).isEqualTo(1);
    }

    @Test
    void a_session_whose_journal_is_damaged_can_be_ended() throws Exception {
        GlobusApp app = stage.app(AppStage.GROUPS);
        app.login();
        try (Stream<Path> journals = Files.list(folder.resolve("sessions.json.d"))) {
            for (Path journal :
                    journals.filter(it -> it.toString().endsWith(".journal")).toList()) {
                Files.writeString(journal, "junk");
            }
        }
        stage.reopen();
        GlobusApp again = stage.app(AppStage.GROUPS);

        assertThat(again.logout(false)).hasSize(1);

        assertThat(stage.door().sessions()).isEmpty();
        assertThat(stage.groups(again)).hasSize(1);
    }

    @Test
    @DisplayName("86: a session that is another client's, another environment's, or of another kind is not this app's")
    void notOurs() {
        stage.app(AppStage.GROUPS).login();
        GlobusApp other = GlobusApp.ofPerson(
                stage.door(), "app", globus.data, Client.open("another"), stage.person(), AppStage.GROUPS);
        GlobusApp real = GlobusApp.ofPerson(
                stage.door(),
                "app",
                globus.provider.describe(null, null),
                AppStage.PUBLIC,
                stage.person(),
                AppStage.GROUPS);
        GlobusApp preview = GlobusApp.ofPerson(
                stage.door(),
                "app",
                globus.provider.describe("preview", globus.base()),
                AppStage.PUBLIC,
                stage.person(),
                AppStage.GROUPS);
        refused("other_client", other);
        refused("other_provider", real);
        refused("other_provider", preview);
        stage.machine(AppStage.GROUPS).authorizer(GROUPS).header();
        LoginWay pasting = PasteLogin.asking(URI.create("https://example.org/cb"), address -> null);
        GlobusApp person = GlobusApp.ofPerson(
                stage.door(), "machine", globus.data, AppStage.CONFIDENTIAL, pasting, AppStage.GROUPS);
        refused("other_kind", person);
        assertThat(stage.shown).hasSize(1);
    }

    private void refused(String code, GlobusApp app) {
        for (Runnable use : List.<Runnable>of(
                () -> app.authorizer(GROUPS).header(),
                app::loginRequired,
                () -> app.login(true, AuthorizationParameters.NONE),
                () -> app.logout(true))) {
            assertThatThrownBy(use::run)
                    .isInstanceOfSatisfying(
                            InvalidInput.class, e -> assertThat(e.code()).isEqualTo(code));
        }
    }

    /** A live token of demo as another program stores it: without an account. */
    private static TokenData legacy(String resourceServer, String scope) {
        Golden reply = new Golden(read(globus.granted("demo", scope)));
        return new TokenData(
                resourceServer,
                Secret.of(reply.at("access_token").text()),
                Secret.of(reply.at("refresh_token").text()),
                "Bearer",
                Scopes.of(scope),
                Expiry.at(Instant.now().plusSeconds(900)),
                null,
                Map.of());
    }

    private static Object read(String json) {
        try {
            return HostileJson.read(json).object();
        } catch (HostileJson.Malformed e) {
            throw new AssertionError(e);
        }
    }
}
