package io.github.evergrant.proofs;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The faults that are still to come, drawn in rows that a client can live through. For one thread. */
final class FaultDeck {

    /** How many faults may follow one that cost an answer; more, and no client could be sure to be in time. */
    private static final int AFTER_A_LOSS = 3;

    private final Deque<FaultKind> faults;
    private final RandomGenerator random;

    FaultDeck(Collection<FaultKind> faults, RandomGenerator random) {
        this.faults = new ArrayDeque<>(faults);
        this.random = random;
    }

    boolean isEmpty() {
        return faults.isEmpty();
    }

    /** The next one, if it is for a revocation. */
    @Nullable
    FaultKind revocation() {
        FaultKind next = faults.peek();
        return next != null && next.request().equals(FaultKind.REVOKE) ? faults.pop() : null;
    }

    void putBack(Collection<FaultKind> unmet) {
        faults.addAll(unmet);
    }

    /** Faults for one request after the other, so that the provider's grace suffices. */
    List<FaultKind> streak() {
        List<FaultKind> streak = random.nextInt(5) == 0 ? outage() : new ArrayList<>();
        int most = streak.size() + 1 + random.nextInt(6);
        int sinceLoss = -1;
        Duration asked = Duration.ZERO;
        for (FaultKind next = faults.peek(); next != null && streak.size() < most; next = faults.peek()) {
            boolean late = sinceLoss >= 0
                    && (sinceLoss >= AFTER_A_LOSS
                            || next.bringsFalseTokens()
                            || asked.plus(next.asksFor()).toSeconds() > 2);
            if (late || !follows(streak, next)) {
                break;
            }
            streak.add(faults.pop());
            if (sinceLoss >= 0 || next.losesTheAnswer()) {
                sinceLoss++;
                asked = asked.plus(next.asksFor());
            }
        }
        return streak;
    }

    /** A provider that does nothing at all for a while, so that the cool-downs grow. */
    private List<FaultKind> outage() {
        List<FaultKind> outage = new ArrayList<>();
        for (int looked = 0; looked < 20 && outage.size() < 10 && !faults.isEmpty(); looked++) {
            FaultKind next = faults.pop();
            if (next.after() || next.readable() || next.lie() || next.lasting() || !follows(outage, next)) {
                faults.add(next);
            } else {
                outage.add(next);
            }
        }
        return outage;
    }

    /** What lasts is enough for one renewal; and a server that says twice in a row that a token is void is believed. */
    private static boolean follows(List<FaultKind> streak, FaultKind next) {
        if (next.request().equals(FaultKind.REVOKE)) {
            return false;
        }
        FaultKind last = streak.isEmpty() ? null : streak.get(streak.size() - 1);
        return last == null || !(last.lasting() || next.lasting() || (last.lie() && next.lie()));
    }
}
