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
    public int run(Invocation it) {
        if (all && it.namedSession().isPresent()) {
            throw CliProblem.usage("--all and -s exclude each other");
        }
        List<String> names = all ? it.door().sessions() : List.of(it.sessionName());
        int exit = Exits.DONE;
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        StatusTable table = new StatusTable(it);
        for (String name : names) {
            int one = Exits.DONE;
            try {
                one = tell(it, name, objects, table);
            } catch (EvergrantException e) {
                if (!all) {
                    throw e;
                }
                it.voice().warn(e, "");
                one = Exits.of(e);
            }
            exit = exit == Exits.DONE ? one : exit;
        }
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

    /** @return the exit code that this session alone would give */
    private int tell(Invocation it, String name, List<Map<String, @Nullable Object>> objects, StatusTable table) {
        Session session = check ? it.session(name) : it.look(name);
        Check checked = check ? Check.of(session, it) : null;
        SessionReport report = SessionReport.of(session, it.now());
        Map<String, @Nullable Object> json = report.json(it.storage(name));
        if (checked != null) {
            json.put("check", checked.json());
        }
        objects.add(json);
        table.add(report, checked);
        return checked == null ? Exits.DONE : checked.exit();
    }
}
