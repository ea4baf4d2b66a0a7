package io.github.evergrant.renewal;

import static io.github.evergrant.renewal.Stage.GROUPS;
import static io.github.evergrant.renewal.Stage.TRANSFER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.token.TokenData;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logins, logouts and new names that cross a renewal. */
final class LoginAndLogoutTest {

    private Stage stage;

    @BeforeEach
    void logIn(@TempDir Path folder) {
        stage = new Stage(folder);
        stage.login(TRANSFER);
    }

    @Test
    void loginDuringRenewalIsKept() {
        stage.spend();
        CompletableFuture<String> renewal = renewHeldBack();
        stage.login(TRANSFER);
        String fresh = stage.stored(TRANSFER);
        stage.provider.openGate();
        assertThat(renewal.join()).isEqualTo(fresh);
        assertThat(stage.stored(TRANSFER)).isEqualTo(fresh);
        assertThat(stage.accessToken(TRANSFER)).isEqualTo(fresh);
    }

    @Test
    void renewalDuringLoginDoesNotOverwriteIt() {
        logInBetweenAnswerAndSave();
    }

    private void logInBetweenAnswerAndSave() {
        stage.spend();
        stage.provider.next(current -> {
            Outcome outcome = stage.provider.renew(current);
            stage.login(TRANSFER); // It comes between the answer and its save.
            return outcome;
        });
        String got = stage.accessToken(TRANSFER);
        assertThat(got).isEqualTo(stage.stored(TRANSFER));
        assertThat(stage.journal().history).hasSize(1);
    }

    @Test
    void historyNeverCrossesALogin() {
        logInBetweenAnswerAndSave();
        stage.spend();
        stage.provider.next(current -> new Outcome.Refused("invalid_grant", ""));
        stage.provider.next(current -> new Outcome.Refused("invalid_grant", ""));
        assertThatThrownBy(() -> stage.accessToken(TRANSFER)).isInstanceOf(LoginRequired.class);
        // The loser's refresh token is in the history, and descends from the login before: it is not tried.
        assertThat(stage.provider.asked).hasSize(3);
    }

    @Test
    void a_login_is_refused_for_what_it_finds_at_the_moment_of_saving() {
        assertThatThrownBy(() -> stage.records.keepLogin(stage.provider.login(TRANSFER), before -> {
                    assertThat(before).isPresent();
                    throw new LoginFailed(Problem.of("other_account", "somebody else's"));
                }))
                .isInstanceOf(LoginFailed.class);
        assertThat(stage.stored(TRANSFER)).isEqualTo("access-2");
    }

    @Test
    void a_login_without_the_other_resource_servers_keeps_or_drops_them_as_told() {
        stage.login(GROUPS);
        assertThat(stage.storage.read("tour")).containsOnlyKeys(TRANSFER, GROUPS);
        stage.records.keepLogin(
                stage.provider.login(GROUPS), before -> new Admission.Admitted(Map.of(), Admission.Keep.NONE));
        assertThat(stage.storage.read("tour")).containsOnlyKeys(GROUPS);
        assertThatThrownBy(() -> stage.accessToken(TRANSFER)).isInstanceOf(LoginRequired.class);
    }

    @Test
    void logoutWhileRenewing() {
        stage.spend();
        CompletableFuture<String> renewal = renewHeldBack();
        List<String> revoked = new ArrayList<>();
        CompletableFuture<Void> logout = CompletableFuture.runAsync(() -> stage.renewal()
                .end((facts, tokens) -> tokens.forEach(data -> revoked.add(access(data))), Duration.ofSeconds(20)));
        stage.provider.openGate();
        logout.join();
        String renewed = renewal.join();
        assertThat(revoked).contains(renewed);
        assertThat(stage.storage.read("tour")).isEmpty();
        assertThatThrownBy(() -> stage.accessToken(TRANSFER))
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("logged_out"));
    }

    @Test
    void an_answer_that_comes_after_the_logout_is_handed_over_for_revocation_and_not_kept() {
        stage.spend();
        CompletableFuture<String> renewal = renewHeldBack();
        stage.renewal()
                .end((facts, tokens) -> {}, Duration.ZERO); // The renewal holds the lease: out of patience at once.
        stage.provider.openGate();
        assertThatThrownBy(renewal::join).hasCauseInstanceOf(LoginRequired.class);
        assertThat(stage.late).hasSize(1);
        assertThat(stage.storage.read("tour")).isEmpty();
    }

    @Test
    void logoutAfterCrashedSend() {
        stage.provider.grace = true;
        stage.spend();
        stage.provider.next(current -> new Outcome.Unanswered("dropped"));
        stage.provider.next(current -> {
            stage.provider.renew(current);
            return new Outcome.Unanswered("dropped after the work");
        });
        assertThatThrownBy(() -> stage.accessToken(TRANSFER)).isInstanceOf(EvergrantException.class);
        List<String> revoked = new ArrayList<>();
        stage.renewal()
                .end((facts, tokens) -> tokens.forEach(data -> revoked.add(access(data))), Duration.ofSeconds(5));
        // The lost answer was asked for again, so that its tokens could be revoked.
        assertThat(revoked).containsExactly("access-" + (stage.provider.issued - 1));
    }

    @Test
    void a_login_after_a_logout_starts_anew() {
        stage.renewal().end((facts, tokens) -> {}, Duration.ofSeconds(5));
        stage.login(TRANSFER);
        assertThat(stage.accessToken(TRANSFER)).isEqualTo(stage.stored(TRANSFER));
    }

    @Test
    void renameWhileRenewing() {
        stage.spend();
        CompletableFuture<String> renewal = renewHeldBack();
        CompletableFuture<Void> rename = CompletableFuture.runAsync(() ->
                new Renaming(stage.storage, Duration.ofSeconds(20)).rename("tour", "journey", stage.clock.instant()));
        stage.provider.openGate();
        rename.join();
        assertThat(stage.storage
                        .read("journey", TRANSFER)
                        .orElseThrow()
                        .accessToken()
                        .reveal())
                .isEqualTo(renewal.join());
        assertThatThrownBy(() -> stage.accessToken(TRANSFER))
                .isInstanceOfSatisfying(LoginRequired.class, e -> assertThat(e).hasMessageContaining("journey"));
    }

    @Test
    void a_name_that_is_taken_is_not_given_twice() {
        new SessionRecords(stage.storage, "other")
                .keepLogin(
                        stage.provider.login(TRANSFER),
                        before -> new Admission.Admitted(Map.of(), Admission.Keep.OTHERS));
        Renaming renaming = new Renaming(stage.storage, Duration.ofSeconds(5));
        assertThatThrownBy(() -> renaming.rename("tour", "other", stage.clock.instant()))
                .isInstanceOf(InvalidInput.class);
        assertThat(stage.storage.namespaces()).containsExactlyInAnyOrder("tour", "other");
    }

    private CompletableFuture<String> renewHeldBack() {
        stage.provider.closeGate();
        CompletableFuture<String> renewal = CompletableFuture.supplyAsync(() -> stage.accessToken(TRANSFER));
        stage.provider.arrived.acquireUninterruptibly();
        return renewal;
    }

    private static String access(TokenData data) {
        return data.accessToken().reveal();
    }
}
