package io.github.evergrant.cli.env;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints a session's token as the variables that the provider's own programs read. */
@Command(
        name = "env",
        description = {
            "Prints the environment variables that the provider's own programs read, for a shell to evaluate,"
                    + " and EVERGRANT_SESSION. The token is renewed first if that is due; it ends like any other.",
            "",
            "For SpatiaFi, whose programs get tokens by themselves, these are CLIENT_ID, CLIENT_SECRET, SPATIAFI_CLIENT_ID,"
                    + " SPATIAFI_CLIENT_SECRET, and USER_ID where it is known."
        },
        footer = {
            "  eval \"$(evergrant env -s tour)\"",
            "  evergrant env --format fish | source",
            "  evergrant env --format powershell | Invoke-Expression",
            "  evergrant env --format dotenv --variable API_TOKEN > .env"
        })
public final class EnvCommand implements CliCommand {

    @Option(names = "--format", paramLabel = "F", description = "sh (without it), fish, powershell, cmd, dotenv, json.")
    private @Nullable Format format;

    @Option(names = "--variable", paramLabel = "VAR", description = "This variable, not the provider's own.")
    private @Nullable String variable;

    @Option(
            names = "--resource-server",
            paramLabel = "RS",
            description = "Which API the token is for, if the session has several.")
    private @Nullable String resourceServer;

    @Override
    public boolean takesVariables() {
        return true;
    }

    @Override
    public int run(Invocation it) {
        if (it.json() && format != null && format != Format.JSON) {
            throw CliProblem.usage("--json and --format exclude each other");
        }
        SessionVariables variables = new SessionVariables(variable, resourceServer);
        Format chosen = it.json() ? Format.JSON : format == null ? Format.SH : format;
        it.voice().print(chosen.lines(variables.of(it, List.of(it.sessionName()))));
        return Exits.DONE;
    }
}
