package io.github.evergrant.cli.ls;

import java.util.Locale;

/** Numbers of bytes as people read them. */
final class Sizes {

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final int STEP = 1024;

    private Sizes() {}

    /** {@code 4 B}, {@code 1.5 KiB}, {@code 120 MiB}. */
    static String words(long bytes) {
        double number = bytes;
        int unit = 0;
        // What would be written as 1024 of a unit is one of the next.
        while (Math.abs(number) >= STEP - 0.5 && unit < UNITS.length - 1) {
            number /= STEP;
            unit++;
        }
        boolean whole = unit == 0 || Math.abs(number) >= 9.95;
        return String.format(Locale.ROOT, whole ? "%.0f %s" : "%.1f %s", number, UNITS[unit]);
    }
}
