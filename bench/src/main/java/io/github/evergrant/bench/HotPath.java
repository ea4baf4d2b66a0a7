package io.github.evergrant.bench;

import io.github.evergrant.bench.subject.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** {@code authorize} with a fresh token, by one thread and by two, each in JVMs of its own, round after round. */
final class HotPath implements Part {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /** JMH counts what the JVM itself allocates meanwhile, spread over millions of calls. */
    private static final double NOTHING = 0.5;

    private static final List<Kind> KINDS = List.of(
            Kind.FLOOR,
            Kind.EVERGRANT,
            Kind.GOOGLE_AUTH,
            Kind.GOOGLE_OAUTH_CLIENT,
            Kind.GOOGLE_OAUTH_CLIENT_REQUEST,
            Kind.AWS,
            Kind.SPRING,
            Kind.MSAL4J);

    /** The best that was seen of one subject. */
    private static final class Best {

        private double nanos = Double.POSITIVE_INFINITY;
        private double bytes = Double.POSITIVE_INFINITY;

        void see(RunResult result) {
            for (BenchmarkResult fork : result.getBenchmarkResults()) {
                for (IterationResult iteration : fork.getIterationResults()) {
                    nanos = Math.min(nanos, iteration.getPrimaryResult().getScore());
                    Result<?> allocated = iteration.getSecondaryResults().get(ALLOCATED);
                    bytes = allocated == null ? bytes : Math.min(bytes, allocated.getScore());
                }
            }
        }
    }

    @Override
    public void run(Plan plan, Table table) throws RunnerException {
        for (Jdk jdk : plan.jdks()) {
            for (int threads = 1; threads <= 2; threads++) {
                judge(jdk, threads, measure(plan, jdk, threads), table);
            }
        }
    }

    private static Map<Kind, Best> measure(Plan plan, Jdk jdk, int threads) throws RunnerException {
        Map<Kind, Best> best = new EnumMap<>(Kind.class);
        for (int round = 0; round < plan.times(2, 4); round++) {
            for (Kind kind : KINDS) {
                ChainedOptionsBuilder options = new OptionsBuilder()
                        .include(AuthorizeBenchmark.class.getName())
                        .param("kind", kind.name())
                        .jvm(jdk.java())
                        .jvmArgsAppend(jdk.quietly().toArray(String[]::new))
                        .threads(threads)
                        .forks(1)
                        .warmupIterations(2)
                        .warmupTime(TimeValue.milliseconds(plan.times(200, 500)))
                        .measurementIterations(plan.times(4, 8))
                        .measurementTime(TimeValue.milliseconds(plan.times(150, 500)))
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT);
                new Runner(options.build())
                        .run()
                        .forEach(result ->
                                best.computeIfAbsent(kind, any -> new Best()).see(result));
            }
        }
        return best;
    }

    private static void judge(Jdk jdk, int threads, Map<Kind, Best> best, Table table) {
        String what =
                "`authorize`, fresh token, " + threads + (threads == 1 ? " thread, " : " threads, ") + jdk.title();
        double floor = of(best, Kind.FLOOR).nanos;
        double fastestPeer = best.entrySet().stream()
                .filter(each -> each.getKey().isPeer())
                .mapToDouble(each -> each.getValue().nanos)
                .min()
                .orElse(0);
        for (Kind kind : KINDS) {
            Best its = of(best, kind);
            String measured = String.format(
                    Locale.ROOT, "%,.1f ns, %,.0f B/call", its.nanos, its.bytes < NOTHING ? 0 : its.bytes);
            Row row = Row.of(what, kind.title(), measured, kind == Kind.FLOOR ? Double.NaN : its.nanos / floor);
            table.add(
                    kind == Kind.EVERGRANT
                            ? row.promised(
                                    "≤ 2.0× floor, 0 B, ahead of every peer",
                                    row.ratio() <= 2 && its.bytes < NOTHING && its.nanos < fastestPeer)
                            : row);
        }
    }

    private static Best of(Map<Kind, Best> best, Kind kind) {
        return best.getOrDefault(kind, new Best());
    }
}
