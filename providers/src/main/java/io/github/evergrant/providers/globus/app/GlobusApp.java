package io.github.evergrant.providers.globus.app;

import io.github.evergrant.authorizer.Authorizer;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.LoginWay;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.globus.auth.AuthorizationParameters;
import io.github.evergrant.providers.globus.scope.GlobusScope;
import io.github.evergrant.providers.globus.scope.GlobusScopes;
import io.github.evergrant.providers.globus.service.GlobusService;
import io.github.evergrant.providers.globus.service.ServiceClient;
import io.github.evergrant.renewal.Standing;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.Session;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A program's session with Globus that logs itself in: the counterpart of {@code UserApp} and {@code ClientApp}.
 *
 * <p>It knows which scopes the program needs. An authorizer of it looks, at its first use and after each change, whether
 * the session has them, and has a login made if not; everything else is the session's. Safe for many threads: of many that
 * need a login, one makes it, and the others wait for it. Asks nobody anything before the first use. The door stays its
 * owner's.
 */
public final class GlobusApp {

    private final Evergrant door;
    private final String name;
    private final ProviderData globus;
    private final AppSettings settings;
    private final AppSession session;
    private final Readiness readiness;
    private final AtomicReference<Requirements> requirements;
    private final Map<String, AppAuthorizer> authorizers = new ConcurrentHashMap<>();

    private GlobusApp(
            Evergrant door,
            String name,
            ProviderData globus,
            Client client,
            @Nullable LoginWay way,
            AppSettings settings) {
        this.door = Objects.requireNonNull(door, "door");
        this.name = Objects.requireNonNull(name, "name");
        this.globus = Objects.requireNonNull(globus, "globus");
        this.settings = Objects.requireNonNull(settings, "settings");
        if (name.isBlank()) {
            throw new InvalidInput(Problem.of("no_session_name", "a session has a name"));
        }
        if (!globus.id().equals("globus")) {
            throw new InvalidInput(Problem.of("other_provider", globus.title() + " is not Globus"));
        }
        boolean person = way != null;
        LoginResult.Kind kind = person ? LoginResult.Kind.REFRESH_TOKEN : LoginResult.Kind.CLIENT_CREDENTIALS;
        session = new AppSession(door, name, globus, client, kind, person && settings.refreshTokens());
        requirements = new AtomicReference<>(Requirements.of(settings.requirements()));
        Logins logins = new Logins(door, name, globus, client, way, settings, session);
        readiness = new Readiness(
                name, session, logins, this::required, why -> settings.remedy().cure(this, why));
    }

    /**
     * An app that people log in to.
     *
     * @param name which session of the door; a program's own
     * @param globus which environment of Globus
     * @param client the program's
     * @param way how people log in
     * @throws InvalidInput when these do not go together
     */
    public static GlobusApp ofPerson(
            Evergrant door, String name, ProviderData globus, Client client, LoginWay way, AppSettings settings) {
        way.requirePossible(globus, client);
        return new GlobusApp(door, name, globus, client, way, settings);
    }

    /**
     * An app that acts for itself, by its client's credentials.
     *
     * @throws InvalidInput {@code client_secret_missing} when the client has none, and when these do not go together
     */
    public static GlobusApp ofClient(
            Evergrant door, String name, ProviderData globus, Client client, AppSettings settings) {
        if (client.secret() == null) {
            throw new InvalidInput(
                    Problem.of("client_secret_missing", "an app that acts for itself needs the client's secret"));
        }
        return new GlobusApp(door, name, globus, client, null, settings);
    }

    /** Puts tokens of one resource server on requests, and logs in when that has to be. The same object each time. */
    public Authorizer authorizer(String resourceServer) {
        return authorizers.computeIfAbsent(resourceServer, rs -> new AppAuthorizer(readiness, rs));
    }

    /**
     * A client of a service, to be wrapped by {@code GroupsClient}, {@code TransferClient} and the like. What such a client
     * usually asks for is required from now on. If the settings say so, a login that an API wants after a 403 is made.
     */
    public ServiceClient client(GlobusService service) {
        require(service.resourceServer(), GlobusScopes.parse(service.scopes().text()));
        return attached(
                ServiceClient.of(globus, service, door.http(), authorizer(service.resourceServer())),
                service.resourceServer());
    }

    /**
     * A client of a service at an address of its own, such as a Globus Connect Server's manager or one flow. Its scopes are
     * required from now on.
     *
     * @param title its name for people
     * @param resourceServer whose tokens it takes
     * @param scopes such as {@link GlobusScopes#ofConnectServer} and {@link GlobusScopes#ofFlow}
     * @throws InvalidInput {@code no_scopes} when there are none
     */
    public ServiceClient client(String title, URI base, String resourceServer, Collection<GlobusScope> scopes) {
        require(resourceServer, scopes);
        return attached(ServiceClient.at(title, base, door.http(), authorizer(resourceServer)), resourceServer);
    }

    private ServiceClient attached(ServiceClient client, String resourceServer) {
        if (!settings.redrive()) {
            return client;
        }
        Authorizer authorizer = authorizer(resourceServer);
        return client.with(
                client.policy().with(new Redrive((wanted, instead) -> readiness.logInAs(wanted, instead, authorizer))));
    }

    /** The scopes the program needs, by resource server; {@code openid} is always among them. */
    public Map<String, List<GlobusScope>> requirements() {
        return required().byResourceServer();
    }

    /** The program needs more; whether the session has it is looked at when it is next used. */
    public void require(String resourceServer, Collection<GlobusScope> scopes) {
        requirements.updateAndGet(now -> now.plus(resourceServer, scopes));
    }

    /**
     * Whether a login is needed before all that is required can be had. What is due is renewed, to find out.
     *
     * @throws io.github.evergrant.error.TemporarilyUnavailable when that cannot be found out now
     */
    public boolean loginRequired() {
        return readiness.loginRequired();
    }

    /** Logs in if it is needed. @return whether it was */
    public boolean login() {
        return login(false, AuthorizationParameters.NONE);
    }

    /**
     * Logs in: with {@code force} or any parameters in any case, else if it is needed.
     *
     * @param parameters what the login has to be like; its scopes are asked for this once
     * @return whether a login was made
     * @throws io.github.evergrant.error.LoginFailed when it did not come to its end, or somebody else came than the
     *     session's account: then their tokens are revoked
     */
    public boolean login(boolean force, AuthorizationParameters parameters) {
        if (!force && parameters.equals(AuthorizationParameters.NONE)) {
            return readiness.logInIfRequired();
        }
        readiness.logIn(parameters);
        return true;
    }

    /** Who the session speaks for, as Globus knows them; nothing when that is unknown, or nobody is logged in. */
    public Optional<String> identity() {
        return session.identity();
    }

    /**
     * Logs out: revokes tokens and forgets them here. What is kept here goes in every case.
     *
     * @param sweep whether all the session has goes; else what it has for the resource servers that are required, and what
     *     logins brought beyond them stays. What is several accounts' goes as a whole
     * @return what could not be revoked, in words; empty when all was
     */
    public List<String> logout(boolean sweep) {
        try {
            Session ending = session.whosever();
            Standing standing = ending.standing();
            Set<String> going = new LinkedHashSet<>(standing.records().keySet());
            going.retainAll(required().byResourceServer().keySet());
            boolean all =
                    sweep || going.containsAll(standing.records().keySet()) || AppSession.isOfSeveralAccounts(standing);
            return all ? door.logout(name, false) : ending.logout(going, false);
        } catch (LoginRequired e) {
            if (e.code().equals("unknown_session") || e.code().equals("logged_out")) {
                return List.of();
            }
            throw e;
        } catch (StorageFailure e) {
            if (e.code().equals("journal_corrupt")) {
                return door.logout(name, false);
            }
            throw e;
        } finally {
            session.ended();
        }
    }

    private Requirements required() {
        return Objects.requireNonNull(requirements.get());
    }
}
