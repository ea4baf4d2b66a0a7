package io.github.evergrant.proofs;

import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.TokenReplyLogin;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.globus.GlobusProvider;
import io.github.evergrant.token.Scopes;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** With Globus by a public client, for Groups alone. */
record GlobusKind() implements SessionKind {

    private static final String SCOPE = "urn:globus:auth:scope:groups.api.globus.org:view_my_groups_and_memberships";
    private static final GlobusProvider GLOBUS = new GlobusProvider(Map.of());

    @Override
    public String dialect() {
        return "globus";
    }

    @Override
    public String resourceServer() {
        return "groups.api.globus.org";
    }

    @Override
    public LoginResult login(Playground playground, Duration lifetime) {
        String reply = playground.grant(",\"scopes\":[\"" + SCOPE + "\"]", lifetime);
        LoginRequest request = LoginRequest.of(
                GLOBUS, data(playground.base()), GlobusProvider.SANDBOX_PUBLIC_CLIENT, Scopes.of(SCOPE));
        return TokenReplyLogin.read(request, reply, InstantSource.system());
    }

    @Override
    public URI api(URI sandbox) {
        return URI.create(data(sandbox).apis().get("groups") + "v2/groups/my_groups");
    }

    private static ProviderData data(URI sandbox) {
        return GLOBUS.describe(null, sandbox);
    }

    @Override
    public String toString() {
        return "globus";
    }
}
