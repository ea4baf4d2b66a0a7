package io.github.evergrant.cli.clients;

import io.github.evergrant.cli.agave.AgaveFiles;
import io.github.evergrant.cli.agave.KeptClients;
import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Deletes a client; every session that goes on by it ends. */
@Command(
        name = "delete",
        description =
                "Deletes one of your clients at a tenant; without a name, that of the session. All sessions that were"
                        + " logged in by it end with it.",
        footer = {"  evergrant clients delete my_client --tenant sd2e", "  evergrant clients delete -s tour"})
final class DeleteCommand implements CliCommand {

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Which client.")
    private @Nullable String name;

    @Mixin
    private Owner owner = new Owner();

    @Override
    public int run(Invocation it) {
        Owner.Clients clients = owner.clients(it, name, true);
        String which = name == null ? clients.own(it) : name;
        clients.service().delete(which);
        new KeptClients(AgaveFiles.of(it)).forget(clients.tenant(), clients.username(), which);
        it.voice()
                .say("Client " + which + " is deleted at " + clients.tenant().environment()
                        + "; sessions by it need a new login.");
        return Exits.DONE;
    }
}
