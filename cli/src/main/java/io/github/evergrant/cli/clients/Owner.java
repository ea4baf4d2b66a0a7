package io.github.evergrant.cli.clients;

import io.github.evergrant.cli.agave.AgaveFiles;
import io.github.evergrant.cli.agave.KeptClients;
import io.github.evergrant.cli.agave.TenantOptions;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.Person;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.login.Account;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.agave.AgaveClient;
import io.github.evergrant.providers.agave.AgaveClients;
import io.github.evergrant.providers.agave.saved.SavedSession;
import io.github.evergrant.session.Session;
import io.github.evergrant.session.SessionFacts;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** The options that say whose clients are meant, at which tenant. For one run. */
final class Owner {

    private static final String PROVIDER = "agave";

    @Mixin
    private TenantOptions tenant = new TenantOptions();

    @Mixin
    private Person person = new Person();

    /**
     * Somebody's clients at a tenant.
     *
     * @param service where they are
     * @param session which is meant, if one with Agave is
     */
    record Clients(
            AgaveClients service,
            ProviderData tenant,
            String username,
            @Nullable Session session) {

        /** The session's own client, as its owner knows it; asks the tenant only if it was not created here. */
        String own(Invocation it) {
            Session known = session;
            if (known == null) {
                throw new AssertionError("asked before");
            }
            String key = known.facts().orElseThrow().client().id();
            return new KeptClients(AgaveFiles.of(it))
                    .withKey(tenant, key)
                    .map(SavedSession::client)
                    .orElseGet(() -> service.withKey(key).name());
        }

        /** The key of the session's own client, if there is a session. */
        Optional<String> ownKey() {
            return Optional.ofNullable(session)
                    .flatMap(Session::facts)
                    .map(facts -> facts.client().id());
        }

        /** Whether the session goes on by the client of that name. */
        boolean isOwn(AgaveClient client) {
            return session != null
                    && session.facts()
                            .map(facts -> facts.client().id().equals(client.key()))
                            .orElse(false);
        }
    }

    /**
     * Asks whatever is left open, the password last.
     *
     * @param name of the client that is meant; null for the session's own
     * @param needsClient whether one is meant at all
     */
    Clients clients(Invocation it, @Nullable String name, boolean needsClient) {
        person.claimInput(it);
        if (name != null && name.isBlank()) {
            throw new InvalidInput(Problem.of("client_name_needed", "the client's name is empty"));
        }
        Optional<Session> session = session(it);
        if (needsClient && name == null && session.isEmpty()) {
            throw new InvalidInput(Problem.of(
                    "client_name_needed", "there is no session whose client could be meant; name the client"));
        }
        Optional<SessionFacts> facts = session.flatMap(Session::facts);
        ProviderData data = tenant.choose(it, null, facts);
        String username =
                person.username(it, data, facts.map(SessionFacts::account).map(Account::username));
        AgaveClients service = new AgaveClients(
                data, person.user(it, data, username), it.door().http());
        return new Clients(service, data, username, session.orElse(null));
    }

    /** Whether it is said at which tenant. */
    boolean namesTenant() {
        return tenant.areGiven();
    }

    /** Who proves by password who they are. */
    Person person() {
        return person;
    }

    /** The one named, and else, if no tenant is, the one that any command would take, if it is with Agave. */
    private Optional<Session> session(Invocation it) {
        if (it.namedSession().isPresent()) {
            if (tenant.areGiven()) {
                throw CliProblem.usage("a session has its tenant; give -s or --tenant");
            }
            Session named = it.session();
            if (!isAgave(named)) {
                throw new InvalidInput(Problem.of(
                                "not_agave",
                                "session '" + named.name()
                                        + "' is not with Agave; with others, nothing lists, deletes or subscribes clients")
                        .withSession(named.name()));
            }
            return Optional.of(named);
        }
        if (tenant.nameOne()) {
            return Optional.empty();
        }
        String name;
        try {
            name = it.sessionName();
        } catch (LoginRequired | InvalidInput none) {
            return Optional.empty();
        }
        return Optional.of(name).filter(known -> isAgave(it.look(known))).map(it::session);
    }

    private static boolean isAgave(Session session) {
        return session.facts()
                .filter(facts -> facts.provider().equals(PROVIDER))
                .isPresent();
    }
}
