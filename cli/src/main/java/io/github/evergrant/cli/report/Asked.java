package io.github.evergrant.cli.report;

import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.http.Addresses;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.Introspection;
import io.github.evergrant.login.WhoAmI;
import io.github.evergrant.login.Wire;
import io.github.evergrant.provider.Provider;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.agave.AgaveApi;
import io.github.evergrant.providers.spatiafi.SpatiaFiAccounts;
import io.github.evergrant.renewal.Demand;
import io.github.evergrant.session.Session;
import io.github.evergrant.session.SessionFacts;
import io.github.evergrant.token.Secret;
import java.net.URI;

/** What the provider says when it is asked about a session. */
public final class Asked {

    private Asked() {}

    /**
     * Whom the session speaks for, by the provider's own word. Renews first, if it is due.
     *
     * @throws io.github.evergrant.error.EvergrantException when there is no token, or the provider does not say
     */
    public static Account whose(Session session, Invocation it) {
        SessionFacts facts = session.facts()
                .orElseThrow(() -> new LoginRequired(Problem.of(
                                "unknown_client",
                                "session '" + session.name()
                                        + "' was written by another program, and its provider is unknown")
                        .withSession(session.name())));
        if (TastytradeSessions.are(session)) {
            return TastytradeSessions.whose(it, session);
        }
        ProviderData provider = SessionProvider.of(facts, it.providers());
        if (facts.provider().equals("agave")) {
            // A service of the tenant's own says it, in words of its own.
            String username = new AgaveApi(provider, it.door().http(), session.authorizer(session.resourceServer()))
                    .me()
                    .username();
            return new Account(username, username);
        }
        Secret token = session.obtain(resourceServer(session, provider), Demand.GOOD_NOW.withPatience(it.patience()))
                .data()
                .accessToken();
        if (isSpatiaFi(session)) {
            return SpatiaFiAccounts.whose(provider, token, it.door().http());
        }
        return WhoAmI.ask(
                provider, token, new Wire(it.door().http(), it.outside().clock(), it.patience()));
    }

    /** Whether the provider says whom a session speaks for. */
    public static boolean saysWhose(Session session) {
        return isSpatiaFi(session)
                || TastytradeSessions.are(session)
                || (session.facts().map(SessionFacts::userinfoEndpoint).isPresent()
                        && session.standing().records().values().stream()
                                .anyMatch(
                                        entry -> entry.data().scopes().values().contains("openid")));
    }

    private static boolean isSpatiaFi(Session session) {
        return session.facts()
                .filter(facts -> facts.provider().equals("spatiafi"))
                .isPresent();
    }

    /** Whether the provider says that a token of the session is good; most tell it only a client with a secret. */
    public static boolean vouchesFor(Session session, Invocation it) {
        SessionFacts facts = session.facts().orElse(null);
        Provider known = it.providers().all().stream()
                .filter(each -> facts != null && each.id().equals(facts.provider()))
                .findFirst()
                .orElse(null);
        if (facts == null || known == null || facts.client().secret() == null) {
            return false;
        }
        ProviderData provider = known.recall(facts.environment(), facts.tokenEndpoint(), facts.base());
        URI endpoint = provider.endpoints().introspection();
        if (endpoint == null || !Addresses.sameOrigin(endpoint, facts.tokenEndpoint())) {
            return false;
        }
        Wire wire = new Wire(it.door().http(), it.outside().clock(), it.patience());
        try {
            return session.standing().records().values().stream()
                    .allMatch(entry -> Introspection.of(
                                    provider, facts.client(), entry.data().accessToken(), wire)
                            .active());
        } catch (ProviderRefused e) {
            return false;
        }
    }

    /** The authorization server's own, where it has one: a token for another API is none of its business. */
    private static String resourceServer(Session session, ProviderData provider) {
        return session.standing().records().containsKey(provider.defaultResourceServer())
                ? provider.defaultResourceServer()
                : session.resourceServer();
    }
}
