package io.github.evergrant.renewal;

import static io.github.evergrant.renewal.Stage.TRANSFER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One caller and one provider: when it is asked, and what is handed out and stored. */
final class RenewalTest extends StagedTest {

    @BeforeEach
    void logIn() {
        stage.login(TRANSFER);
    }

    @Test
    void a_fresh_token_is_served_without_asking() {
        assertThat(stage.accessToken(TRANSFER)).isEqualTo("access-2");
        assertThat(stage.provider.asked).isEmpty();
    }

    @Test
    void a_spent_token_is_renewed_once_and_its_successor_stored() {
        stage.spend();
        String renewed = stage.accessToken(TRANSFER);
        assertThat(renewed).isNotEqualTo("access-2").isEqualTo(stage.stored(TRANSFER));
        assertThat(stage.accessToken(TRANSFER)).isEqualTo(renewed);
        assertThat(stage.provider.asked).hasSize(1);
        assertThat(stage.journal().intent).isNull();
        assertThat(stage.journal().answer).isNull();
    }

    @Test
    void a_token_that_is_not_the_stored_one_any_more_is_not_renewed_for_a_refusal() {
        assertThat(stage.renewal()
                        .obtain(TRANSFER, Demand.insteadOf(Secret.of("from long ago")))
                        .data()
                        .accessToken()
                        .reveal())
                .isEqualTo("access-2");
        assertThat(stage.provider.asked).isEmpty();
    }

    @Test
    void minValidAboveLifetimeOneRequest() {
        stage.clock.forward(Duration.ofMinutes(14));
        Demand far = Demand.validFor(Duration.ofHours(5));
        String renewed =
                stage.renewal().obtain(TRANSFER, far).data().accessToken().reveal();
        assertThat(renewed).isNotEqualTo("access-2");
        assertThat(stage.renewal().obtain(TRANSFER, far).data().accessToken().reveal())
                .isEqualTo(renewed);
        assertThat(stage.provider.asked).hasSize(1);
    }

    @Test
    void sameAccessTokenNewRefreshTokenIsSaved() {
        Renewal renewal = stage.renewal();
        stage.provider.next(current -> new Outcome.Granted(
                TokenResponse.of(stage.clock.instant(), current.withRefreshToken(Secret.of("refresh-new")))));
        assertThatThrownBy(() -> renewal.obtain(TRANSFER, Demand.insteadOf(Secret.of("access-2"))))
                .isInstanceOfSatisfying(
                        ProviderRefused.class, e -> assertThat(e.code()).isEqualTo("same_token_again"));
        assertThat(stage.storage.read("tour", TRANSFER).orElseThrow().refreshToken())
                .isEqualTo(Secret.of("refresh-new"));
    }

    @Test
    void the_same_access_token_again_does_not_age() {
        stage.clock.forward(Duration.ofMinutes(13).plusSeconds(45));
        stage.provider.next(current -> {
            TokenData same = current.withRefreshToken(Secret.of("refresh-new"));
            return new Outcome.Granted(TokenResponse.of(stage.clock.instant().minusSeconds(600), same));
        });
        Obtained obtained = stage.renewal().obtain(TRANSFER, Demand.SUCCESSOR);
        assertThat(obtained.freshness()).isEqualTo(Freshness.FRESH);
    }

    @Test
    @DisplayName("56, W1: a reply without a refresh token keeps the old one")
    void a_reply_without_a_refresh_token_keeps_the_old_one() {
        stage.spend();
        stage.provider.next(current -> new Outcome.Granted(TokenResponse.of(
                stage.clock.instant(), TokenData.bearer(TRANSFER, Secret.of("bare"), Expiry.never()))));
        assertThat(stage.accessToken(TRANSFER)).isEqualTo("bare");
        assertThat(stage.storage.read("tour", TRANSFER).orElseThrow().refreshToken())
                .isEqualTo(Secret.of("refresh-3"));
    }

    @Test
    void listenerMayCallToken() {
        stage.spend();
        List<String> fromListener = new ArrayList<>();
        Renewal[] self = new Renewal[1];
        Surroundings around = new Surroundings(stage.clock, facts -> stage.provider, null, (facts, late) -> {});
        self[0] = new Renewal(
                stage.storage,
                "tour",
                around,
                stage.flights,
                response -> fromListener.add(self[0].obtain(TRANSFER, Demand.GOOD_NOW)
                        .data()
                        .accessToken()
                        .reveal()));
        self[0].obtain(TRANSFER, Demand.GOOD_NOW);
        assertThat(stage.flights.close(Duration.ofSeconds(10))).isTrue();
        assertThat(fromListener).containsExactly(stage.stored(TRANSFER));
    }

    @Test
    void a_fresh_token_is_served_while_a_renewal_is_under_way() {
        stage.provider.closeGate();
        Renewal renewal = stage.renewal(stage.provider, stage.flights);
        Thread slow = new Thread(() -> renewal.obtain(TRANSFER, Demand.SUCCESSOR));
        slow.start();
        stage.provider.arrived.acquireUninterruptibly();
        assertThat(renewal.obtain(TRANSFER, Demand.GOOD_NOW)
                        .data()
                        .accessToken()
                        .reveal())
                .isEqualTo("access-2");
        assertThat(stage.accessToken(TRANSFER)).isEqualTo("access-2");
        stage.provider.openGate();
        assertThat(stage.flights.close(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void an_aging_token_is_renewed_ahead_once_and_served_meanwhile() {
        stage.clock.forward(Duration.ofMinutes(13).plusSeconds(40));
        Renewal renewal = stage.renewal(stage.provider, stage.flights);
        Obtained aging = renewal.obtain(TRANSFER, Demand.GOOD_NOW);
        assertThat(aging.freshness()).isEqualTo(Freshness.AGING);
        assertThat(aging.data().accessToken().reveal()).isEqualTo("access-2");
        renewal.ahead(TRANSFER);
        renewal.ahead(TRANSFER);
        // A flight that has sent nothing when its door closes stays on the ground.
        stage.provider.arrived.acquireUninterruptibly();
        assertThat(stage.flights.close(Duration.ofSeconds(10))).isTrue();
        assertThat(stage.stored(TRANSFER)).isNotEqualTo("access-2");
        assertThat(stage.provider.asked).hasSize(1);
    }

    @Test
    @DisplayName("W34: a life counts from when the request was first sent")
    void a_redriven_answer_lives_from_the_first_sending() {
        stage.spend();
        stage.provider.grace = true;
        Instant first = stage.clock.instant();
        stage.provider.next(current -> {
            stage.provider.renew(current);
            return new Outcome.Unanswered("dropped");
        });
        Obtained obtained = stage.renewal().obtain(TRANSFER, Demand.GOOD_NOW);
        assertThat(obtained.data().expiry().end().orElseThrow())
                .isBeforeOrEqualTo(first.plus(stage.provider.lifetime).plusMillis(500));
    }

    @Test
    void the_same_pair_with_another_end_is_remembered() {
        for (int i = 0; i < 3; i++) {
            stage.spend();
            stage.provider.next(current -> new Outcome.Granted(TokenResponse.of(
                    stage.clock.instant(),
                    current.withExpiry(Expiry.at(stage.clock.instant().plusSeconds(900))))));
            Renewal renewal = stage.renewal();
            assertThat(renewal.obtain(TRANSFER, Demand.GOOD_NOW).warning()).isNull();
            renewal.obtain(TRANSFER, Demand.GOOD_NOW);
            renewal.obtain(TRANSFER, Demand.GOOD_NOW);
        }
        assertThat(stage.provider.asked).hasSize(3);
    }
}
