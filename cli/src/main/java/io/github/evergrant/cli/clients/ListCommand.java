package io.github.evergrant.cli.clients;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.JsonLine;
import io.github.evergrant.cli.frame.Printable;
import io.github.evergrant.providers.agave.AgaveClient;
import io.github.evergrant.providers.agave.AgaveTables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists somebody's clients at a tenant. */
@Command(
        name = "list",
        description = "Lists your clients at a tenant, in the table that Agave's users know.",
        footer = {"  evergrant clients list --tenant sd2e", "  evergrant clients list -s tour --json"})
final class ListCommand implements CliCommand {

    @Mixin
    private Owner owner = new Owner();

    @Override
    public int run(Invocation it) {
        Owner.Clients clients = owner.clients(it, null, false);
        List<AgaveClient> all = clients.service().list();
        if (it.json()) {
            Map<String, @Nullable Object> json = JsonLine.object();
            json.put("tenant", clients.tenant().environment());
            json.put("clients", all.stream().map(each -> json(clients, each)).toList());
            it.voice().json(json);
        } else {
            it.voice()
                    .print(AgaveTables.clients(all).stream()
                            .map(Printable::text)
                            .toList());
        }
        return Exits.DONE;
    }

    private static Map<String, Object> json(Owner.Clients clients, AgaveClient client) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", client.name());
        json.put("description", client.description());
        json.put("key", client.key());
        json.put("of_session", clients.isOwn(client));
        return json;
    }
}
