package io.github.evergrant.cli.clients;

import io.github.evergrant.cli.agave.AgaveFiles;
import io.github.evergrant.cli.agave.KeptClients;
import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.JsonLine;
import io.github.evergrant.cli.frame.Table;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.providers.agave.CreatedClient;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a client and keeps its secret, which is told only once. */
@Command(
        name = "create",
        description = {
            "Creates a client, prints its key, and keeps key and secret here for logins with that tenant.",
            "",
            "No session is needed. The tenant tells the secret this one time; it lies where Agave's programs keep their"
                    + " sessions, as one that nobody has logged in with, readable by you alone."
        },
        footer = {
            "  evergrant clients create my_client 'for my laptop' --tenant sd2e",
            "  evergrant clients create my_client --tenant sd2e --show-secret --json"
        })
final class CreateCommand implements CliCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "What to call it; no two of yours have one name.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "DESCRIPTION", arity = "0..1", description = "What it is for.")
    private @Nullable String description;

    @Mixin
    private Owner owner = new Owner();

    @Option(names = "--show-secret", description = "Print the client's secret, too.")
    private boolean showSecret;

    @Override
    public int run(Invocation it) {
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
