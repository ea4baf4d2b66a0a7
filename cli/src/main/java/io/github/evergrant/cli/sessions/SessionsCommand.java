package io.github.evergrant.cli.sessions;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Invocation;
import java.util.Set;
import picocli.CommandLine.Command;

/** The commands about sessions as things that are kept. */
@Command(
        name = "sessions",
        description = "Lists, shows, chooses, renames and deletes sessions.",
        subcommands = {ListCommand.class, ShowCommand.class, UseCommand.class, RenameCommand.class, DeleteCommand.class
        },
        footer = {
            "  evergrant sessions list",
            "  evergrant sessions use tour",
            "  evergrant sessions show tour --reveal",
            "  evergrant sessions rename tour work"
        })
public final class SessionsCommand implements CliCommand {

    @Override
    public Set<String> reserved() {
        return Set.of("copy", "import", "export", "verify");
    }

    @Override
    public int run(Invocation it) {
        throw CliProblem.usage("say what to do: list, show, use, rename or delete");
    }
}
