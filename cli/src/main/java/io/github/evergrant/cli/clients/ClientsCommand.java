package io.github.evergrant.cli.clients;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Invocation;
import picocli.CommandLine.Command;

/** The commands about one's OAuth clients with Agave, and app credentials of SpatiaFi. */
@Command(
        name = "clients",
        description = {
            "Creates, lists and deletes one's OAuth clients at a tenant of Agave, and says what they may use.",
            "",
            "The tenant asks for username and password each time. They are asked at the terminal, unless options or"
                    + " EVERGRANT_PASSWORD give them. With -s, tenant, username and client are those of a session.",
            "",
            "With --provider spatiafi, create makes app credentials of SpatiaFi, which nothing lists or deletes."
        },
        subcommands = {
            CreateCommand.class,
            ListCommand.class,
            DeleteCommand.class,
            SubscribeCommand.class,
            SubscriptionsCommand.class
        },
        footer = {
            "  evergrant clients create my_client 'for my laptop' --tenant sd2e",
            "  evergrant clients create --provider spatiafi",
            "  evergrant clients list --tenant sd2e",
            "  evergrant clients subscribe PublicKeys v2 admin -s tour",
            "  evergrant clients subscriptions -s tour",
            "  evergrant clients delete my_client --tenant sd2e"
        })
public final class ClientsCommand implements CliCommand {

    @Override
    public int run(Invocation it) {
        throw CliProblem.usage("say what to do: create, list, delete, subscribe or subscriptions");
    }
}
