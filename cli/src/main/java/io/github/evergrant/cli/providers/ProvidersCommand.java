package io.github.evergrant.cli.providers;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Invocation;
import java.util.Set;
import picocli.CommandLine.Command;

/** The commands about providers. Nothing is asked over the network. */
@Command(
        name = "providers",
        description = "Lists and shows the providers one can log in with.",
        subcommands = {ListCommand.class, ShowCommand.class},
        footer = {"  evergrant providers list", "  evergrant providers show globus --json"})
public final class ProvidersCommand implements CliCommand {

    @Override
    public Set<String> reserved() {
        return Set.of("add", "discover");
    }

    @Override
    public int run(Invocation it) {
        throw CliProblem.usage("say what to do: list or show");
    }
}
