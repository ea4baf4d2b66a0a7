package io.github.evergrant.cli.sessions;

import io.github.evergrant.cli.agave.AgaveFiles;
import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.SessionNames;
import io.github.evergrant.providers.agave.saved.AgaveTokenStorage;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Forgets a session here. */
@Command(
        name = "delete",
        description =
                "Forgets a session here; its tokens stay alive at the provider. To revoke them: evergrant logout. One that"
                        + " was imported stays in the file of the program that wrote it.",
        footer = "  evergrant sessions delete tour")
final class DeleteCommand implements CliCommand {

    @Parameters(paramLabel = "NAME", description = "Which session.")
    private String name = "";

    @Override
    public int run(Invocation it) {
        SessionNames.known(name);
        boolean adopted = it.isAdopted(name);
        String storage = it.storage(name);
        if (adopted) {
            it.concerns(name);
            it.door().release(name).ifPresent(trouble -> it.voice().warn(trouble, "; it is forgotten all the same"));
        } else {
            Optional<AgaveTokenStorage> files = AgaveFiles.keeping(it, name);
            if (files.flatMap(each -> each.saved(name))
                    .filter(saved -> saved.tokens() == null)
                    .isEmpty()) {
                it.refuseRealOnes(List.of(name));
                it.end(name, true);
            }
            // The client would stay, as before the first login.
            files.ifPresent(each -> each.forget(name));
        }
        it.chosen().follow(name, null);
        it.voice()
                .say("Session " + name + " is forgotten here."
                        + (adopted ? " What it had stays in " + storage + "." : ""));
        return Exits.DONE;
    }
}
