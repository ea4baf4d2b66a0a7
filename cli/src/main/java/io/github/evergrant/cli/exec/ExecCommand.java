package io.github.evergrant.cli.exec;

import io.github.evergrant.cli.env.SessionVariables;
import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.ProviderIds;
import io.github.evergrant.cli.frame.SessionNames;
import io.github.evergrant.cli.login.LoginOnDemand;
import io.github.evergrant.error.LoginRequired;
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
            "At a terminal, a session that needs a login gets one first, as `evergrant login` does it: with the session's"
                    + " own provider and client, or the provider that it is named after, or --provider. Of many"
                    + " processes one opens the browser, and all go on. With --no-input, the exit code is 4.",
            "",
            "The exit code is the program's, or 128 and the number of the signal that ended it; 127 when there is no"
                    + " such program, 126 when it cannot be executed, 125 when it could not be started. Signals are"
                    + " passed on. The program has our standard streams; what else is open may be closed."
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

    @Option(
            names = "--provider",
            paramLabel = "PROVIDER",
            completionCandidates = ProviderIds.class,
            description = "With whom to sign in, if there is no session yet and its name does not say so.")
    private @Nullable String provider;

    @Parameters(paramLabel = "CMD ARGS", description = "The program and its own words, after --.", arity = "0..*")
    private List<String> command = List.of();

    private @Nullable CommandSpec spec;

    /** Those that {@code -s} names behind {@code exec}, where there is no parser to ask. */
    private List<String> named = List.of();

    /** To be filled by the parser. */
    public ExecCommand() {}

    /**
     * A command as the words {@code exec [-s NAME] [--variable VAR] [--resource-server RS] -- CMD ARGS} make it.
     *
     * @param sessions those that are named behind {@code exec}
     * @param variable null when none is named
     * @param resourceServer null when none is named
     */
    public ExecCommand(
            List<String> sessions, @Nullable String variable, @Nullable String resourceServer, List<String> command) {
        this.named = sessions;
        this.variable = variable;
        this.resourceServer = resourceServer;
        this.command = command;
    }

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
    public boolean takesVariables() {
        return true;
    }

    @Override
    public int run(Invocation it) {
        if (command.isEmpty() || command.get(0).isEmpty()) {
            throw CliProblem.usage("exec needs a program to run");
        }
        LoginOnDemand login = new LoginOnDemand(it, provider);
        List<String> sessions = sessions(it, login);
        if (variable != null && sessions.size() > 1) {
            throw CliProblem.usage("--variable is for one session");
        }
        Map<String, String> environment = new LinkedHashMap<>(it.outside().environment());
        environment.putAll(variables(it, sessions, login));
        // The program may run for days, and may use the same store.
        it.close();
        return new Child(command, environment, it.outside().workingDirectory())
                .run(it.outside().terminal().isThere());
    }

    private Map<String, String> variables(Invocation it, List<String> sessions, LoginOnDemand login) {
        SessionVariables variables = new SessionVariables(variable, resourceServer);
        while (true) {
            try {
                return variables.of(it, sessions);
            } catch (LoginRequired e) {
                login.meet(e);
            }
        }
    }

    private List<String> sessions(Invocation it, LoginOnDemand login) {
        List<String> all = spec == null ? named : parsed(spec);
        all.forEach(SessionNames::known);
        return all.isEmpty() ? List.of(oneSession(it, login)) : all;
    }

    private static List<String> parsed(CommandSpec spec) {
        OptionSpec option = spec.commandLine().getParseResult().matchedOption("-s");
        return option == null
                ? List.of()
                : option.stringValues().stream().distinct().toList();
    }

    private static String oneSession(Invocation it, LoginOnDemand login) {
        try {
            return it.sessionName();
        } catch (LoginRequired e) {
            return login.newName().orElseThrow(() -> e);
        }
    }
}
