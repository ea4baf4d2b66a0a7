package io.github.evergrant.cli.sessions;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.JsonLine;
import io.github.evergrant.cli.frame.Printable;
import io.github.evergrant.cli.frame.Table;
import io.github.evergrant.cli.frame.Times;
import io.github.evergrant.error.Problem;
import io.github.evergrant.renewal.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks at all that is kept, and says what to run where something is not as it should be. */
@Command(
        name = "verify",
        description =
                "Looks at the whole store without changing anything or asking anybody: whether all can be read, is"
                        + " private and agrees, and whether anything was cut short. Exit code 6 when something was found.",
        footer = {"  evergrant sessions verify", "  evergrant sessions verify --json"})
final class VerifyCommand implements CliCommand {

    @Option(names = "--all", description = "Every session (the default); with -s NAME only what concerns that one.")
    private boolean all;

    @Override
    public int run(Invocation it) {
        String only = it.namedSession().orElse(null);
        if (all && only != null) {
            throw CliProblem.usage("--all and -s exclude each other");
        }
        List<Finding> found = it.door().verify().stream()
                .filter(finding -> only == null
                        || finding.problem().session() == null
                        || only.equals(finding.problem().session()))
                .toList();
        if (only != null && found.isEmpty()) {
            it.look(only);
        }
        tell(it, found);
        return found.isEmpty() ? Exits.DONE : Exits.STORAGE;
    }

    private static void tell(Invocation it, List<Finding> found) {
        Remedies remedies = new Remedies(it.nextCommand());
        Table table = new Table("SESSION", "FINDING", "RUN");
        List<String> remarks = new ArrayList<>();
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        for (Finding finding : found) {
            Problem problem = finding.problem();
            String session = problem.session() == null ? "-" : problem.session();
            String run = remedies.of(finding).orElse(null);
            table.row(session, problem.code().replace('_', ' '), run == null ? "-" : run);
            remarks.add(Printable.text(session + ": " + Times.spoken(problem.message(), it.now())));
            objects.add(object(problem, run));
        }
        if (it.json()) {
            Map<String, @Nullable Object> json = JsonLine.object();
            json.put("storage", it.store());
            json.put("sound", found.isEmpty());
            json.put("findings", objects);
            it.voice().json(json);
        } else if (found.isEmpty()) {
            it.voice().say("All is well in " + it.store() + ".");
        } else {
            it.voice().print(table.lines());
            it.voice().print(remarks);
        }
    }

    private static Map<String, @Nullable Object> object(Problem problem, @Nullable String run) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("code", problem.code());
        object.put("session", problem.session());
        object.put("message", problem.message());
        object.put("path", problem.path() == null ? null : problem.path().toString());
        object.put("run", run);
        return object;
    }
}
