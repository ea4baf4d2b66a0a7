package io.github.evergrant.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.storage.TokenStorages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions with a provider on whose way everything goes wrong that can. */
@Tag("counted")
final class FaultLoopTest {

    private static final Duration GRACE = Duration.ofSeconds(10);

    /** Of each of the two runs; they wait more than they work. */
    private static final int LANES = 6;

    @TempDir
    private Path folder;

    @Test
    void no_fault_ends_a_session_within_the_grace_and_without_grace_only_a_lost_answer_does() throws Exception {
        Counted counted = new Counted("FaultLoop");
        int faults = Counted.times(500, 10_000);
        FaultTally graceful = new FaultTally();
        FaultTally strict = new FaultTally();
        ExecutorService threads = Executors.newFixedThreadPool(2 * LANES);
        try {
            List<Future<?>> lanes = new ArrayList<>();
            for (int i = 0; i < LANES; i++) {
                int lane = i;
                List<FaultKind> hand = hand(counted, faults, lane);
                lanes.add(threads.submit(() -> run(counted, "graceful", GRACE, graceful, lane, hand)));
                lanes.add(threads.submit(() -> run(counted, "strict", Duration.ZERO, strict, lane, hand)));
            }
            for (Future<?> each : lanes) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("seed " + counted.seed() + ": " + e.getCause(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
        counted.says(graceful.hits() + " faults (" + graceful.kinds() + "), " + graceful.failedWrites
                + " failed writes, grace 10 s: " + graceful.lost + " of " + graceful.sessions + " sessions lost in "
                + graceful.renewals + " renewals, " + graceful.revoked + " true revocations, " + graceful.noticed
                + " noticed; " + strict.hits() + " faults, " + strict.failedWrites + " failed writes, grace 0: "
                + strict.lost + " of " + strict.sessions + " lost, " + strict.unread + " after an unread answer, "
                + strict.revoked + " true revocations, " + strict.noticed + " noticed");
        for (FaultTally each : List.of(graceful, strict)) {
            assertThat(each.hits()).isGreaterThanOrEqualTo(faults);
            assertThat(each.revoked.sum()).isPositive();
            assertThat(each.noticed.sum()).isEqualTo(each.revoked.sum());
            assertThat(each.failedWrites.sum()).isPositive();
        }
        assertThat(graceful.lost.sum()).isZero();
        assertThat(strict.lost.sum()).isPositive().isEqualTo(strict.unread.sum());
    }

    @Test
    void many_answers_in_a_row_may_be_lost_within_the_grace() {
        Counted counted = new Counted("LostAnswers");
        int rounds = Counted.times(5, 50);
        int fewest = Integer.MAX_VALUE;
        int most = 0;
        Duration shortest = GRACE;
        try (FaultLane lane = lane("answers", GRACE, new FaultTally(), counted, 0, List.of())) {
            for (int round = 0; round < rounds; round++) {
                FaultLane.Borne borne = lane.loseAnswers();
                fewest = Math.min(fewest, borne.answers());
                most = Math.max(most, borne.answers());
                shortest = shortest.compareTo(borne.time()) < 0 ? shortest : borne.time();
            }
        }
        counted.says("grace 10 s: " + fewest + " to " + most + " answers lost in a row cost no session, over at least "
                + shortest.toMillis() + " ms (" + rounds + " rounds)");
        assertThat(fewest).isGreaterThanOrEqualTo(8);
    }

    private void run(
            Counted counted, String name, Duration grace, FaultTally tally, int number, List<FaultKind> faults) {
        try (FaultLane lane = lane(name, grace, tally, counted, number, faults)) {
            lane.run();
        }
    }

    private FaultLane lane(
            String name, Duration grace, FaultTally tally, Counted counted, int number, List<FaultKind> faults) {
        String scheme = number % 2 == 0 ? "json" : "sqlite";
        String address = scheme + ":" + folder.resolve(name + number).resolve("sessions." + scheme);
        return new FaultLane(TokenStorages.open(address), grace, tally, counted.random(number), faults);
    }

    /** What one lane gets of a deck that has as many of each kind as its weight says, and of each at least one. */
    private static List<FaultKind> hand(Counted counted, int faults, int lane) {
        List<FaultKind> all = new ArrayList<>(FaultKind.all());
        // Dealt first, so that they are spread over the lanes: each takes seconds.
        all.sort(Comparator.comparing(kind -> !kind.lasting()));
        int weights = all.stream().mapToInt(FaultKind::weight).sum();
        List<FaultKind> deck = new ArrayList<>();
        for (FaultKind each : all) {
            int share = Math.max(1, Math.round((float) faults * each.weight() / weights));
            deck.addAll(Collections.nCopies(share, each));
        }
        FaultKind commonest = Collections.max(all, Comparator.comparing(FaultKind::weight));
        deck.addAll(Collections.nCopies(Math.max(0, faults - deck.size()), commonest));
        List<FaultKind> hand = new ArrayList<>();
        for (int i = lane; i < deck.size(); i += LANES) {
            hand.add(deck.get(i));
        }
        Collections.shuffle(hand, new Random(counted.seed() * 31 + lane));
        return hand;
    }
}
