package io.github.evergrant.cli.clients;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.providers.agave.Subscription;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a client use another API. */
@Command(
        name = "subscribe",
        description = "Lets one of your clients use another API; without --client, that of the session.",
        footer = {
            "  evergrant clients subscribe PublicKeys v2 admin -s tour",
            "  evergrant clients subscribe PublicKeys v2 admin --client my_client --tenant sd2e"
        })
final class SubscribeCommand implements CliCommand {

    @Parameters(index = "0", paramLabel = "API", description = "Which API.")
    private String api = "";

    @Parameters(index = "1", paramLabel = "VERSION", description = "Which version of it.")
    private String version = "";

    @Parameters(index = "2", paramLabel = "PROVIDER", description = "Whose it is.")
    private String provider = "";

    @Option(names = "--client", paramLabel = "NAME", description = "Which client.")
    private @Nullable String name;

    @Mixin
    private Owner owner = new Owner();

    @Override
    public int run(Invocation it) {
        if (api.isBlank() || version.isBlank() || provider.isBlank()) {
            throw CliProblem.usage("API, VERSION and PROVIDER must not be empty");
        }
        Owner.Clients clients = owner.clients(it, name, true);
        String which = name == null ? clients.own(it) : name;
        clients.service().subscribe(which, new Subscription(api, version, provider));
        it.voice().say("Client " + which + " may use " + api + " " + version + " of " + provider + ".");
        return Exits.DONE;
    }
}
