package io.github.evergrant.cli.demo;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.JsonLine;
import io.github.evergrant.cli.frame.Table;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.sandbox.Sandbox;
import io.github.evergrant.sandbox.SandboxSettings;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows on a sandbox of its own what is promised, and proves it. */
@Command(
        name = "demo",
        description = {
            "The tour, without an account: starts a sandbox, logs in, comes back in other processes, lets a token end,"
                    + " renews it once for 64 processes, uses an API, logs out; then prints what was promised and what"
                    + " was seen.",
            "",
            "What was seen is what the sandbox counted or a child process answered. It touches no session of yours,"
                    + " needs no network, takes less than a minute, and leaves nothing behind. Exit code 1 if one"
                    + " promise was not kept."
        },
        footer = {"  evergrant demo", "  evergrant demo --json"})
public final class DemoCommand implements CliCommand {

    @Option(names = "--reuse-grace", paramLabel = "D", description = "As the sandbox's own; without it, none.")
    private Duration reuseGrace = Duration.ZERO;

    @Option(names = "--processes", paramLabel = "N", hidden = true)
    private int processes = 64;

    /** Rules for the sandbox, so that a test can see a promise broken. */
    @Option(names = "--fault", paramLabel = "JSON", hidden = true)
    private @Nullable String fault;

    /** Ends the tour at the first promise that was not kept. */
    private static final class Broken extends RuntimeException {

        Broken() {
            super("a promise was not kept", null, false, false);
        }
    }

    @Override
    public int run(Invocation it) {
        List<Row> rows = new ArrayList<>();
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults().withReuseGrace(reuseGrace));
                Workshop workshop = new Workshop(it.outside(), sandbox.base());
                Evergrant door = Evergrant.open(
                        workshop.store(),
                        EvergrantSettings.defaults()
                                .withHttp(it.http())
                                .withClock(it.outside().clock())
                                .withRefreshAhead(false))) {
            Desk desk = new Desk(sandbox.base(), door.http());
            Tour tour = new Tour(it, door, workshop, sandbox.base(), desk, row -> {
                rows.add(row);
                if (!row.kept()) {
                    throw new Broken();
                }
            });
            take(it, tour, desk, rows);
        }
        print(it, rows);
        Row last = rows.get(rows.size() - 1);
        if (!last.kept()) {
            throw CliProblem.of(
                    Exits.UNFORESEEN,
                    "promise_broken",
                    "not as promised: " + last.what() + ": promised " + last.promised() + ", seen " + last.seen(),
                    null,
                    "evergrant -v demo");
        }
        return Exits.DONE;
    }

    private void take(Invocation it, Tour tour, Desk desk, List<Row> rows) {
        String step = "the sandbox";
        try {
            if (fault != null) {
                desk.faults(fault);
            }
            step = progress(it, "logging in with a token reply");
            tour.reply();
            step = progress(it, "logging in on the sandbox's page");
            tour.paste();
            step = progress(it, "asking for one spent token from " + processes + " processes at once");
            tour.crowd(processes, fault == null);
            step = progress(it, "listing groups");
            tour.groups();
            step = progress(it, "listing files");
            tour.files();
            step = progress(it, "logging out");
            tour.logout();
        } catch (Broken e) {
            progress(it, "ended: a promise was not kept");
        } catch (EvergrantException e) {
            rows.add(new Row(step, "done", e.code() + ": " + e.getMessage()));
        }
    }

    private static String progress(Invocation it, String step) {
        if (it.outside().terminal().showsErrors()) {
            it.voice().say("evergrant: " + step + " ...");
        }
        return step;
    }

    private void print(Invocation it, List<Row> rows) {
        if (it.json()) {
            Map<String, @Nullable Object> json = JsonLine.object();
            json.put("kept", rows.stream().allMatch(Row::kept));
            json.put("processes", processes);
            json.put("rows", rows.stream().map(Row::json).toList());
            it.voice().json(json);
            return;
        }
        Table table = new Table("WHAT", "PROMISED", "SEEN", "");
        rows.forEach(row -> table.row(row.what(), row.promised(), row.seen(), row.kept() ? "ok" : "NOT AS PROMISED"));
        it.voice().print(table.lines());
    }
}
