package io.github.evergrant.cli.sessions;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.SessionNames;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Forgets a session here. */
@Command(
        name = "delete",
        description =
                "Forgets a session here; its tokens stay alive at the provider. To revoke them: evergrant logout.",
        footer = "  evergrant sessions delete tour")
final class DeleteCommand implements CliCommand {

    @Parameters(paramLabel = "NAME", description = "Which session.")
    private String name = "";

    @Override
    public int run(Invocation it) {
        it.refuseRealOnes(List.of(SessionNames.known(name)));
        it.end(name, true);
        if (it.chosen().of(it.store()).filter(name::equals).isPresent()) {
            it.chosen().choose(it.store(), null);
        }
        it.voice().say("Session " + name + " is forgotten here.");
        return Exits.DONE;
    }
}
