package io.github.evergrant.cli.login;

import io.github.evergrant.cli.agave.AgaveFiles;
import io.github.evergrant.cli.agave.KeptClients;
import io.github.evergrant.cli.agave.TenantOptions;
import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.Person;
import io.github.evergrant.cli.frame.ProviderIds;
import io.github.evergrant.cli.frame.SessionNames;
import io.github.evergrant.cli.spatiafi.SpatiaFiFiles;
import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.login.ClientCredentialsLogin;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.RefreshTokenLogin;
import io.github.evergrant.login.TokenReplyLogin;
import io.github.evergrant.login.Wire;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.Provider;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.agave.AgaveProvider;
import io.github.evergrant.providers.spatiafi.SpatiaFiProvider;
import io.github.evergrant.providers.tastytrade.TastytradeProvider;
import io.github.evergrant.session.SessionFacts;
import io.github.evergrant.token.Scopes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gets a first token and keeps it as a session. */
@Command(
        name = "login",
        description = {
            "Logs in with a provider and keeps the session under a name.",
            "",
            "A person signs in with the browser of this machine, which then says how it ended. In an SSH session, in a"
                    + " container or without a display the address is shown, to be opened anywhere, and the code that"
                    + " its last page shows is pasted. Ten minutes, or --timeout, are waited for.",
            "",
            "With tastytrade, a page on this machine first asks for the client id and the client secret of an OAuth"
                    + " application of yours, and tells how to come by one and what to register:"
                    + " http://localhost:8000, or what --redirect-uri says.",
            "",
            "With Agave, username and password are asked at the terminal, and the tenant from a table; options, or"
                    + " EVERGRANT_PASSWORD, give them otherwise. A client of yours is needed: `evergrant clients create`."
                    + " The session is called TENANT/USER/CLIENT and kept where Agave's programs look for it, unless a"
                    + " store is named.",
            "",
            "With SpatiaFi, app credentials log in: those that are named, else the session's own, else those of"
                    + " SPATIAFI_CLIENT_ID and SPATIAFI_CLIENT_SECRET, else those that are saved where its Python programs"
                    + " look; of another service than the usual one, beside our sessions. Where there are none, they are"
                    + " created by username and password, and saved there. Whoever is named gets no session by somebody"
                    + " else's.",
            "",
            "With tastytrade, the grant of an OAuth application of yours logs in: its refresh token from TT_REFRESH or"
                    + " standard input, the application's secret from TT_SECRET. tastytrade has closed logins by password"
                    + " in February 2026; --password is for its sandboxes, and for whoever still has one."
        },
        footer = {
            "  evergrant login globus --client-id 61338d24-54d5-408f-a10d-66c06b59f6d2",
            "  evergrant login globus -s tour --paste --client-id 61338d24-54d5-408f-a10d-66c06b59f6d2",
            "  evergrant login globus -s tour --browser 'firefox --private-window' --expect-user ada@example.org",
            "  evergrant login globus --client-credentials --client-id ID --client-secret-file secret.txt",
            "  evergrant login agave --tenant sd2e --username ada",
            "  evergrant login spatiafi",
            "  evergrant login tastytrade --environment certification",
            "  evergrant login spatiafi --client-id ID --client-secret-file secret.txt",
            "  evergrant login globus --refresh-token-stdin --client-id ID < refresh-token.txt",
            "  TT_SECRET=... TT_REFRESH=... evergrant login tastytrade",
            "  evergrant login tastytrade --environment certification --password --remember --username ada",
            "  EVERGRANT_SANDBOX=http://127.0.0.1:8765 evergrant login globus -s tour"
        })
public final class LoginCommand implements CliCommand {

    @Parameters(
            paramLabel = "PROVIDER",
            completionCandidates = ProviderIds.class,
            description = "With whom: see `evergrant providers list`.")
    private String providerId = "";

    @Option(names = "--environment", paramLabel = "NAME", description = "Which instance of the provider.")
    private @Nullable String environment;

    @Option(
            names = "--scope",
            paramLabel = "S",
            description = "What to ask for; repeat it or separate by spaces. Adds to what the session has.")
    private List<String> scopes = new ArrayList<>();

    @Mixin
    private ClientChoice clientChoice = new ClientChoice();

    @Mixin
    private Method method = new Method();

    @Mixin
    private TenantOptions tenant = new TenantOptions();

    @Mixin
    private Person person = new Person();

    @Mixin
    private TastytradeOptions tastytradeOptions = new TastytradeOptions();

    @Option(
            names = "--token-username",
            paramLabel = "U",
            description = "With Agave, for administrators: whose token is asked for, in the place of one's own.")
    private @Nullable String meant;

    @Option(
            names = "--expect-user",
            paramLabel = "ID",
            description = "Keep the login only if it is this user's: a username or an identity id.")
    private @Nullable String expectedUser;

    @Option(names = "--replace", description = "Replace a session of another account or provider.")
    private boolean replace;

    @Override
    public Set<String> reserved() {
        return Set.of("--device");
    }

    @Override
    public int run(Invocation it) {
        if (providerId.contains("://")) {
            throw CliProblem.notBuilt("a login by the address of an issuer");
        }
        Instant began = it.now();
        clientChoice.claimInput(it);
        person.claimInput(it);
        Provider provider = it.providers().named(providerId);
        Given given = given();
        given.requireFor(provider);
        if (provider instanceof AgaveProvider agave) {
            return withAgave(it, agave, method.decide(it, true));
        }
        if (provider instanceof SpatiaFiProvider spatiafi && withSpatiaFi(it, spatiafi)) {
            return Exits.DONE;
        }
        if (provider instanceof TastytradeProvider tastytrade) {
            Optional<Kept> kept = withTastytrade(it, tastytrade, given);
            if (kept.isPresent()) {
                kept.get().tell(it);
                return Exits.DONE;
            }
        }
        Method.Kind decided = method.decide(it, false);
        ProviderData data = provider.describe(environment, it.sandbox().orElse(null));
        method.requireFor(it, data, provider.setUp(data).isPresent());
        Method.Kind kind = method.possible(decided, data);
        if (kind.isOfPerson() && data.endpoints().authorization() == null) {
            throw CliProblem.usage(
                    provider.title() + " has no page to sign in on here: log in by --client-credentials");
        }
        String name = name(it, provider, data);
        OwnName.requireFree(it, name);
        it.concerns(name);
        Optional<SessionFacts> former = former(it, name, data);
        Client client = kind.isOfPerson()
                ? clientChoice.ofPerson(it, provider, data, former)
                : clientChoice.of(it, provider, data, former, kind == Method.Kind.CLIENT_CREDENTIALS);
        Scopes asked = scopes(former, client);
        LoginRequest request = kind.isOfPerson()
                ? method.bound(LoginRequest.ofPerson(provider, data, client, asked))
                : LoginRequest.of(provider, data, client, asked);
        requirePerson(it, kind, data, name);
        Kept kept = logIn(it, kind, new Wanted(name, request, expectedUser, replace), began);
        kept.tell(it);
        if (method.browser().showsRefreshToken()) {
            kept.printRefreshToken(it);
        }
        return Exits.DONE;
    }

    private Given given() {
        return new Given(
                tenant.areGiven() || meant != null,
                person.isGiven(),
                !scopes.isEmpty(),
                clientChoice.isGiven(),
                tastytradeOptions.areGiven(),
                method);
    }

    /** The tenant is told by a server, and people log in by password, each with a client of their own. */
    private int withAgave(Invocation it, AgaveProvider agave, Method.Kind kind) {
        if (environment != null && tenant.nameOne()) {
            throw CliProblem.usage("--environment and --tenant mean the same; give one of them");
        }
        AgaveFiles files = AgaveFiles.of(it);
        AgaveSessionName name = AgaveSessionName.of(it, files);
        ProviderData data = tenant.choose(
                it,
                environment == null && !tenant.nameOne() ? name.tenant() : environment,
                it.namedSession().flatMap(named -> withAgave(it, named)));
        if (meant != null && kind != Method.Kind.PASSWORD) {
            throw CliProblem.usage("--token-username is for a login by password");
        }
        name.requireConsistent(data, Optional.ofNullable(meant).or(person::named));
        String otherwise = it.namedSession().or(it::onlyName).orElseGet(() -> OwnName.of(agave, data.environment()));
        if (name.second().isPresent() || !name.inFiles()) {
            it.concerns(SessionNames.checked(otherwise));
        }
        Optional<SessionFacts> former =
                name.inFiles() && name.named().isEmpty() ? Optional.empty() : former(it, otherwise, data);
        KeptClients kept = new KeptClients(files);
        AgaveTalk talk = new AgaveTalk(
                it,
                data,
                name,
                former,
                clientChoice.ofAgave(kept, name.client().orElse(null)),
                kept,
                client -> LoginRequest.of(agave, data, client, scopes(former, client)));
        AgaveTalk.Granted granted = kind == Method.Kind.PASSWORD
                ? talk.byPassword(person, meant)
                : kind == Method.Kind.REFRESH_TOKEN ? talk.byRefreshToken(method, person) : talk.byReply(person);
        new AgaveStoring(it, files, name, kind, expectedUser, replace)
                .keep(agave, granted, otherwise)
                .tell(it);
        return Exits.DONE;
    }

    /** @return whether it was done: when somebody brings tokens, it is not, and goes on as with any provider */
    private boolean withSpatiaFi(Invocation it, SpatiaFiProvider spatiafi) {
        ProviderData data = spatiafi.describe(environment, it.sandbox().orElse(null));
        if (method.possible(method.decide(it, false), data) != Method.Kind.CLIENT_CREDENTIALS) {
            if (person.isGiven()) {
                throw CliProblem.usage(
                        "username and password are for creating app credentials of SpatiaFi, not for this"
                                + " way to log in");
            }
            return false;
        }
        String name = name(it, spatiafi, data);
        OwnName.requireFree(it, name);
        it.concerns(name);
        Optional<SessionFacts> former = former(it, name, data);
        SpatiaFiFiles files = SpatiaFiFiles.of(it, data);
        new SpatiaFiTalk(it, spatiafi, data, files, clientChoice.ofSpatiaFi(files), former)
                .logIn(person, name, expectedUser, replace);
        return true;
    }

    /** @return nothing when a person has to sign in by OAuth, as with any provider */
    private Optional<Kept> withTastytrade(Invocation it, TastytradeProvider tastytrade, Given given) {
        tastytradeOptions.requireSound(person);
        if (method.bringsTokens()) {
            given.requireForTokens();
        }
        if (tastytradeOptions.byPassword(person)) {
            given.requireForPassword();
        }
        Method.Kind kind = method.decide(it, false);
        if (kind == Method.Kind.CLIENT_CREDENTIALS) {
            throw CliProblem.usage("an application of tastytrade's logs in by the grant of a person, not for itself");
        }
        ProviderData data = tastytrade.describe(environment, it.sandbox().orElse(null));
        String name = name(it, tastytrade, data);
        OwnName.requireFree(it, name);
        it.concerns(name);
        return new TastytradeTalk(it, tastytrade, data, name, former(it, name, data))
                .hold(
                        tastytradeOptions,
                        person,
                        clientChoice,
                        method,
                        kind,
                        tastytradeOptions.byOAuth() || given.meansOAuth(),
                        (request, how, login) -> new Storing(
                                        it,
                                        new Wanted(name, request, expectedUser, replace),
                                        how,
                                        it.door().wire())
                                .keep(login));
    }

    /** What is known of a session, if it is with Agave where a login would be. */
    private static Optional<SessionFacts> withAgave(Invocation it, String name) {
        try {
            return it.look(name)
                    .facts()
                    .filter(facts -> facts.provider().equals("agave")
                            && Objects.equals(facts.base(), it.sandbox().orElse(null)));
        } catch (LoginRequired e) {
            return Optional.empty();
        }
    }

    private Kept logIn(Invocation it, Method.Kind kind, Wanted wanted, Instant began) {
        Wire wire = it.door().wire();
        Storing storing = new Storing(it, wanted, kind, wire);
        LoginRequest request = wanted.request();
        return switch (kind) {
            case BROWSER -> new ByPerson(it, method, wanted).together(kind, began);
            case PASTE -> new ByPerson(it, method, wanted).alone(kind);
            case PASSWORD -> throw new AssertionError("only where people log in so");
            case CLIENT_CREDENTIALS -> storing.keep(ClientCredentialsLogin.run(request, wire));
            case REFRESH_TOKEN -> storing.keep(RefreshTokenLogin.run(request, method.refreshToken(it), wire));
            case TOKEN_RESPONSE ->
                storing.keep(TokenReplyLogin.read(
                        request,
                        it.input().text(Method.REPLY_STDIN),
                        it.outside().clock()));
        };
    }

    /** A browser that was named can be in front of somebody who has no terminal; nobody pastes without one. */
    private static void requirePerson(Invocation it, Method.Kind kind, ProviderData data, String name) {
        boolean missing =
                (kind == Method.Kind.PASTE && !it.mayAsk()) || (kind == Method.Kind.BROWSER && it.mustNotAsk());
        if (missing) {
            throw CliProblem.of(
                    Exits.LOGIN_NEEDED,
                    "terminal_needed",
                    "signing in to " + data.title() + " needs a person at a terminal",
                    name,
                    it.again(name));
        }
    }

    private String name(Invocation it, Provider provider, ProviderData data) {
        return SessionNames.checked(
                it.namedSession().or(it::onlyName).orElseGet(() -> OwnName.of(provider, data.environment())));
    }

    /** The session that is logged in again, if it is with the same provider; read before anything is sent. */
    private Optional<SessionFacts> former(Invocation it, String name, ProviderData data) {
        Optional<SessionFacts> facts;
        try {
            facts = it.look(name).facts();
        } catch (LoginRequired e) {
            return Optional.empty();
        } catch (StorageFailure e) {
            if (e.code().equals("token_malformed")) {
                // Nothing of it can be read: whatever it was, a login takes its place.
                return Optional.empty();
            }
            throw e;
        }
        boolean same = facts.map(known -> known.provider().equals(data.id())
                        && known.environment().equals(data.environment())
                        && Objects.equals(known.base(), data.base()))
                .orElse(true);
        if (!same && !replace) {
            throw new LoginFailed(Problem.of(
                            "other_provider",
                            "session '" + name + "' is with another provider or environment; nothing was sent")
                    .withSession(name));
        }
        return same ? facts : Optional.empty();
    }

    /** With the client it has, a login adds to what the session was asked for. */
    private Scopes scopes(Optional<SessionFacts> former, Client client) {
        Scopes asked = Scopes.parse(String.join(" ", scopes));
        return former.filter(known -> known.client().id().equals(client.id()))
                .map(known -> known.scopes().plus(asked))
                .orElse(asked);
    }
}
