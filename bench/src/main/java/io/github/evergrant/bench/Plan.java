package io.github.evergrant.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * How a run is to be done.
 *
 * @param quick whether a few repetitions are enough
 * @param jdks the JDKs that are measured, the newest first
 * @param program the launcher of the program that is measured
 * @param folder for whatever is made meanwhile
 */
record Plan(boolean quick, List<Jdk> jdks, Path program, Path folder) {

    /** The one number or the other. */
    int times(int quickly, int completely) {
        return quick ? quickly : completely;
    }
}
