package io.github.evergrant.cli.sessions;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.SessionNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Gives a session another name. */
@Command(
        name = "rename",
        description = "Gives a session another name. Who still uses the old one is told the new one.",
        footer = "  evergrant sessions rename tour work")
final class RenameCommand implements CliCommand {

    @Parameters(index = "0", paramLabel = "OLD", description = "Its name until now.")
    private String from = "";

    @Parameters(index = "1", paramLabel = "NEW", description = "Its name from now on.")
    private String to = "";

    @Override
    public int run(Invocation it) {
        it.door().rename(SessionNames.known(from), SessionNames.checked(to));
        it.chosen().follow(from, to);
        it.voice().say("Session " + from + " is now " + to + ".");
        return Exits.DONE;
    }
}
