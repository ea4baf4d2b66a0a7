package io.github.evergrant.cli.clients;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.JsonLine;
import io.github.evergrant.cli.frame.Printable;
import io.github.evergrant.providers.agave.AgaveTables;
import io.github.evergrant.providers.agave.Subscription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists what a client may use. */
@Command(
        name = "subscriptions",
        description = "Lists the APIs that one of your clients may use; without --client, that of the session.",
        footer = {
            "  evergrant clients subscriptions -s tour",
            "  evergrant clients subscriptions --client my_client --tenant sd2e"
        })
final class SubscriptionsCommand implements CliCommand {

    @Option(names = "--client", paramLabel = "NAME", description = "Which client.")
    private @Nullable String name;

    @Mixin
    private Owner owner = new Owner();

    @Override
    public int run(Invocation it) {
        Owner.Clients clients = owner.clients(it, name, true);
        String which = name == null ? clients.own(it) : name;
        List<Subscription> all = clients.service().subscriptions(which);
        if (it.json()) {
            Map<String, @Nullable Object> json = JsonLine.object();
            json.put("client", which);
            json.put(
                    "subscriptions",
                    all.stream().map(SubscriptionsCommand::json).toList());
            it.voice().json(json);
        } else {
            it.voice()
                    .print(AgaveTables.subscriptions(all).stream()
                            .map(Printable::text)
                            .toList());
        }
        return Exits.DONE;
    }

    private static Map<String, Object> json(Subscription subscription) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("api", subscription.api());
        json.put("version", subscription.version());
        json.put("provider", subscription.provider());
        return json;
    }
}
