package io.github.evergrant.proofs;

import io.github.evergrant.login.LoginResult;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.spatiafi.AppCredentials;
import io.github.evergrant.providers.spatiafi.SpatiaFiLogin;
import io.github.evergrant.providers.spatiafi.SpatiaFiProvider;
import io.github.evergrant.sandbox.SandboxPeople;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** With SpatiaFi by app credentials, which sign for each token: there is no refresh token, and so nothing to lose. */
record SpatiaFiKind() implements SessionKind {

    private static final SpatiaFiProvider SPATIAFI = new SpatiaFiProvider();

    @Override
    public String dialect() {
        return "spatiafi";
    }

    @Override
    public LoginResult login(Playground playground, Duration lifetime) {
        AppCredentials credentials = new AppCredentials(
                SandboxPeople.DEMO.id(),
                SandboxPeople.SPATIAFI_CLIENT.id(),
                Secret.of(Objects.requireNonNull(SandboxPeople.SPATIAFI_CLIENT.secret())));
        ProviderData data = SPATIAFI.describe(null, playground.base());
        return playground.living(
                lifetime, () -> SpatiaFiLogin.appCredentials(SPATIAFI, data, credentials, playground.wire()));
    }

    @Override
    public String renewal() {
        return "token.client_credentials";
    }

    @Override
    public boolean isReplaced() {
        return false;
    }

    @Override
    public List<Duration> graces() {
        return List.of();
    }

    @Override
    public URI api(URI sandbox) {
        return URI.create(SPATIAFI.describe(null, sandbox).apis().get("auth") + "api/v1/users/me");
    }

    @Override
    public String toString() {
        return "spatiafi";
    }
}
