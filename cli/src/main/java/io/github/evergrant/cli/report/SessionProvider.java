package io.github.evergrant.cli.report;

import io.github.evergrant.provider.Endpoints;
import io.github.evergrant.provider.Provider;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.provider.Providers;
import io.github.evergrant.session.SessionFacts;
import java.util.Map;

/** The provider that a session remembers: its tokens go nowhere else, whatever the environment says by now. */
public final class SessionProvider {

    private SessionProvider() {}

    public static ProviderData of(SessionFacts facts, Providers providers) {
        Provider known = providers.all().stream()
                .filter(each -> each.id().equals(facts.provider()))
                .findFirst()
                .orElse(null);
        String authorizationServer = known == null
                ? facts.provider()
                : known.recall(facts.environment(), facts.tokenEndpoint(), facts.base())
                        .defaultResourceServer();
        return new ProviderData(
                facts.provider(),
                known == null ? facts.provider() : known.title(),
                facts.environment(),
                facts.base(),
                new Endpoints(
                        facts.issuer(),
                        null,
                        facts.tokenEndpoint(),
                        facts.revocationEndpoint(),
                        null,
                        facts.userinfoEndpoint(),
                        null),
                authorizationServer,
                facts.scopes(),
                facts.defaultLifetime(),
                facts.reuseGrace(),
                null,
                "",
                Map.of());
    }
}
