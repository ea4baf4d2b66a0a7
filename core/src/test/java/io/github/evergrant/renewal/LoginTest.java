package io.github.evergrant.renewal;

import static io.github.evergrant.renewal.Stage.GROUPS;
import static io.github.evergrant.renewal.Stage.TRANSFER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Logins that cross a renewal, another login or another account. */
final class LoginTest extends StagedTest {

    @BeforeEach
    void logIn() {
        stage.login(TRANSFER);
    }

    @Test
    void loginDuringRenewalIsKept() {
        stage.spend();
        CompletableFuture<String> renewal = stage.renewHeldBack(TRANSFER);
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
    void a_renewal_follows_the_facts_of_the_login_it_renews() {
        List<String> asked = new ArrayList<>();
        Surroundings around = new Surroundings(
                stage.clock,
                facts -> (current, deadline) -> {
                    asked.add(facts.get("provider") + " "
                            + current.refresh().map(Secret::reveal).orElse("none"));
                    return stage.provider.renew(current);
                },
                null,
                (facts, late) -> {});
        Renewal opened = new Renewal(stage.storage, "tour", around, stage.flights, response -> {});
        stage.records.keepLogin(
                stage.provider.login(TRANSFER),
                before -> new Admission.Admitted(Map.of("provider", "another"), Admission.Keep.NONE));
        stage.spend();
        opened.obtain(TRANSFER, Demand.GOOD_NOW);
        assertThat(asked).containsExactly("another refresh-6");
    }

    @Test
    void an_open_session_sends_nothing_of_another_account() {
        Surroundings around = new Surroundings(stage.clock, facts -> stage.provider, "ada", (facts, late) -> {});
        Renewal opened = new Renewal(stage.storage, "tour", around, stage.flights, response -> {});
        TokenData bobs = stage.provider.login(TRANSFER).first().withIdentityId("bob");
        stage.records.keepLogin(
                TokenResponse.of(stage.clock.instant(), bobs),
                before -> new Admission.Admitted(Map.of(), Admission.Keep.NONE));
        stage.spend();
        assertThatThrownBy(() -> opened.obtain(TRANSFER, Demand.GOOD_NOW))
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("other_account"));
        assertThat(stage.provider.asked).isEmpty();
    }
}
