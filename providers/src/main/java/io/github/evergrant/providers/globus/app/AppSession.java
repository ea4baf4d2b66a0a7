package io.github.evergrant.providers.globus.app;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.globus.auth.AuthClient;
import io.github.evergrant.providers.globus.scope.GlobusScope;
import io.github.evergrant.providers.globus.scope.GlobusScopes;
import io.github.evergrant.renewal.Demand;
import io.github.evergrant.renewal.Standing;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.Session;
import io.github.evergrant.session.SessionFacts;
import io.github.evergrant.storage.validation.Reading;
import io.github.evergrant.storage.validation.TokenValidators;
import io.github.evergrant.token.TokenData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The session of an app as it is now, and whether it has what the app requires. Safe for many threads. */
final class AppSession {

    private final Evergrant door;
    private final String name;
    private final ProviderData globus;
    private final Client client;
    private final LoginResult.Kind kind;
    private final boolean needsRefreshTokens;
    private final ConsentCheck consents = new ConsentCheck();
    private volatile @Nullable Session open;

    AppSession(
            Evergrant door,
            String name,
            ProviderData globus,
            Client client,
            LoginResult.Kind kind,
            boolean needsRefreshTokens) {
        this.door = door;
        this.name = name;
        this.globus = globus;
        this.client = client;
        this.kind = kind;
        this.needsRefreshTokens = needsRefreshTokens;
    }

    /**
     * The session; one that another program wrote becomes this client's.
     *
     * @throws LoginRequired {@code unknown_session} when there is none, {@code other_account} when its tokens are several
     *     accounts'
     * @throws InvalidInput when it is another client's, or another environment's
     */
    Session session() {
        Session known = open;
        if (known != null) {
            return known;
        }
        Session found = door.session(name);
        requireOneAccount(found.standing());
        Session ours = ours(found);
        open = ours;
        return ours;
    }

    /** The same, also when it is several people's: to be ended. */
    Session whosever() {
        return ours(door.session(name));
    }

    Optional<String> identity() {
        try {
            return session().identity();
        } catch (LoginRequired e) {
            return Optional.empty();
        }
    }

    void renewedBy(Session login) {
        open = login;
        consents.forget();
    }

    void ended() {
        open = null;
        consents.forget();
    }

    @Nullable
    Session open() {
        return open;
    }

    /**
     * The session, with a token of a resource server that is good to send and has what is required.
     *
     * @throws LoginRequired when it has not
     */
    Session meeting(String resourceServer, List<GlobusScope> required) {
        Session session = session();
        TokenData data = session.obtain(
                        resourceServer,
                        Demand.GOOD_NOW.withPatience(door.settings().patience()))
                .data();
        Reading reading = new Reading(name, resourceServer, Map.of(resourceServer, data), Map::of);
        if (needsRefreshTokens) {
            TokenValidators.hasRefreshTokens().afterRead(reading);
        }
        TokenValidators.scopes(Map.of(resourceServer, GlobusScopes.names(required)))
                .afterRead(reading);
        consents.require(
                required,
                name,
                data.identity().or(session::identity).orElse(null),
                () -> AuthClient.of(globus, door.http(), session.authorizer(Requirements.AUTH)));
        return session;
    }

    /** Whether the provider refused for good to renew what the session has for a resource server. */
    boolean isDead(String resourceServer) {
        return session().standing().dead().containsKey(resourceServer);
    }

    static boolean isOfSeveralAccounts(Standing standing) {
        return standing.records().values().stream()
                        .flatMap(entry -> entry.data().identity().stream())
                        .distinct()
                        .count()
                > 1;
    }

    private Session ours(Session found) {
        Session known = found.facts().isPresent() ? found : door.adopt(name, globus, client, kind);
        requireOurs(known.facts().orElseThrow());
        return known;
    }

    private void requireOneAccount(Standing standing) {
        Map<String, TokenData> all = new LinkedHashMap<>();
        standing.records().forEach((resourceServer, entry) -> all.put(resourceServer, entry.data()));
        TokenValidators.sameIdentity().afterRead(new Reading(name, null, all, () -> all));
    }

    private void requireOurs(SessionFacts facts) {
        if (!facts.provider().equals(globus.id())
                || !facts.environment().equals(globus.environment())
                || !Objects.equals(facts.base(), globus.base())) {
            throw taken("other_provider", "is with " + facts.provider() + " (" + facts.environment() + ")");
        }
        if (!facts.client().id().equals(client.id())) {
            throw taken(
                    "other_client", "belongs to the client " + facts.client().id());
        }
        if (facts.kind() != kind) {
            boolean machine = facts.kind() == LoginResult.Kind.CLIENT_CREDENTIALS;
            throw taken("other_kind", "is " + (machine ? "the client's own" : "a person's"));
        }
    }

    private InvalidInput taken(String code, String what) {
        return new InvalidInput(Problem.of(code, "session '" + name + "' " + what)
                .withAdvice("give the app a session of its own")
                .withSession(name));
    }
}
