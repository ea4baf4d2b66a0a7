package io.github.evergrant.bench;

import io.github.evergrant.bench.store.Filled;
import io.github.evergrant.bench.subject.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What it takes of the machine's memory. */
final class Memory implements Part {

    private static final int SESSIONS = 10_000;
    private static final int LISTED = 100_000;
    private static final double TOKEN_BYTES = 60 << 20;
    private static final double SESSION_BYTES = 4 << 10;
    private static final String SUFFICES = "64 MB of heap suffice";

    /** Runs a command, whose output nobody sees, and prints the most that it had in memory, in KB. */
    private static final List<String> PEAK = List.of("python3", "-c", """
            import resource, subprocess, sys
            subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
            print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)""");

    @Override
    public void run(Plan plan, Table table) throws Exception {
        for (Jdk jdk : plan.jdks()) {
            Programs programs = new Programs(plan, jdk);
            String what = "most memory (RSS), " + jdk.title();
            double hello = peak(plan, programs, programs.hello());
            table.add(Row.of(what, "floor: `java` printing a line", Amount.ofBytes(hello), Double.NaN));
            for (String scheme : List.of("json", "sqlite")) {
                Programs.Home home = programs.home(scheme).with(Tokens.fresh(), null);
                double peak = peak(plan, programs, programs.evergrant(home, "token"));
                table.add(Row.of(what, "`evergrant token`, " + scheme, Amount.ofBytes(peak), peak / hello)
                        .promised("≤ 60 MB", peak <= TOKEN_BYTES));
            }
            heap(plan, jdk, table);
            list(plan, jdk, programs, table);
        }
    }

    private static double peak(Plan plan, Programs programs, Ran.Command command) throws Exception {
        double peak = 0;
        command.run(); // The first on a JDK makes its start-up archive.
        for (int i = 0; i < plan.times(3, 10); i++) {
            peak = Math.max(
                    peak,
                    Double.parseDouble(programs.behind(PEAK, command).run().line()) * 1024);
        }
        return peak;
    }

    /** In a JVM of its own, by what its collector says is left. */
    private static void heap(Plan plan, Jdk jdk, Table table) throws Exception {
        Path store = Filled.sqlite(Files.createTempDirectory("evergrant-open"), SESSIONS);
        Ran.Command open = new Ran.Command(
                List.of(
                        jdk.java(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OpenSessions.class.getName(),
                        "sqlite:" + store,
                        Integer.toString(SESSIONS)),
                Map.of(),
                plan.folder().resolve("errors"));
        double bytes = Double.parseDouble(open.run().line());
        table.add(Row.of(
                        "heap, " + jdk.title(),
                        "an open session with its token in hand",
                        Amount.ofBytes(bytes),
                        Double.NaN)
                .promised("≤ 4 KB", bytes <= SESSION_BYTES));
    }

    /** The heap is no larger than what is promised, so it ends well only if that suffices. */
    private static void list(Plan plan, Jdk jdk, Programs programs, Table table) throws Exception {
        Programs.Home home = programs.home("sqlite");
        Files.move(Filled.sqlite(home.folder(), LISTED), Path.of(home.store().substring("sqlite:".length())));
        Ran.Command small = programs.evergrant(home, "sessions", "list", "--json");
        Ran.Command list = new Ran.Command(small.words(), withHeap(small.environment(), "64m"), small.errors());
        String what = "listing 100,000 sessions, SQLite, " + jdk.title();
        String who = "`evergrant sessions list --json` with a heap of 64 MB";
        long began = System.nanoTime();
        Row row;
        try {
            double peak = Double.parseDouble(programs.behind(PEAK, list).run().line()) * 1024;
            String measured = Amount.ofNanos(System.nanoTime() - began) + ", RSS " + Amount.ofBytes(peak);
            row = Row.of(what, who, measured, Double.NaN).promised(SUFFICES, true);
        } catch (IOException e) {
            row = Row.of(what, who, "failed", Double.NaN).promised(SUFFICES, false);
        }
        table.add(row);
    }

    private static Map<String, String> withHeap(Map<String, String> environment, String heap) {
        Map<String, String> more = new HashMap<>(environment);
        more.put("JAVA_TOOL_OPTIONS", "-Xmx" + heap);
        return more;
    }
}
