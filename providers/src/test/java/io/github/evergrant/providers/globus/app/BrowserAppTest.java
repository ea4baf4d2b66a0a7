package io.github.evergrant.providers.globus.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.login.BrowserFirst;
import io.github.evergrant.login.LoginWay;
import io.github.evergrant.login.browser.BrowserChoice;
import io.github.evergrant.login.loopback.LoopbackAddress;
import io.github.evergrant.providers.globus.Group;
import io.github.evergrant.providers.globus.PlayedGlobus;
import io.github.evergrant.providers.globus.auth.AuthorizationParameters;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.testing.FailingStorage;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** An app that people log in to with a browser, which is told what became of the login. */
final class BrowserAppTest extends AppCase {

    private CompletableFuture<String> page = new CompletableFuture<>();

    @Test
    void the_page_says_who_signed_in_after_the_session_is_saved() {
        GlobusApp app = app(stage.door());

        assertThat(stage.groups(app)).extracting(Group::name).containsExactly("Demo Group");

        assertThat(page.join())
                .contains("Signed in to Globus as demo@example.org. Session app is saved. You can close this tab.");
        assertThat(stage.door().sessions()).containsExactly("app");
    }

    @Test
    void somebody_else_is_told_that_it_is_not_their_session_and_nothing_of_their_login_stays() {
        GlobusApp app = app(stage.door());
        app.login();
        Secret ours = stage.access(PlayedGlobus.GROUPS);
        page = new CompletableFuture<>();
        stage.who = "other";

        assertThatThrownBy(() -> app.login(true, AuthorizationParameters.NONE))
                .isInstanceOfSatisfying(
                        LoginFailed.class, e -> assertThat(e.code()).isEqualTo("other_account"));

        assertThat(page.join())
                .contains("<title>Another account signed in</title>", "other@example.org logged in; nothing was saved.")
                .doesNotContain("You can close this tab", "Signed in to");
        assertThat(stage.access(PlayedGlobus.GROUPS)).isEqualTo(ours);
        assertThat(globus.requests("revoke")).isEqualTo(4);
    }

    @Test
    void a_login_that_could_not_be_saved_is_no_success_and_is_not_left_alive() {
        FailingStorage storage = new FailingStorage(TokenStorages.open("memory:"));
        try (Evergrant door = Evergrant.open(storage, EvergrantSettings.defaults())) {
            GlobusApp app = app(door);
            storage.fail(0, 1);

            assertThatThrownBy(app::login).isInstanceOf(StorageFailure.class);

            assertThat(page.join()).contains("nothing was written").doesNotContain("You can close this tab");
            assertThat(globus.requests("revoke")).isEqualTo(4);
        }
    }

    @Test
    void a_login_that_is_in_the_journal_and_not_yet_in_the_store_stays_alive() {
        FailingStorage storage = new FailingStorage(TokenStorages.open("memory:"));
        try (Evergrant door = Evergrant.open(storage, EvergrantSettings.defaults())) {
            GlobusApp app = app(door);
            storage.fail(1, 1_000);

            assertThatThrownBy(app::login).isInstanceOf(StorageFailure.class);

            assertThat(page.join()).doesNotContain("You can close this tab");
            assertThat(globus.requests("revoke")).isZero();
            storage.fail(0, 0);
            assertThat(stage.groups(app)).hasSize(1);
            assertThat(stage.shown).hasSize(1);
        }
    }

    private GlobusApp app(Evergrant door) {
        LoginWay way = new BrowserFirst(
                new BrowserChoice.Print(),
                LoopbackAddress.free(),
                Duration.ofMinutes(2),
                address -> {
                    stage.shown.add(address);
                    // Not in the common pool, which may have one thread only: replies to others arrive by it, too.
                    page.completeAsync(() -> browse(address), browser -> new Thread(browser, "browser").start());
                },
                (request, wire, keeper) -> {
                    throw new AssertionError("a browser can come back");
                });
        return GlobusApp.ofPerson(door, "app", globus.data, AppStage.PUBLIC, way, AppStage.GROUPS);
    }

    /** What the person sees in the end. */
    private String browse(URI address) {
        URI callback = URI.create(globus.signIn(address, stage.who));
        URI result = callback.resolve(
                globus.send(HttpCall.get(callback)).header("Location").orElseThrow());
        return Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> globus.send(HttpCall.get(result)).text(), text -> !text.contains("Finishing the sign-in"));
    }
}
