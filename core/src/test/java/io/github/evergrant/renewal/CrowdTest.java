package io.github.evergrant.renewal;

import static io.github.evergrant.renewal.Stage.GROUPS;
import static io.github.evergrant.renewal.Stage.TRANSFER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.token.Secret;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many callers on one session: the provider is asked once, whatever becomes of any of them. */
final class CrowdTest extends StagedTest {

    @BeforeEach
    void logIn() {
        stage.login(TRANSFER);
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
