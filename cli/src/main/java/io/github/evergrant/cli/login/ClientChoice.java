package io.github.evergrant.cli.login;

import io.github.evergrant.cli.agave.KeptClients;
import io.github.evergrant.cli.frame.ClientOptions;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.spatiafi.SpatiaFiFiles;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.Provider;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.spatiafi.AppCredentials;
import io.github.evergrant.providers.spatiafi.SpatiaFiProvider;
import io.github.evergrant.session.SessionFacts;
import io.github.evergrant.token.Secret;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** Which client logs in: the one that is named, the session's own, or the sandbox's. */
final class ClientChoice {

    @Mixin
    private ClientOptions options = new ClientOptions();

    void claimInput(Invocation it) {
        options.claimInput(it);
    }

    /** Whether any option names one. */
    boolean isGiven() {
        return options.areGiven();
    }

    Optional<String> id() {
        return options.id();
    }

    /** The secret that an option or a variable gives. */
    Optional<Secret> secret(Invocation it) {
        return options.secret(it).or(() -> ClientOptions.fromVariable(it));
    }

    /** The same options, for a provider whose users have clients of their own. */
    AgaveClientChoice ofAgave(KeptClients kept, @Nullable String name) {
        return new AgaveClientChoice(options, kept, name);
    }

    /**
     * The same for a person's login. Where people have clients of their own, one without an id when nobody has named any: then
     * the person is asked.
     */
    Client ofPerson(Invocation it, Provider provider, ProviderData data, Optional<SessionFacts> former) {
        if (provider.setUp(data).isEmpty()) {
            return of(it, provider, data, former, false);
        }
        Optional<SessionFacts> named =
                former.filter(facts -> !facts.client().id().isBlank());
        if (!options.areGiven() && named.isEmpty()) {
            return Client.open("");
        }
        if (options.id().isEmpty() && named.isEmpty()) {
            throw needed(data);
        }
        Client client = of(it, provider, data, named, false);
        if (client.secret() == null) {
            throw new InvalidInput(
                    Problem.of("client_secret_needed", "a login with " + data.title() + " needs the client's secret")
                            .withAdvice("give it with --client-secret-file, or neither id nor secret to be asked"));
        }
        return client;
    }

    /**
     * @param former of the session that is logged in again, with the same provider
     * @param machine whether the client logs in for itself
     * @throws InvalidInput {@code client_id_needed} with the page where one is registered
     */
    Client of(Invocation it, Provider provider, ProviderData data, Optional<SessionFacts> former, boolean machine) {
        String id = options.id().orElse(null);
        Optional<Secret> secret = options.secret(it);
        Optional<Client> known = former.map(SessionFacts::client)
                .filter(own -> id == null || own.id().equals(id));
        if (id == null && known.isEmpty()) {
            return sandboxClient(provider, data, machine)
                    .or(() -> saved(it, provider, data))
                    .orElseThrow(() -> needed(data));
        }
        if (secret.isPresent()) {
            return provider.client(id == null ? known.orElseThrow().id() : id, secret.get());
        }
        if (known.isPresent()) {
            return known.get();
        }
        return client(it, provider, String.valueOf(id));
    }

    private static Client client(Invocation it, Provider provider, String id) {
        @Nullable Secret fromVariable = ClientOptions.fromVariable(it).orElse(null);
        return fromVariable == null ? Client.open(id) : provider.client(id, fromVariable);
    }

    private static Optional<Client> sandboxClient(Provider provider, ProviderData data, boolean machine) {
        if (data.base() == null) {
            return Optional.empty();
        }
        return machine ? provider.sandboxMachineClient() : provider.sandboxClient();
    }

    /** What the programs of SpatiaFi have saved, or are told by variables. */
    private static Optional<Client> saved(Invocation it, Provider provider, ProviderData data) {
        return provider instanceof SpatiaFiProvider
                ? SpatiaFiFiles.of(it, data).find().map(AppCredentials::client)
                : Optional.empty();
    }

    /** The same options, for app credentials. */
    SpatiaFiClientChoice ofSpatiaFi(SpatiaFiFiles files) {
        return new SpatiaFiClientChoice(options, files);
    }

    private static InvalidInput needed(ProviderData data) {
        return new InvalidInput(Problem.of("client_id_needed", "a login with " + data.title() + " needs a client id")
                .withAdvice("register one at " + data.registrationPage() + " and give it with --client-id"));
    }
}
