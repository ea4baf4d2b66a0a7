package io.github.evergrant.renewal;

import static io.github.evergrant.renewal.Stage.TRANSFER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.token.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A provider that refuses, fails or does not answer: what callers get, and when it is asked again. */
final class TroubleTest extends StagedTest {

    @BeforeEach
    void logIn() {
        stage.login(TRANSFER);
    }

    @Test
    void trouble_on_the_way_hands_out_a_token_that_is_still_good_with_a_warning() {
        stage.clock.forward(Duration.ofMinutes(14).plusSeconds(30));
        stage.provider.next(current -> new Outcome.Unavailable("status 503", null));
        Obtained obtained = stage.renewal().obtain(TRANSFER, Demand.GOOD_NOW);
        assertThat(obtained.data().accessToken().reveal()).isEqualTo("access-2");
        assertThat(obtained.warning()).isInstanceOf(TemporarilyUnavailable.class);
    }

    @Test
    void trouble_on_the_way_with_a_token_that_has_ended_is_temporary_and_passes() {
        stage.spend();
        stage.provider.next(current -> new Outcome.Unavailable("status 503", null));
        assertThatThrownBy(() -> stage.renewal().obtain(TRANSFER, Stage.patient(Duration.ofMillis(10))))
                .isInstanceOf(TemporarilyUnavailable.class)
                .hasMessageContaining("503");
        // The cool-down, a second at most, is waited out; then the next try succeeds, without a login.
        assertThat(stage.accessToken(TRANSFER)).isNotEqualTo("access-2");
        assertThat(stage.provider.asked).hasSize(2);
    }

    @Test
    void a_cool_down_longer_than_patience_ends_at_once_and_names_the_time() {
        stage.spend();
        Instant later = stage.clock.instant().plusSeconds(120);
        stage.provider.next(current -> new Outcome.Unavailable("status 429", later));
        assertThatThrownBy(() -> stage.accessToken(TRANSFER)).isInstanceOf(TemporarilyUnavailable.class);
        assertThatThrownBy(() -> stage.accessToken(TRANSFER))
                .isInstanceOfSatisfying(
                        TemporarilyUnavailable.class,
                        e -> assertThat(e.retryAt()).contains(later));
        assertThat(stage.provider.asked).hasSize(1);
    }

    @Test
    void dropAfterIsRedrivenWithinOneSecond() {
        stage.provider.grace = true;
        stage.spend();
        stage.provider.next(current -> {
            stage.provider.renew(current);
            return new Outcome.Unanswered("the connection was closed");
        });
        long began = System.nanoTime();
        String renewed = stage.accessToken(TRANSFER);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
        assertThat(renewed).isEqualTo(stage.stored(TRANSFER)).isNotEqualTo("access-2");
        assertThat(stage.provider.asked).hasSize(2).containsOnly("refresh-3");
    }

    @Test
    void an_unanswered_renewal_stays_in_doubt_and_is_redriven_by_the_next_caller() {
        stage.provider.grace = true;
        stage.spend();
        stage.provider.next(current -> new Outcome.Unanswered("dropped"));
        stage.provider.next(current -> {
            stage.provider.renew(current);
            return new Outcome.Unanswered("dropped again");
        });
        assertThatThrownBy(() -> stage.accessToken(TRANSFER)).isInstanceOf(TemporarilyUnavailable.class);
        assertThat(stage.records.standing(stage.clock.instant()).orElseThrow().inDoubt())
                .isNotNull();
        assertThat(stage.accessToken(TRANSFER)).isEqualTo(stage.stored(TRANSFER));
        assertThat(stage.provider.asked).hasSize(3).containsOnly("refresh-3");
    }

    @Test
    void a_session_whose_client_is_gone_needs_a_login_and_is_asked_no_more() {
        stage.spend();
        stage.provider.next(current -> new Outcome.ClientGone());
        stage.provider.next(current -> new Outcome.ClientGone());
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> stage.accessToken(TRANSFER))
                    .isInstanceOfSatisfying(
                            LoginRequired.class, e -> assertThat(e.code()).isEqualTo("client_deleted"));
        }
        assertThat(stage.provider.asked).hasSize(2);
        assertThat(stage.records.standing(stage.clock.instant()).orElseThrow().dead())
                .containsEntry(TRANSFER, "client deleted");

        stage.login(TRANSFER);
        assertThat(stage.accessToken(TRANSFER)).isEqualTo(stage.stored(TRANSFER));
    }

    @Test
    void a_client_that_is_known_again_when_asked_once_more_was_not_gone() {
        stage.spend();
        stage.provider.next(current -> new Outcome.ClientGone());
        assertThat(stage.accessToken(TRANSFER)).isEqualTo(stage.stored(TRANSFER));
        assertThat(stage.provider.asked).hasSize(2);
    }

    @Test
    void a_refused_client_is_no_reason_to_end_the_session() {
        stage.spend();
        stage.provider.next(current -> new Outcome.Refused("invalid_client", "who?"));
        assertThatThrownBy(() -> stage.accessToken(TRANSFER))
                .isInstanceOf(ProviderRefused.class)
                .hasMessageContaining("invalid_client");
        stage.clock.forward(Duration.ofSeconds(31));
        assertThat(stage.accessToken(TRANSFER)).isEqualTo(stage.stored(TRANSFER));
    }

    @Test
    void a_refusal_of_a_token_that_works_once_is_believed_when_it_is_said_once() {
        stage.records.keepLogin(
                stage.provider.login(TRANSFER),
                before -> new Admission.Admitted(
                        Map.of("provider", "fake", SessionRecords.REFRESH_ENDS_WITH_USE, true), Admission.Keep.NONE));
        stage.spend();
        stage.provider.next(current -> new Outcome.Refused("invalid_grant", "spent"));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> stage.accessToken(TRANSFER))
                    .isInstanceOfSatisfying(
                            LoginRequired.class, e -> assertThat(e.code()).isEqualTo("refresh_token_refused"));
        }
        assertThat(stage.provider.asked).hasSize(1);
    }

    @Test
    void what_only_a_person_can_answer_waits_for_a_login_and_nobody_asks_again() {
        stage.spend();
        stage.provider.next(current -> new Outcome.Refused("interaction_required", "a code is wanted"));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> stage.accessToken(TRANSFER))
                    .isInstanceOfSatisfying(
                            LoginRequired.class, e -> assertThat(e.code()).isEqualTo("interaction_required"))
                    .hasMessageContaining("a code is wanted");
        }
        assertThat(stage.provider.asked).hasSize(1);

        stage.login(TRANSFER);
        assertThat(stage.accessToken(TRANSFER)).isEqualTo(stage.stored(TRANSFER));
    }

    @Test
    void scopeRefusalDoesNotRenewPerRequest() {
        Renewal renewal = stage.renewal();
        Obtained first = renewal.obtain(TRANSFER, Demand.insteadOf(Secret.of("access-2")));
        assertThatThrownBy(() ->
                        renewal.obtain(TRANSFER, Demand.insteadOf(first.data().accessToken())))
                .isInstanceOfSatisfying(
                        ProviderRefused.class, e -> assertThat(e.code()).isEqualTo("refused_again"));
        assertThat(stage.provider.asked).hasSize(1);
        stage.clock.forward(Duration.ofSeconds(61));
        renewal.obtain(TRANSFER, Demand.insteadOf(first.data().accessToken()));
        assertThat(stage.provider.asked).hasSize(2);
    }

    @Test
    void a_failure_of_the_future_is_of_a_clock_that_was_wrong() {
        stage.spend();
        stage.clock.forward(Duration.ofHours(1));
        stage.provider.next(current -> new Outcome.Unavailable("status 503", null));
        assertThatThrownBy(() -> stage.accessToken(TRANSFER)).isInstanceOf(TemporarilyUnavailable.class);
        stage.clock.forward(Duration.ofMinutes(-30));
        assertThat(stage.accessToken(TRANSFER)).isEqualTo(stage.stored(TRANSFER));
    }

    @Test
    void a_door_that_is_closed_sends_nothing_any_more() {
        stage.spend();
        Renewal renewal = stage.renewal(stage.provider, stage.flights);
        stage.flights.close(Duration.ZERO);
        assertThatThrownBy(() -> renewal.obtain(TRANSFER, Demand.GOOD_NOW))
                .isInstanceOfSatisfying(
                        TemporarilyUnavailable.class, e -> assertThat(e.code()).isEqualTo("closed"));
        assertThat(stage.provider.asked).isEmpty();
        assertThat(stage.journal().failure).isNull();
    }
}
