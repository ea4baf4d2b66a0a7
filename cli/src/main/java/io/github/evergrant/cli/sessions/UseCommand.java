package io.github.evergrant.cli.sessions;

import io.github.evergrant.cli.agave.AgaveFiles;
import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.SessionNames;
import io.github.evergrant.providers.agave.saved.AgaveTokenStorage;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Chooses the session that is meant when none is named. */
@Command(
        name = "use",
        description =
                "Chooses the session that is meant when none is named. One of Agave becomes the one that its other"
                        + " programs use, too.",
        footer = "  evergrant sessions use tour")
final class UseCommand implements CliCommand {

    @Parameters(paramLabel = "NAME", description = "Which session.")
    private String name = "";

    @Override
    public int run(Invocation it) {
        SessionNames.known(name);
        Optional<AgaveTokenStorage> files = AgaveFiles.keeping(it, name);
        if (files.isPresent()) {
            files.get().use(it.door().storage().keptAt(name).namespace());
        } else {
            it.look(name);
        }
        it.chosen().choose(name);
        it.voice().say("Session " + name + " is the one that is meant from now on.");
        return Exits.DONE;
    }
}
