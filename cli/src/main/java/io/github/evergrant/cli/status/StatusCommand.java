package io.github.evergrant.cli.status;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.JsonLine;
import io.github.evergrant.cli.report.SessionReport;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells how sessions stand, by what is kept here; the provider is asked only on demand. */
@Command(
        name = "status",
        description = "Tells how a session stands. Asks nobody, unless --check is given.",
        footer = {"  evergrant status -s tour", "  evergrant status --all --json", "  evergrant status -s tour --check"
        })
public final class StatusCommand implements CliCommand {

    @Option(names = "--all", description = "Every session of the store.")
    private boolean all;

    @Option(names = "--check", description = "Renew what is due, and ask the provider who it is.")
    private boolean check;

    @Override
    public boolean takesVariables() {
        return !all;
    }

    @Override
    public int run(Invocation it) {
        if (all && it.namedSession().isPresent()) {
            throw CliProblem.usage("--all and -s exclude each other");
        }
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        StatusTable table = new StatusTable(it);
        int exit = all ? tellAll(it, objects, table) : tellOne(it, objects, table);
        if (!it.json()) {
            it.voice().print(table.lines());
        } else if (all) {
            Map<String, @Nullable Object> json = JsonLine.object();
            json.put("sessions", objects);
            it.voice().json(json);
        } else {
            it.voice().json(objects.get(0));
        }
        return exit;
    }

    private int tellOne(Invocation it, List<Map<String, @Nullable Object>> objects, StatusTable table) {
        String name = it.sessionName();
        return check
                ? tellChecked(it, name, objects, table)
                : tell(it, SessionReport.of(it.look(name), it.now()), null, objects, table);
    }

    /** @return the first exit code of them that is not good */
    private int tellAll(Invocation it, List<Map<String, @Nullable Object>> objects, StatusTable table) {
        int[] exit = {Exits.DONE};
        it.door().forEachSession((name, way) -> {
            int one;
            try {
                one = check
                        ? tellChecked(it, name, objects, table)
                        : tell(it, SessionReport.of(way.get(), it.now()), null, objects, table);
            } catch (EvergrantException e) {
                it.voice().warn(e, "");
                one = Exits.of(e);
            }
            exit[0] = exit[0] == Exits.DONE ? one : exit[0];
        });
        return exit[0];
    }

    private static int tellChecked(
            Invocation it, String name, List<Map<String, @Nullable Object>> objects, StatusTable table) {
        Session session = it.session(name);
        Check checked = Check.of(session, it);
        return tell(it, SessionReport.of(session, it.now()), checked, objects, table);
    }

    /** @return the exit code that this session alone would give */
    private static int tell(
            Invocation it,
            SessionReport report,
            @Nullable Check checked,
            List<Map<String, @Nullable Object>> objects,
            StatusTable table) {
        // Only what is printed: there may be many.
        if (it.json()) {
            Map<String, @Nullable Object> json = report.json(it.storage(report.name()));
            if (checked != null) {
                json.put("check", checked.json());
            }
            objects.add(json);
        } else {
            table.add(report, checked);
        }
        return checked == null ? Exits.DONE : checked.exit();
    }
}
