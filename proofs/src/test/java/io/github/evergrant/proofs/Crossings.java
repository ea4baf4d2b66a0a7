package io.github.evergrant.proofs;

import io.github.evergrant.proofs.Crossing.Boundary;
import io.github.evergrant.proofs.Crossing.Phase;
import java.io.PrintStream;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the boundaries that one renewal of this process comes to, says and shows each, and stays for ever at the one it is told.
 *
 * <p>Safe for many threads: while one stays, any other that comes to a boundary stays too.
 */
final class Crossings {

    private final PrintStream out;
    private final Beacon beacon;
    private final ReentrantLock lock = new ReentrantLock();
    private final int stop;
    private int next;
    private Phase phase = Phase.READ;

    /**
     * Counts from 0.
     *
     * @param stop where to stay; -1 for nowhere
     */
    Crossings(PrintStream out, Beacon beacon, int stop) {
        this.out = out;
        this.beacon = beacon;
        this.stop = stop;
    }

    void at(Boundary boundary) {
        lock.lock();
        try {
            phase = before(boundary);
            Crossing crossing = new Crossing(next++, phase, boundary, System.nanoTime());
            out.println(crossing.line());
            beacon.show(crossing.number());
            while (crossing.number() == stop) {
                LockSupport.park(this);
            }
            phase = after(boundary);
        } finally {
            lock.unlock();
        }
    }

    private Phase before(Boundary boundary) {
        return switch (boundary) {
            case ASKS_FOR_LEASE -> Phase.LEASE;
            case ENTERS_STEP -> phase == Phase.LEASE ? Phase.INTENT : phase;
            case SENDS -> Phase.REQUEST;
            case HAS_REPLY, HAS_NO_REPLY -> Phase.ANSWER;
            default -> phase;
        };
    }

    private Phase after(Boundary boundary) {
        if (boundary == Boundary.HAS_LEFT_STEP && phase == Phase.INTENT) {
            return Phase.REQUEST;
        }
        // Of what is written after a reply, the answer is the first.
        return boundary == Boundary.HAS_WRITTEN_JOURNAL && phase == Phase.ANSWER ? Phase.SAVE : phase;
    }
}
