package io.github.evergrant.cli.clients;

import io.github.evergrant.cli.agave.AgaveFiles;
import io.github.evergrant.cli.agave.KeptClients;
import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.providers.agave.saved.SavedSession;
import io.github.evergrant.session.Session;
import java.util.Optional;
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
        KeptClients kept = new KeptClients(AgaveFiles.of(it));
        Optional<String> key = kept.named(clients.tenant(), clients.username(), which)
                .map(SavedSession::clientKey)
                .or(() -> name == null ? clients.ownKey() : Optional.empty());
        clients.service().delete(which);
        kept.forget(clients.tenant(), clients.username(), which);
        key.ifPresent(deleted -> tellSessions(it, deleted));
        it.voice()
                .say("Client " + which + " is deleted at " + clients.tenant().environment()
                        + "; sessions by it need a new login.");
        return Exits.DONE;
    }

    /** Sessions that went on by the client learn of its end now, and not when their tokens end. */
    private static void tellSessions(Invocation it, String key) {
        for (String name : it.door().sessions()) {
            try {
                Session session = it.look(name);
                if (session.facts()
                        .filter(facts -> facts.client().id().equals(key))
                        .isPresent()) {
                    it.session(name).renewNow();
                }
            } catch (EvergrantException e) {
                if (it.verbose()) {
                    it.voice().say("Session " + name + ": " + e.getMessage());
                }
            }
        }
    }
}
