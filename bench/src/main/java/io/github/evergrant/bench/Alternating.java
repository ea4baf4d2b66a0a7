package io.github.evergrant.bench;

import java.util.Arrays;
import java.util.concurrent.Callable;

/**
 * Times of several works that were done in turns: whatever else the machine does meanwhile, it does to all of them.
 *
 * <p>Other programs only add to a time: what is compared is the lower quartile of short works, and the least of processes,
 * of which there are fewer.
 */
final class Alternating {

    private final double[][] nanos;
    private final boolean fastest;

    private Alternating(double[][] nanos, boolean fastest) {
        this.nanos = nanos;
        this.fastest = fastest;
    }

    /** Something that is timed. */
    interface Work {

        /** What must be done before each time, and is not counted. */
        default void prepare() throws Exception {}

        void run() throws Exception;
    }

    static Work of(Callable<?> work) {
        return work::call;
    }

    /** Does each of them once in each round, a few rounds for nothing first. */
    static Alternating time(int warmups, int rounds, Work... works) throws Exception {
        double[][] nanos = new double[works.length][rounds];
        for (int round = -warmups; round < rounds; round++) {
            for (int i = 0; i < works.length; i++) {
                works[i].prepare();
                long began = System.nanoTime();
                works[i].run();
                long took = System.nanoTime() - began;
                if (round >= 0) {
                    nanos[i][round] = took;
                }
            }
        }
        for (double[] each : nanos) {
            Arrays.sort(each);
        }
        return new Alternating(nanos, false);
    }

    /** The same, by the least time of each. */
    Alternating byFastest() {
        return new Alternating(nanos, true);
    }

    /** One work's time, in nanoseconds. */
    double nanos(int work) {
        return nanos[work][fastest ? 0 : nanos[work].length / 4];
    }

    /** How many times the other one's. */
    double ratio(int work, int floor) {
        return nanos(work) / nanos(floor);
    }
}
