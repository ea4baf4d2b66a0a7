package io.github.evergrant.cli.clients;

import io.github.evergrant.cli.agave.AgaveFiles;
import io.github.evergrant.cli.agave.KeptClients;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.JsonLine;
import io.github.evergrant.cli.frame.Table;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.providers.agave.CreatedClient;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Creates a client at a tenant of Agave, and keeps it where Agave's programs look.
 *
 * @param name what to call it
 * @param description what it is for, or null
 * @param showSecret whether its secret is printed, too
 */
record AgaveCreation(String name, @Nullable String description, boolean showSecret) {

    int run(Invocation it, Owner owner) {
        KeptClients kept = new KeptClients(AgaveFiles.of(it));
        Owner.Clients clients = owner.clients(it, name, false);
        kept.prepare(clients.tenant(), clients.username(), name);
        CreatedClient made = create(it, clients);
        try {
            kept.keep(clients.tenant(), clients.username(), made);
        } finally {
            print(it, clients, made);
        }
        it.voice()
                .say("Client " + made.name() + " is created, and kept here. To log in with it: "
                        + it.nextCommand()
                                .line(
                                        "login",
                                        "agave",
                                        "-s",
                                        kept.nameOf(clients.tenant(), clients.username(), made.name())));
        return Exits.DONE;
    }

    private CreatedClient create(Invocation it, Owner.Clients clients) {
        try {
            return clients.service().create(name, description);
        } catch (ProviderRefused e) {
            if (e.code().equals("client_not_created")) {
                throw CliProblem.of(
                        Exits.REFUSED,
                        e.code(),
                        e.getMessage() + "; the name may be taken",
                        null,
                        it.nextCommand()
                                .line(
                                        "clients",
                                        "list",
                                        "--tenant",
                                        clients.tenant().environment()));
            }
            throw e;
        }
    }

    private void print(Invocation it, Owner.Clients clients, CreatedClient made) {
        if (it.json()) {
            Map<String, @Nullable Object> json = JsonLine.object();
            json.put("tenant", clients.tenant().environment());
            json.put("username", clients.username());
            json.put("name", made.name());
            json.put("key", made.key());
            if (showSecret) {
                json.put("secret", made.secret().reveal());
            }
            it.voice().json(json);
            return;
        }
        Table table = showSecret ? new Table("NAME", "KEY", "SECRET") : new Table("NAME", "KEY");
        if (showSecret) {
            table.row(made.name(), made.key(), made.secret().reveal());
        } else {
            table.row(made.name(), made.key());
        }
        it.voice().print(table.lines());
    }
}
