package io.github.evergrant.renewal;

import static io.github.evergrant.renewal.Stage.GROUPS;
import static io.github.evergrant.renewal.Stage.TRANSFER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One session, one provider: who asks, how often, and what everybody gets. */
final class RenewalTest {

    private Stage stage;

    @BeforeEach
    void logIn(@TempDir Path folder) {
        stage = new Stage(folder);
        stage.login(TRANSFER);
    }

    @AfterEach
    void land() {
        stage.close();
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
    void a_thousand_threads_on_a_spent_token_ask_once() throws Exception {
        stage.spend();
        Renewal renewal = stage.renewal();
        stage.provider.closeGate();
        List<Future<String>> all = everybody(
                1000,
                () -> renewal.obtain(TRANSFER, Demand.GOOD_NOW)
                        .data()
                        .accessToken()
                        .reveal(),
                () -> {
                    stage.provider.arrived.acquireUninterruptibly();
                    stage.provider.openGate();
                });
        for (Future<String> one : all) {
            assertThat(one.get()).isEqualTo(stage.stored(TRANSFER));
        }
        assertThat(stage.provider.asked).hasSize(1);
    }

    @Test
    void many_doors_to_one_store_ask_once() throws Exception {
        stage.spend();
        List<Future<String>> all = everybody(20, () -> stage.accessToken(TRANSFER), () -> {});
        for (Future<String> one : all) {
            assertThat(one.get()).isEqualTo(stage.stored(TRANSFER));
        }
        assertThat(stage.provider.asked).hasSize(1);
    }

    @Test
    void a_thousand_callers_with_one_refused_token_ask_once() throws Exception {
        Renewal renewal = stage.renewal();
        Demand instead = Demand.insteadOf(Secret.of("access-2"));
        List<Future<String>> all = everybody(
                1000,
                () -> renewal.obtain(TRANSFER, instead).data().accessToken().reveal(),
                () -> {});
        for (Future<String> one : all) {
            assertThat(one.get()).isEqualTo(stage.stored(TRANSFER)).isNotEqualTo("access-2");
        }
        assertThat(stage.provider.asked).hasSize(1);
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
    void sharedRefreshTokenOneFlight() throws Exception {
        stage.keep(stage.provider.loginSharing(TRANSFER, GROUPS));
        stage.spend();
        Renewal renewal = stage.renewal();
        List<Future<String>> all = everybody(
                2,
                numbered(i -> renewal.obtain(i == 0 ? TRANSFER : GROUPS, Demand.GOOD_NOW)
                        .data()
                        .accessToken()
                        .reveal()),
                () -> {});
        assertThat(List.of(all.get(0).get(), all.get(1).get()))
                .containsExactlyInAnyOrder(stage.stored(TRANSFER), stage.stored(GROUPS));
        assertThat(stage.provider.reuses).isZero();
        // The successor of the shared refresh token is in both records.
        assertThat(stage.provider.asked).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void tokenOfOneSecondServesAllWaiters() throws Exception {
        stage.spend();
        stage.provider.lifetime = Duration.ofSeconds(1);
        List<Future<String>> all = everybody(30, () -> stage.accessToken(TRANSFER), () -> {});
        List<String> got = new ArrayList<>();
        for (Future<String> one : all) {
            got.add(one.get());
        }
        assertThat(got).containsOnly(stage.stored(TRANSFER));
        assertThat(stage.provider.asked).hasSize(1);
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
    void deadSessionIsAskedOnce() throws Exception {
        stage.spend();
        stage.provider.next(current -> new Outcome.Refused("invalid_grant", "gone"));
        stage.provider.next(current -> new Outcome.Refused("invalid_grant", "gone"));
        List<Future<EvergrantException>> all =
                everybody(20, () -> failure(() -> stage.accessToken(TRANSFER)), () -> {});
        for (Future<EvergrantException> one : all) {
            assertThat(one.get()).isInstanceOf(LoginRequired.class).hasMessageContaining("gone");
        }
        assertThat(stage.provider.asked).hasSize(2);
        assertThat(stage.stored(TRANSFER)).isEqualTo("access-2");
        // A mark is void for any other pair.
        stage.login(TRANSFER);
        assertThat(stage.accessToken(TRANSFER)).isEqualTo(stage.stored(TRANSFER));
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
    void interruptedLeaderDoesNotAbortExchange() throws Exception {
        stage.spend();
        stage.provider.closeGate();
        Renewal renewal = stage.renewal(stage.provider, stage.flights);
        Throwable[] seen = new Throwable[1];
        Thread leader = new Thread(() -> {
            try {
                renewal.obtain(TRANSFER, Demand.GOOD_NOW);
            } catch (EvergrantException e) {
                seen[0] = Thread.currentThread().isInterrupted() ? e : new AssertionError("flag lost");
            }
        });
        leader.start();
        stage.provider.arrived.acquireUninterruptibly();
        leader.interrupt();
        leader.join();
        assertThat(seen[0]).isInstanceOf(TemporarilyUnavailable.class);
        stage.provider.openGate();
        assertThat(stage.flights.close(Duration.ofSeconds(10))).isTrue();
        assertThat(stage.accessToken(TRANSFER))
                .isEqualTo(stage.stored(TRANSFER))
                .isNotEqualTo("access-2");
        assertThat(stage.provider.asked).hasSize(1);
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

    @Test
    void an_old_intent_of_a_dead_process_does_not_make_its_heir_a_stopped_holder() throws Exception {
        stage.spend();
        JournalState state = stage.journal();
        Head head = Objects.requireNonNull(state.heads.get(TRANSFER));
        Instant longAgo = stage.clock.instant().minusSeconds(100);
        state.intent = new Intent(
                "dead", TRANSFER, head.fingerprint().hex(), longAgo, longAgo.plusSeconds(20), "here", "1", false);
        stage.storage.journal("tour").write(JournalCodec.write(state));
        List<Future<String>> all = everybody(20, () -> stage.accessToken(TRANSFER), () -> {});
        for (Future<String> one : all) {
            assertThat(one.get()).isEqualTo(stage.stored(TRANSFER));
        }
        assertThat(stage.provider.asked).hasSize(1);
    }

    static EvergrantException failure(Runnable what) {
        try {
            what.run();
        } catch (EvergrantException e) {
            return e;
        }
        throw new AssertionError("it did not fail");
    }

    interface Numbered<T> {
        T call(int i);
    }

    private static <T> Callable<T> numbered(Numbered<T> work) {
        AtomicInteger next = new AtomicInteger();
        return () -> work.call(next.getAndIncrement());
    }

    /** Starts all at once, lets something happen meanwhile, and waits for all. */
    static <T> List<Future<T>> everybody(int count, Callable<T> work, Runnable meanwhile) throws Exception {
        CyclicBarrier start = new CyclicBarrier(count);
        ExecutorService threads = Executors.newFixedThreadPool(count);
        List<Future<T>> all = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                all.add(threads.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            meanwhile.run();
            for (Future<T> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        return all;
    }
}
