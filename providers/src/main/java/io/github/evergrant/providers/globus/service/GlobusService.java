package io.github.evergrant.providers.globus.service;

import io.github.evergrant.token.Scopes;
import java.util.Arrays;
import java.util.List;

/** A service of Globus: its name in addresses, its resource server, and what a client of it usually asks for. */
public enum GlobusService {
    AUTH("auth", "Globus Auth", "auth.globus.org", "openid", "profile", "email"),
    GROUPS("groups", "Globus Groups", "groups.api.globus.org", Names.urn("groups", "view_my_groups_and_memberships")),
    TRANSFER("transfer", "Globus Transfer", "transfer.api.globus.org", Names.urn("transfer", "all")),
    SEARCH("search", "Globus Search", "search.api.globus.org", Names.urn("search", "search")),
    FLOWS("flows", "Globus Flows", "flows.globus.org", Names.url("eec9b274-0c81-4334-bdc2-54e90e689b9a", "all")),
    TIMERS("timer", "Globus Timers", Names.TIMERS, Names.url(Names.TIMERS, "timer")),
    COMPUTE("compute", "Globus Compute", "funcx_service", Names.url("facd7ccc-c5f4-42aa-916b-a0e270e2c2a9", "all"));

    private final String id;
    private final String title;
    private final String resourceServer;
    private final String scopes;

    GlobusService(String id, String title, String resourceServer, String... scopes) {
        this.id = id;
        this.title = title;
        this.resourceServer = resourceServer;
        this.scopes = String.join(" ", scopes);
    }

    /** What it is called in addresses, in {@code GLOBUS_SDK_SERVICE_URL_…} and among a provider's APIs. */
    public String id() {
        return id;
    }

    /** Its name for people. */
    public String title() {
        return title;
    }

    /** Whose tokens it takes. */
    public String resourceServer() {
        return resourceServer;
    }

    /** What a client of it usually asks for. */
    public Scopes scopes() {
        return Scopes.parse(scopes);
    }

    /** The {@link #id} of every service. */
    public static List<String> ids() {
        return Arrays.stream(values()).map(GlobusService::id).toList();
    }

    /** An enum's constants cannot use what stands behind them. */
    private static final class Names {

        /** The resource server of Timers is a client id. */
        static final String TIMERS = "524230d7-ea86-4a52-8312-86065a9e0417";

        private Names() {}

        static String urn(String service, String scope) {
            return "urn:globus:auth:scope:" + service + ".api.globus.org:" + scope;
        }

        static String url(String clientId, String scope) {
            return "https://auth.globus.org/scopes/" + clientId + "/" + scope;
        }
    }
}
