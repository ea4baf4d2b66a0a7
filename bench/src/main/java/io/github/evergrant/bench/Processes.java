package io.github.evergrant.bench;

import io.github.evergrant.bench.subject.Endpoint;
import io.github.evergrant.bench.subject.Tokens;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The program as a process of its own, beside a Java that prints a line and a Python that loads its HTTP client. */
final class Processes implements Part {

    private static final double TOKEN = 1.4;

    private static final int MANY = 64;

    private static final double LOST_AT_EXIT_NANOS = 150e6;

    @Override
    public void run(Plan plan, Table table) throws Exception {
        for (Jdk jdk : plan.jdks()) {
            Programs programs = new Programs(plan, jdk);
            fresh(plan, jdk, programs, table);
            spent(plan, jdk, programs, table);
            crowd(plan, jdk, programs, table);
        }
    }

    private static void fresh(Plan plan, Jdk jdk, Programs programs, Table table) throws Exception {
        Programs.Home json = programs.home("json").with(Tokens.fresh(), null);
        Programs.Home sqlite = programs.home("sqlite").with(Tokens.fresh(), null);
        Ran.Command hello = programs.hello();
        Ran.Command token = programs.evergrant(json, "token", "-s", Programs.SESSION);
        Ran.Command fromSqlite = programs.evergrant(sqlite, "token", "-s", Programs.SESSION);
        Ran.Command exec =
                programs.evergrant(json, "exec", "-s", Programs.SESSION, "--variable", "TOKEN", "--", "echo", "hello");
        Ran.Command status = programs.evergrant(json, "status");
        Ran.Command python = programs.python();
        Alternating times = Alternating.time(
                3, plan.times(18, 80), hello::run, token::run, fromSqlite::run, exec::run, status::run, python::run);
        String what = "process, " + jdk.title();
        table.add(Row.of(what, "floor: `java` printing a line", Amount.ofNanos(times.nanos(0)), Double.NaN));
        table.add(row(what, "`evergrant token`, JSON", times, 1).within(TOKEN));
        table.add(row(what, "`evergrant token`, SQLite", times, 2));
        table.add(row(what, "`evergrant exec -- echo`, JSON", times, 3));
        table.add(row(what, "`evergrant status`", times, 4));
        table.add(row(what, "`python3 -c 'import requests'`", times, 5));
    }

    private static Row row(String what, String who, Alternating times, int index) {
        return Row.of(what, who, Amount.ofNanos(times.nanos(index)), times.ratio(index, 0));
    }

    /** With an endpoint that answers at once: what remains is the program's own. */
    private static void spent(Plan plan, Jdk jdk, Programs programs, Table table) throws Exception {
        try (Endpoint endpoint = Endpoint.start(Duration.ZERO, false)) {
            Programs.Home home = programs.home("json");
            Ran.Command hello = programs.hello();
            Ran.Command token = programs.evergrant(home, "token");
            List<Ran> all = new ArrayList<>();
            Alternating times = Alternating.time(2, plan.times(10, 40), hello::run, new Alternating.Work() {
                        @Override
                        public void prepare() {
                            home.with(endpoint.grantSpent(), endpoint);
                        }

                        @Override
                        public void run() throws IOException, InterruptedException {
                            all.add(token.run());
                        }
                    })
                    .byFastest();
            double exit = all.stream()
                    .mapToDouble(ran -> ran.endNanos() - ran.lineNanos())
                    .sorted()
                    .skip(all.size() / 4)
                    .findFirst()
                    .orElse(0);
            String what = "process, spent token, endpoint answers at once, " + jdk.title();
            table.add(Row.of(what, "floor: `java` printing a line", Amount.ofNanos(times.nanos(0)), Double.NaN));
            table.add(row(what, "`evergrant token`, JSON", times, 1));
            table.add(Row.of(what, "of that, from the printed token to the end", Amount.ofNanos(exit), Double.NaN)
                    .promised("no 300 ms lost at exit", exit < LOST_AT_EXIT_NANOS));
        }
    }

    private static void crowd(Plan plan, Jdk jdk, Programs programs, Table table) throws Exception {
        String what = MANY + " processes on one spent token, 200 ms endpoint, " + jdk.title();
        double hello = Double.POSITIVE_INFINITY;
        double token = Double.POSITIVE_INFINITY;
        long calls = 0;
        long different = 0;
        int served = MANY;
        for (int round = 0; round < plan.times(1, 5); round++) {
            hello = Math.min(hello, all(programs.hello(), new ArrayList<>()));
            try (Endpoint endpoint = Endpoint.start(Duration.ofMillis(200), false)) {
                Programs.Home home = programs.home("json").with(endpoint.grantSpent(), endpoint);
                List<Ran> ended = new ArrayList<>();
                token = Math.min(token, all(programs.evergrant(home, "token"), ended));
                calls = Math.max(calls, endpoint.calls());
                served = Math.min(served, ended.size());
                different = Math.max(
                        different, ended.stream().map(Ran::line).distinct().count());
            }
        }
        table.add(Row.of(what, "floor: " + MANY + " `java` printing a line", Amount.ofNanos(hello), Double.NaN));
        String measured = Amount.ofNanos(token) + " for the last, " + calls + (calls == 1 ? " call, " : " calls, ")
                + served + " served";
        table.add(Row.of(what, "`evergrant token`, JSON", measured, token / hello)
                .promised("1 call, all served alike", calls == 1 && different == 1 && served == MANY));
    }

    /** From the start of the first to the end of the last. */
    private static double all(Ran.Command command, List<Ran> ended) throws IOException, InterruptedException {
        long began = System.nanoTime();
        List<Ran.Started> started = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            started.add(command.start());
        }
        for (Ran.Started each : started) {
            try {
                ended.add(each.await(began));
            } catch (IOException e) {
                System.err.println(e.getMessage());
            }
        }
        return System.nanoTime() - began;
    }
}
