package io.github.evergrant.cli.login;

import io.github.evergrant.authorizer.Authorizers;
import io.github.evergrant.cli.agave.HostName;
import io.github.evergrant.cli.agave.KeptClients;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.Person;
import io.github.evergrant.cli.frame.Printable;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.RefreshTokenLogin;
import io.github.evergrant.login.TokenReplyLogin;
import io.github.evergrant.login.Wire;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.agave.AgaveApi;
import io.github.evergrant.providers.agave.AgaveClient;
import io.github.evergrant.providers.agave.AgaveClients;
import io.github.evergrant.providers.agave.AgaveLogin;
import io.github.evergrant.providers.agave.AgaveUser;
import io.github.evergrant.providers.agave.CreatedClient;
import io.github.evergrant.providers.agave.saved.SavedSession;
import io.github.evergrant.session.SessionFacts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A login with a tenant of Agave: by username and password, with a client of one's own, which is created if there is none. */
final class AgaveTalk {

    private final Invocation it;
    private final ProviderData tenant;
    private final AgaveSessionName wanted;
    private final Optional<SessionFacts> former;
    private final AgaveClientChoice choice;
    private final Function<Client, LoginRequest> request;
    private final KeptClients kept;
    private final Wire wire;

    /**
     * A login that was made.
     *
     * @param client what its client is called; its key when nobody knows
     */
    record Granted(LoginResult login, String client) {}

    /**
     * @param wanted what it is to be called
     * @param former of the session of that name, if it is with this tenant
     * @param request for a login by a client
     */
    AgaveTalk(
            Invocation it,
            ProviderData tenant,
            AgaveSessionName wanted,
            Optional<SessionFacts> former,
            AgaveClientChoice choice,
            KeptClients kept,
            Function<Client, LoginRequest> request) {
        this.it = it;
        this.tenant = tenant;
        this.wanted = wanted;
        this.former = former;
        this.choice = choice;
        this.request = request;
        this.kept = kept;
        this.wire = new Wire(it.door().http(), it.outside().clock());
    }

    /**
     * A person says who they are; whatever is left open is asked, the password last.
     *
     * @param meant whose token an administrator wants, or null for one's own
     */
    Granted byPassword(Person person, @Nullable String meant) {
        String username = person.username(it, tenant, meant == null ? known() : Optional.empty());
        List<AgaveClientChoice.Candidate> candidates = choice.candidates(it, tenant, Optional.of(username), former);
        if (candidates.isEmpty()) {
            agreeToCreate(username);
        }
        AgaveUser user = person.user(it, tenant, username);
        for (AgaveClientChoice.Candidate candidate : candidates) {
            try {
                LoginResult login = login(candidate.client(), user, meant);
                return new Granted(login, nameOf(candidate, user));
            } catch (ProviderRefused e) {
                if (!e.code().equals("invalid_client") || choice.isExplicit()) {
                    throw e;
                }
                tellGone(candidate, username);
            }
        }
        if (!candidates.isEmpty()) {
            agreeToCreate(username);
        }
        CreatedClient made = create(user);
        return new Granted(login(made.client(), user, meant), made.name());
    }

    private LoginResult login(Client client, AgaveUser user, @Nullable String meant) {
        LoginRequest wish = request.apply(client);
        return meant == null ? AgaveLogin.password(wish, user, wire) : AgaveLogin.impersonate(wish, user, meant, wire);
    }

    /** Who logged in before, if that is known. */
    private Optional<String> known() {
        return former.map(SessionFacts::account).map(Account::username).or(wanted::username);
    }

    /** What a client is called: what is kept of it says that, else its tenant does. */
    private String nameOf(AgaveClientChoice.Candidate candidate, AgaveUser user) {
        SavedSession mine = candidate.kept();
        String key = candidate.client().id();
        if (mine != null || !wanted.needsClient()) {
            return mine == null ? key : mine.client();
        }
        try {
            return new AgaveClients(tenant, user, it.door().http()).withKey(key).name();
        } catch (EvergrantException e) {
            return key;
        }
    }

    /** A refresh token that some other program obtained; whose it is, the tenant says. */
    Granted byRefreshToken(Method method, Person person) {
        Optional<String> owner = owner(person);
        AgaveClientChoice.Candidate only = only(owner);
        LoginResult login = RefreshTokenLogin.run(request.apply(only.client()), method.refreshToken(it), wire);
        return new Granted(identified(login, owner), nameOf(only));
    }

    private static String nameOf(AgaveClientChoice.Candidate candidate) {
        SavedSession mine = candidate.kept();
        return mine == null ? candidate.client().id() : mine.client();
    }

    private LoginResult identified(LoginResult login, Optional<String> owner) {
        try {
            String username = new AgaveApi(
                            tenant,
                            it.door().http(),
                            Authorizers.bearer(login.response().first().accessToken()))
                    .me()
                    .username();
            return login.withAccount(new Account(username, username));
        } catch (EvergrantException e) {
            return named(login, owner);
        }
    }

    /** A whole reply; nothing is sent, so whose it is must be said. */
    Granted byReply(Person person) {
        Optional<String> owner = owner(person);
        AgaveClientChoice.Candidate only = only(owner);
        LoginResult login = TokenReplyLogin.read(
                request.apply(only.client()),
                it.input().text(Method.REPLY_STDIN),
                it.outside().clock());
        return new Granted(named(login, owner), nameOf(only));
    }

    private static LoginResult named(LoginResult login, Optional<String> owner) {
        return owner.map(name -> login.withAccount(new Account(name, name))).orElse(login);
    }

    /** Whose tokens they are, as far as that is said. Where it is a part of the name it is too late to ask once one is spent. */
    private Optional<String> owner(Person person) {
        Optional<String> said = person.named()
                .or(this::known)
                .or(() -> Person.variables(it, tenant).username());
        if (said.isPresent() || !wanted.inFiles()) {
            return said;
        }
        if (!it.mayAsk()) {
            throw CliProblem.usage("whose tokens they are is a part of the session's name: give --username");
        }
        return Optional.of(person.username(it, tenant, Optional.empty()));
    }

    private AgaveClientChoice.Candidate only(Optional<String> owner) {
        return choice.candidates(it, tenant, owner, former).stream()
                .findFirst()
                .orElseThrow(() -> needed("no client is known here for " + tenant.environment(), ""));
    }

    private void tellGone(AgaveClientChoice.Candidate candidate, String username) {
        SavedSession mine = candidate.kept();
        if (mine != null) {
            kept.forget(tenant, username, mine.client());
        }
        it.voice().say(tenant.environment() + " knows the client " + nameOf(candidate) + " no more.");
    }

    /** Nothing is created that nobody wants. */
    private void agreeToCreate(String username) {
        String name = wanted.client().orElseGet(() -> HostName.client(it));
        String missing = "no client of " + username + "'s is known here for " + tenant.environment();
        if (!it.mayAsk()) {
            throw needed(missing, username);
        }
        String answer = it.outside()
                .terminal()
                .ask(Printable.text(missing.substring(0, 1).toUpperCase(Locale.ROOT) + missing.substring(1)
                                + ". Create one named " + name + "?")
                        + " [Y/n] ");
        if (answer == null) {
            it.outside().terminal().write("\n");
            throw Person.cancelled(it);
        }
        if (!Set.of("", "y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT))) {
            throw needed(missing, username);
        }
    }

    private CliProblem needed(String missing, String username) {
        String name = wanted.client().orElseGet(() -> HostName.client(it));
        String create = it.nextCommand().line("clients", "create", name, "--tenant", tenant.environment());
        return CliProblem.of(
                Exits.USAGE,
                "client_needed",
                missing + "; a login needs one",
                wanted.named().orElse(null),
                username.isEmpty()
                        ? create
                        : create + " --username " + it.nextCommand().quoted(username));
    }

    /** Under a name that is free: one of this machine's may be there whose secret nobody has. */
    private CreatedClient create(AgaveUser user) {
        String name = wanted.client().orElseGet(() -> HostName.client(it));
        kept.prepare(tenant, user.username(), name);
        AgaveClients clients = new AgaveClients(tenant, user, it.door().http());
        String description = "Evergrant";
        CreatedClient made;
        try {
            made = clients.create(name, description);
        } catch (ProviderRefused e) {
            Set<String> taken = clients.list().stream().map(AgaveClient::name).collect(Collectors.toSet());
            if (!e.code().equals("client_not_created")
                    || !taken.contains(name)
                    || wanted.client().isPresent()) {
                throw e;
            }
            int number = 2;
            while (taken.contains(name + "-" + number)) {
                number++;
            }
            made = clients.create(name + "-" + number, description);
        }
        kept.keep(tenant, user.username(), made);
        it.voice().say("Client " + made.name() + " is created at " + tenant.environment() + ", and kept here.");
        return made;
    }
}
