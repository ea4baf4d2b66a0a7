package io.github.evergrant.providers.globus.app;

import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.ClientCredentialsLogin;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.LoginWay;
import io.github.evergrant.login.WhoAmI;
import io.github.evergrant.login.Wire;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.globus.auth.AuthorizationParameters;
import io.github.evergrant.providers.globus.scope.GlobusScope;
import io.github.evergrant.providers.globus.scope.GlobusScopes;
import io.github.evergrant.session.Evergrant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes an app's logins and keeps them as its session. */
final class Logins {

    /** What a login cannot cure, or must not unasked. */
    static final Set<String> NOT_CURABLE = Set.of("other_account", "moved");

    private final Evergrant door;
    private final String name;
    private final ProviderData globus;
    private final Client client;
    private final @Nullable LoginWay way;
    private final AppSettings settings;
    private final AppSession session;

    /** @param way how a person logs in; null for a client that logs in for itself */
    Logins(
            Evergrant door,
            String name,
            ProviderData globus,
            Client client,
            @Nullable LoginWay way,
            AppSettings settings,
            AppSession session) {
        this.door = door;
        this.name = name;
        this.globus = globus;
        this.client = client;
        this.way = way;
        this.settings = settings;
        this.session = session;
    }

    boolean isOfPerson() {
        return way != null;
    }

    void run(Collection<GlobusScope> scopes, AuthorizationParameters parameters) {
        LoginWay person = way;
        requireCurable();
        Wire wire = door.wire();
        if (person == null) {
            LoginRequest request = new LoginRequest(globus, client, GlobusScopes.words(scopes), false, Map.of());
            keep(asItself(ClientCredentialsLogin.run(request, wire)), scopes);
            return;
        }
        LoginRequest request =
                new LoginRequest(globus, client, GlobusScopes.words(scopes), true, parameters(parameters));
        person.login(request, wire, granted -> {
            LoginResult login = WhoAmI.identify(granted, wire);
            keep(login, scopes);
            return login.sentence() + " Session " + name + " is saved.";
        });
    }

    /** A login that may not be kept, or cannot, must not live on where nobody knows it. */
    private void keep(LoginResult login, Collection<GlobusScope> scopes) {
        // What a session asks for again has no brackets: the consents they stand for stay.
        LoginResult result = login.withScopes(GlobusScopes.names(scopes));
        session.renewedBy(door.keepOrDiscard(name, result, false));
    }

    /** Also makes a session that another program wrote this client's: a login then adds to it. */
    private void requireCurable() {
        try {
            session.session();
        } catch (LoginRequired e) {
            if (NOT_CURABLE.contains(e.code())) {
                throw e;
            }
        }
    }

    /** Globus knows a client as an identity of the same id; only a reply with an id token says so. */
    private LoginResult asItself(LoginResult result) {
        boolean known = session.identity().filter(client.id()::equals).isPresent();
        return known && result.account().identityId() == null
                ? result.withAccount(new Account(null, client.id()))
                : result;
    }

    private Map<String, String> parameters(AuthorizationParameters asked) {
        Map<String, String> all = new LinkedHashMap<>(asked.ofRequest());
        all.put("access_type", settings.refreshTokens() ? "offline" : "online");
        String label = settings.label();
        if (label != null && client.secret() == null) {
            all.put("prefill_named_grant", label);
        }
        return all;
    }
}
