package io.github.evergrant.bench;

import io.github.evergrant.bench.subject.Endpoint;
import io.github.evergrant.bench.subject.Kind;
import io.github.evergrant.bench.subject.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/** Everybody wants a token at the same moment, and it has ended. */
final class Stampede implements Part {

    private static final Duration PAUSE = Duration.ofMillis(200);

    /**
     * What came of one.
     *
     * @param calls how often the endpoint was asked
     * @param failed how many callers had no token
     * @param millis when the last caller was done
     */
    private record Outcome(long calls, int failed, double millis) {

        /** The most calls and failures of both; the lesser time, since other programs only add to it. */
        Outcome and(Outcome other) {
            return new Outcome(
                    Math.max(calls, other.calls), Math.max(failed, other.failed), Math.min(millis, other.millis));
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%,d calls, %,d failed, last after %,.0f ms", calls, failed, millis)
                    .replaceFirst("^1 calls", "1 call");
        }
    }

    @Override
    public void run(Plan plan, Table table) throws Exception {
        double alone = alone();
        for (int callers : new int[] {64, 1000}) {
            String what = callers + " threads, spent token, 200 ms endpoint";
            table.add(Row.of(what, "floor: one call, alone", millis(alone), Double.NaN));
            for (Kind kind : Kind.renewing()) {
                Outcome outcome = outcome(plan, kind, callers, false, Crowd.PLATFORM);
                table.add(row(what, kind, outcome, alone, 0));
            }
        }
        if (Crowd.VIRTUAL.isThere()) {
            String what = "10000 virtual threads, spent token, 200 ms endpoint";
            table.add(Row.of(what, "floor: one call, alone", millis(alone), Double.NaN));
            for (Kind kind : new Kind[] {Kind.EVERGRANT, Kind.EVERGRANT_SQLITE}) {
                table.add(row(what, kind, outcome(plan, kind, 10_000, false, Crowd.VIRTUAL), alone, 0));
            }
        }
        String what = "64 threads, spent token, endpoint answers 503 after 200 ms";
        table.add(Row.of(what, "floor: one call, alone", millis(alone), Double.NaN));
        for (Kind kind : Kind.renewing()) {
            table.add(row(what, kind, outcome(plan, kind, 64, true, Crowd.PLATFORM), alone, 64));
        }
    }

    private static Row row(String what, Kind kind, Outcome outcome, double alone, int failures) {
        Row row = Row.of(what, kind.title(), outcome.toString(), outcome.millis / alone);
        return kind.isOurs()
                ? row.promised(
                        failures == 0 ? "1 call, all served" : "1 call, its failure shared",
                        outcome.calls == 1 && outcome.failed == failures)
                : row;
    }

    private static Outcome outcome(Plan plan, Kind kind, int callers, boolean down, Crowd crowd) throws Exception {
        // What is loaded and compiled at the first time is another row's matter.
        Outcome all = once(kind, callers, down, crowd);
        all = new Outcome(all.calls, all.failed, Double.POSITIVE_INFINITY);
        for (int round = 0; round < plan.times(kind.isOurs() ? 3 : 1, kind.isOurs() ? 10 : 3); round++) {
            all = all.and(once(kind, callers, down, crowd));
        }
        return all;
    }

    private static Outcome once(Kind kind, int callers, boolean down, Crowd crowd) throws Exception {
        try (Endpoint endpoint = Endpoint.start(PAUSE, down);
                Subject subject = kind.spent(endpoint)) {
            Crowd.Result result = crowd.rush(callers, () -> !subject.isEnded(subject.token()));
            return new Outcome(endpoint.calls(), result.failed(), result.millis());
        }
    }

    /** What the renewal itself takes. */
    private static double alone() throws IOException {
        try (Endpoint endpoint = Endpoint.start(PAUSE, false)) {
            double best = Double.POSITIVE_INFINITY;
            for (int i = 0; i < 5; i++) {
                String refresh = endpoint.grantSpent().refresh();
                long began = System.nanoTime();
                endpoint.refresh(refresh);
                best = Math.min(best, (System.nanoTime() - began) / 1e6);
            }
            return best;
        }
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, "%,.0f ms", millis);
    }
}
