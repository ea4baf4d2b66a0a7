package io.github.evergrant.proofs;

import java.util.Locale;
import java.util.Optional;

/**
 * A boundary that a renewing process came to.
 *
 * @param number the how-manieth of that renewal, from 0
 * @param phase where in the renewal
 * @param nanos when, by that process's monotonic clock
 */
record Crossing(int number, Phase phase, Boundary boundary, long nanos) {

    /** The parts of a renewal, in their order. */
    enum Phase {
        READ,
        LEASE,
        INTENT,
        REQUEST,
        ANSWER,
        SAVE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What lies on either side of the storage, its journal, the lease, the store mutex and the network. */
    enum Boundary {
        READS_STORAGE,
        HAS_READ_STORAGE,
        READS_JOURNAL,
        HAS_READ_JOURNAL,
        ASKS_FOR_LEASE,
        HAS_LEASE,
        PREPARES,
        HAS_PREPARED,
        ENTERS_STEP,
        IS_IN_STEP,
        LEAVES_STEP,
        HAS_LEFT_STEP,
        WRITES_JOURNAL,
        HAS_WRITTEN_JOURNAL,
        SENDS,
        HAS_REPLY,
        HAS_NO_REPLY,
        REPLACES,
        HAS_REPLACED,
        RELEASES_LEASE,
        HAS_RELEASED_LEASE,
        RETURNED;

        /** Whether what follows it is work in the middle of which a process can be cut off. */
        boolean opensWork() {
            return this == WRITES_JOURNAL || this == SENDS || this == REPLACES;
        }
    }

    private static final String WORD = "crossing";

    boolean is(Phase itsPhase, Boundary itsBoundary) {
        return phase == itsPhase && boundary == itsBoundary;
    }

    /** As one process tells it to another. */
    String line() {
        return String.join(" ", WORD, Integer.toString(number), phase.name(), boundary.name(), Long.toString(nanos));
    }

    /** Nothing when the line tells of something else. */
    static Optional<Crossing> parse(String line) {
        String[] words = line.split(" ");
        if (!words[0].equals(WORD) || words.length != 5) {
            return Optional.empty();
        }
        return Optional.of(new Crossing(
                Integer.parseInt(words[1]),
                Phase.valueOf(words[2]),
                Boundary.valueOf(words[3]),
                Long.parseLong(words[4])));
    }

    @Override
    public String toString() {
        return number + " (" + phase + ", "
                + boundary.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")";
    }
}
