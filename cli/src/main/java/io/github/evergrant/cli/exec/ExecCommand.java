package io.github.evergrant.cli.exec;

import io.github.evergrant.cli.env.SessionVariables;
import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.SessionNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a program with a session's token in its environment; its exit code is ours. */
@Command(
        name = "exec",
        description = {
            "Runs a program that finds the session's token in the environment: in the variables that the provider's own"
                    + " programs read, or in --variable. -s can be given several times, for sessions of several"
                    + " providers. EVERGRANT_SESSION names the first.",
            "",
            "The exit code is the program's, or 128 and the number of the signal that ended it; 127 when there is no"
                    + " such program, 126 when it cannot be executed, 125 when it could not be started. Signals are"
                    + " passed on."
        },
        footer = {
            "  evergrant exec -s tour -- python3 list_groups.py",
            "  evergrant exec --variable API_TOKEN -- sh -c 'program'"
        })
public final class ExecCommand implements CliCommand {

    @Option(names = "--variable", paramLabel = "VAR", description = "This variable, not the provider's own.")
    private @Nullable String variable;

    @Option(
            names = "--resource-server",
            paramLabel = "RS",
            description = "Which API the token is for, if the session has several.")
    private @Nullable String resourceServer;

    @Parameters(paramLabel = "CMD ARGS", description = "The program and its own words, after --.", arity = "0..*")
    private List<String> command = List.of();

    private @Nullable CommandSpec spec;

    /** What stands behind the program's name is the program's, and {@code -s} may be given more than once. */
    @Spec
    void setSpec(CommandSpec given) {
        given.parser().stopAtPositional(true).overwrittenOptionsAllowed(true);
        spec = given;
    }

    @Override
    public boolean takesSeveralSessions() {
        return true;
    }

    @Override
    public int run(Invocation it) {
        if (command.isEmpty() || command.get(0).isEmpty()) {
            throw CliProblem.usage("exec needs a program to run");
        }
        List<String> sessions = sessions(it);
        if (variable != null && sessions.size() > 1) {
            throw CliProblem.usage("--variable is for one session");
        }
        Map<String, String> environment = new LinkedHashMap<>(it.outside().environment());
        environment.putAll(new SessionVariables(variable, resourceServer).of(it, sessions));
        // The program may run for days, and may use the same store.
        it.close();
        return new Child(command, environment, it.outside().workingDirectory())
                .run(it.outside().terminal().isThere());
    }

    private List<String> sessions(Invocation it) {
        OptionSpec option =
                spec == null ? null : spec.commandLine().getParseResult().matchedOption("-s");
        List<String> named = option == null
                ? List.of()
                : option.stringValues().stream().distinct().toList();
        named.forEach(SessionNames::known);
        return named.isEmpty() ? List.of(it.sessionName()) : named;
    }
}
