package io.github.evergrant.cli.demo;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.JsonLine;
import io.github.evergrant.cli.frame.Table;
import io.github.evergrant.sandbox.SandboxSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows on a sandbox of its own what is promised, and proves it. */
@Command(
        name = "demo",
        description = {
            "The tour, without an account: starts a sandbox that plays Globus, Agave, SpatiaFi and tastytrade. With each it logs in, comes back"
                    + " in other processes, lets a token end, renews it once for all processes that ask at once (64 with"
                    + " Globus), uses an API, and ends the session; then it prints what was promised and what was seen.",
            "",
            "What was seen is what the sandbox counted, a child process answered, or stands in a file. It touches no"
                    + " session of yours, needs no network, takes a minute or two, and leaves nothing behind. Exit"
                    + " code 1 if one promise was not kept."
        },
        footer = {"  evergrant demo", "  evergrant demo agave", "  evergrant demo --json"})
public final class DemoCommand implements CliCommand {

    private static final List<Toured> SYSTEMS =
            List.of(GlobusTour.SYSTEM, AgaveTour.SYSTEM, SpatiaFiTour.SYSTEM, TastytradeTour.SYSTEM);

    @Parameters(
            paramLabel = "SYSTEM",
            arity = "0..*",
            completionCandidates = Ids.class,
            description = "Only of this one: globus, agave, spatiafi, tastytrade.")
    private List<String> named = new ArrayList<>();

    @Option(names = "--reuse-grace", paramLabel = "D", description = "As the sandbox's own; without it, none.")
    private Duration reuseGrace = Duration.ZERO;

    @Option(names = "--processes", paramLabel = "N", hidden = true)
    private int processes = 64;

    /** Rules for the sandbox, so that a test can see a promise broken. */
    @Option(names = "--fault", paramLabel = "JSON", hidden = true)
    private @Nullable String fault;

    /** For a shell that completes them. */
    static final class Ids implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return SYSTEMS.stream().map(Toured::id).iterator();
        }
    }

    @Override
    public int run(Invocation it) {
        List<Toured> systems = systems();
        List<Row> rows = new Tour(it, processes, fault)
                .of(systems, SandboxSettings.defaults().withReuseGrace(reuseGrace));
        print(it, systems, rows);
        Row last = rows.get(rows.size() - 1);
        if (!last.kept()) {
            throw CliProblem.of(
                    Exits.UNFORESEEN,
                    "promise_broken",
                    "not as promised: " + last.system().title() + ": " + last.what() + ": promised " + last.promised()
                            + ", seen " + last.seen(),
                    null,
                    "evergrant -v demo");
        }
        return Exits.DONE;
    }

    /** Those that are named, in the order of the tour; all when none is. */
    private List<Toured> systems() {
        List<String> known = SYSTEMS.stream().map(Toured::id).toList();
        for (String name : named) {
            if (!known.contains(name)) {
                throw CliProblem.usage("the tour knows no " + name + ": it is of " + String.join(", ", known));
            }
        }
        return SYSTEMS.stream()
                .filter(system -> named.isEmpty() || named.contains(system.id()))
                .toList();
    }

    private void print(Invocation it, List<Toured> systems, List<Row> rows) {
        if (it.json()) {
            Map<String, @Nullable Object> json = JsonLine.object();
            json.put("kept", rows.stream().allMatch(Row::kept));
            json.put("processes", processes);
            json.put("systems", systems.stream().map(Toured::id).toList());
            json.put("rows", rows.stream().map(Row::json).toList());
            it.voice().json(json);
            return;
        }
        Table table = new Table("SYSTEM", "WHAT", "PROMISED", "SEEN", "");
        rows.forEach(row -> table.row(
                row.system().title(), row.what(), row.promised(), row.seen(), row.kept() ? "ok" : "NOT AS PROMISED"));
        it.voice().print(table.lines());
    }
}
