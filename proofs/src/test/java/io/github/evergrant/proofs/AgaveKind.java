package io.github.evergrant.proofs;

import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.TokenReplyLogin;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.agave.AgaveProvider;
import io.github.evergrant.sandbox.SandboxPeople;
import io.github.evergrant.token.Scopes;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** With Agave by a client with key and secret, at one tenant. */
record AgaveKind() implements SessionKind {

    private static final String TENANT = "sd2e";
    private static final AgaveProvider AGAVE = new AgaveProvider(Map.of());

    @Override
    public String dialect() {
        return "agave";
    }

    @Override
    public String session() {
        return TENANT + "/" + SandboxPeople.DEMO.login() + "/" + SandboxPeople.AGAVE_CLIENT.name();
    }

    @Override
    public LoginResult login(Playground playground, Duration lifetime) {
        // A tenant knows people by their usernames, which no reply tells.
        String username = SandboxPeople.DEMO.login();
        LoginRequest request =
                LoginRequest.of(AGAVE, data(playground.base()), AgaveProvider.SANDBOX_CLIENT, Scopes.NONE);
        return TokenReplyLogin.read(request, playground.grant("", lifetime), InstantSource.system())
                .withAccount(new Account(username, username));
    }

    @Override
    public URI api(URI sandbox) {
        return URI.create(data(sandbox).apis().get("agave") + "profiles/v2/me");
    }

    private static ProviderData data(URI sandbox) {
        return AGAVE.describe(TENANT, sandbox);
    }

    @Override
    public String toString() {
        return "agave";
    }
}
