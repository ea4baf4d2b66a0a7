package io.github.evergrant.bench;

import java.util.Locale;

/** Numbers with their units, as people read them. */
final class Amount {

    private Amount() {}

    static String ofNanos(double nanos) {
        if (nanos < 1e6) {
            return String.format(Locale.ROOT, "%,.0f µs", nanos / 1e3);
        }
        return String.format(Locale.ROOT, nanos < 1e7 ? "%,.2f ms" : "%,.0f ms", nanos / 1e6);
    }

    static String ofBytes(double bytes) {
        if (bytes < 1 << 20) {
            return String.format(Locale.ROOT, "%,.1f KB", bytes / 1024);
        }
        return String.format(Locale.ROOT, "%,.1f MB", bytes / (1 << 20));
    }
}
