package io.github.evergrant.proofs;

import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.TokenReplyLogin;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.agave.AgaveProvider;
import io.github.evergrant.providers.globus.GlobusProvider;
import io.github.evergrant.sandbox.SandboxPeople;
import io.github.evergrant.token.Scopes;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** A provider as the sandbox plays it, and a session with it. */
enum PlayedProvider {
    /** By a public client, for Groups alone. */
    GLOBUS("globus", "tour", "groups.api.globus.org") {

        @Override
        String order(Duration lifetime) {
            return "{\"dialect\":\"globus\",\"scopes\":[\"" + Names.GROUPS_SCOPE + "\"],\"expires_in\":"
                    + lifetime.toSeconds() + "}";
        }

        @Override
        LoginResult login(URI sandbox, String reply) {
            LoginRequest request = LoginRequest.of(
                    globus(), data(sandbox), GlobusProvider.SANDBOX_PUBLIC_CLIENT, Scopes.of(Names.GROUPS_SCOPE));
            return TokenReplyLogin.read(request, reply, InstantSource.system());
        }

        @Override
        URI api(URI sandbox) {
            return URI.create(data(sandbox).apis().get("groups") + "v2/groups/my_groups");
        }

        private ProviderData data(URI sandbox) {
            return globus().describe(null, sandbox);
        }

        private GlobusProvider globus() {
            return new GlobusProvider(Map.of());
        }
    },

    /** By a client with key and secret, at one tenant. */
    AGAVE("agave", Names.TENANT + "/" + SandboxPeople.DEMO.login() + "/" + SandboxPeople.AGAVE_CLIENT.name(), "agave") {

        @Override
        String order(Duration lifetime) {
            return "{\"dialect\":\"agave\",\"expires_in\":" + lifetime.toSeconds() + "}";
        }

        @Override
        LoginResult login(URI sandbox, String reply) {
            // A tenant knows people by their usernames, which no reply tells.
            String username = SandboxPeople.DEMO.login();
            LoginRequest request = LoginRequest.of(agave(), data(sandbox), AgaveProvider.SANDBOX_CLIENT, Scopes.NONE);
            return TokenReplyLogin.read(request, reply, InstantSource.system())
                    .withAccount(new Account(username, username));
        }

        @Override
        URI api(URI sandbox) {
            return URI.create(data(sandbox).apis().get("agave") + "profiles/v2/me");
        }

        private ProviderData data(URI sandbox) {
            return agave().describe(Names.TENANT, sandbox);
        }

        private AgaveProvider agave() {
            return new AgaveProvider(Map.of());
        }
    };

    /** A constant cannot name a field that stands behind it. */
    private static final class Names {
        static final String TENANT = "sd2e";
        static final String GROUPS_SCOPE = "urn:globus:auth:scope:groups.api.globus.org:view_my_groups_and_memberships";
    }

    private final String dialect;
    private final String session;
    private final String resourceServer;

    PlayedProvider(String dialect, String session, String resourceServer) {
        this.dialect = dialect;
        this.session = session;
        this.resourceServer = resourceServer;
    }

    /** What the sandbox calls it. */
    String dialect() {
        return dialect;
    }

    /** A name that its sessions may have. */
    String session() {
        return session;
    }

    /** What its tokens are for. */
    String resourceServer() {
        return resourceServer;
    }

    /** Asks the sandbox for tokens of demo: the body of {@code /_sandbox/grant}. */
    abstract String order(Duration lifetime);

    /** Makes a finished login of the sandbox's answer to that. */
    abstract LoginResult login(URI sandbox, String reply);

    /** Where something is that only a good token gets. */
    abstract URI api(URI sandbox);
}
