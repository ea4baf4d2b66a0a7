package io.github.evergrant.cli.login;

import io.github.evergrant.cli.agave.KeptClients;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.ClientOptions;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.Person;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.agave.AgaveProvider;
import io.github.evergrant.providers.agave.AgaveVariables;
import io.github.evergrant.providers.agave.saved.SavedSession;
import io.github.evergrant.session.SessionFacts;
import io.github.evergrant.token.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** By which clients a login with Agave may be tried: each user has their own, and any of them may have been deleted. */
final class AgaveClientChoice {

    private final ClientOptions options;
    private final KeptClients kept;
    private final @Nullable String name;

    /** @param name what the client must be called, or null */
    AgaveClientChoice(ClientOptions options, KeptClients kept, @Nullable String name) {
        this.options = options;
        this.kept = kept;
        this.name = name;
    }

    /** @param kept what is kept of it here, or null */
    record Candidate(Client client, @Nullable SavedSession kept) {}

    /** Whether somebody named the client: then no other is tried. */
    boolean isExplicit() {
        return options.areGiven();
    }

    /**
     * The one named; else, in this order, the session's, that of {@code TAPIS_API_KEY}, those that are kept here, and the
     * sandbox's.
     *
     * @param username whose, if that is known
     * @throws InvalidInput {@code client_secret_needed} when one is named whose secret nobody knows
     */
    List<Candidate> candidates(
            Invocation it, ProviderData tenant, Optional<String> username, Optional<SessionFacts> former) {
        if (isExplicit()) {
            Client client = explicit(it, tenant, former);
            return List.of(
                    new Candidate(client, kept.withKey(tenant, client.id()).orElse(null)));
        }
        AgaveVariables variables = Person.variables(it, tenant);
        List<Candidate> all = new ArrayList<>();
        former.map(SessionFacts::client).ifPresent(client -> all.add(new Candidate(client, null)));
        if (name == null) {
            variables.client().ifPresent(client -> all.add(new Candidate(client, null)));
        }
        username.map(who -> kept.of(tenant, who)).orElse(List.of()).stream()
                .filter(each -> name == null || each.client().equals(name))
                .forEach(each -> all.add(new Candidate(KeptClients.client(each), each)));
        if (tenant.base() != null && name == null) {
            all.add(new Candidate(AgaveProvider.SANDBOX_CLIENT, null));
        }
        // Of one that is known twice, what is kept of it is to be forgotten with it.
        List<Candidate> once = new ArrayList<>();
        for (Candidate each : all) {
            boolean better =
                    each.kept() == null && all.stream().anyMatch(other -> other.kept() != null && isSame(other, each));
            if (!better && once.stream().noneMatch(other -> isSame(other, each))) {
                once.add(each);
            }
        }
        return once;
    }

    private static boolean isSame(Candidate one, Candidate other) {
        return one.client().id().equals(other.client().id());
    }

    private Client explicit(Invocation it, ProviderData tenant, Optional<SessionFacts> former) {
        String id = options.id().orElseThrow(() -> CliProblem.usage("a client's secret needs the client: --client-id"));
        Optional<Secret> secret = options.secret(it).or(() -> ClientOptions.fromVariable(it));
        if (secret.isPresent()) {
            return Client.confidentialUnencoded(id, secret.get());
        }
        return Stream.concat(
                        kept.withKey(tenant, id).map(KeptClients::client).stream(),
                        former.map(SessionFacts::client).stream())
                .filter(client -> client.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        Problem.of("client_secret_needed", "the secret of client " + id + " is not known here")
                                .withAdvice("give it with --client-secret-file or --client-secret-stdin")));
    }
}
