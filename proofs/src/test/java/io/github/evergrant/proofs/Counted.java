package io.github.evergrant.proofs;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * One run of a counted loop: how long it is, what it is drawn from, and the line that says what came of it.
 *
 * <p>{@code -Devergrant.loops=full} makes it long; {@code -Devergrant.seed=N} draws a run again.
 */
final class Counted {

    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private final String name;
    private final long seed;

    Counted(String name) {
        this.name = name;
        this.seed = Long.getLong("evergrant.seed", System.nanoTime() & 0xffff_ffffL);
        OUT.println("COUNTED " + name + ": begins, seed " + seed);
    }

    static int times(int inShort, int inFull) {
        return "full".equals(System.getProperty("evergrant.loops")) ? inFull : inShort;
    }

    /** The same numbers for the same seed; another {@code part} has numbers of its own. */
    RandomGenerator random(int part) {
        return new SplittableRandom(seed * 31 + part);
    }

    long seed() {
        return seed;
    }

    /** Prints what came of it; {@code ./verify} repeats the line at its end. */
    void says(String result) {
        OUT.println("COUNTED " + name + ": " + result + " (seed " + seed + ")");
    }
}
