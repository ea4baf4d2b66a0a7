package io.github.evergrant.cli.sessions;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.SessionNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Chooses the session that is meant when none is named. */
@Command(
        name = "use",
        description = "Chooses the session that is meant when none is named.",
        footer = "  evergrant sessions use tour")
final class UseCommand implements CliCommand {

    @Parameters(paramLabel = "NAME", description = "Which session.")
    private String name = "";

    @Override
    public int run(Invocation it) {
        it.look(SessionNames.known(name));
        it.chosen().choose(it.store(), name);
        it.voice().say("Session " + name + " is the one that is meant from now on.");
        return Exits.DONE;
    }
}
