package io.github.evergrant.bench;

import java.util.Locale;

/**
 * One measurement.
 *
 * @param what what was done
 * @param who by whom
 * @param measured a value with its unit
 * @param ratio how many times the floor's value; NaN for the floor itself, and where there is none
 * @param promise what is promised of it; empty when nothing is
 * @param verdict whether that was kept
 */
record Row(String what, String who, String measured, double ratio, String promise, Verdict verdict) {

    /** One that nothing is promised of. */
    static Row of(String what, String who, String measured, double ratio) {
        return new Row(what, who, measured, ratio, "", Verdict.NONE);
    }

    Row promised(String words, boolean kept) {
        return new Row(what, who, measured, ratio, words, Verdict.of(kept));
    }

    /** That the ratio is no more than this. */
    Row within(double most) {
        return promised(String.format(Locale.ROOT, "≤ %.1f× floor", most), ratio <= most);
    }

    String[] cells() {
        String times = Double.isNaN(ratio) ? "" : String.format(Locale.ROOT, ratio < 10 ? "%.2f×" : "%.0f×", ratio);
        return new String[] {what, who, measured, times, promise, verdict.word()};
    }
}
