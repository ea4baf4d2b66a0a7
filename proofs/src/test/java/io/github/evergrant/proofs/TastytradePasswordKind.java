package io.github.evergrant.proofs;

import io.github.evergrant.login.LoginResult;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.tastytrade.PasswordOrder;
import io.github.evergrant.providers.tastytrade.TastytradeLogin;
import io.github.evergrant.providers.tastytrade.TastytradeProvider;
import io.github.evergrant.sandbox.SandboxPeople;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** With tastytrade by password: a remember token that works once is in the place of a refresh token. */
record TastytradePasswordKind() implements SessionKind {

    private static final TastytradeProvider TASTYTRADE = new TastytradeProvider();

    @Override
    public String dialect() {
        return "tastytrade";
    }

    @Override
    public LoginResult login(Playground playground, Duration lifetime) {
        PasswordOrder order = PasswordOrder.of(SandboxPeople.DEMO.login(), Secret.of(SandboxPeople.DEMO.password()));
        ProviderData data = TASTYTRADE.describePassword(null, playground.base());
        return playground.living(lifetime, () -> TastytradeLogin.password(data, order, null, playground.wire()));
    }

    @Override
    public String renewal() {
        return "sessions.remember";
    }

    @Override
    public String shown(String body) {
        return SessionKind.inJson(body, "remember-token");
    }

    @Override
    public List<Duration> graces() {
        return List.of(Duration.ZERO);
    }

    @Override
    public URI api(URI sandbox) {
        return URI.create(TASTYTRADE.describe(null, sandbox).apis().get("tastytrade") + "customers/me");
    }

    @Override
    public String authorization(String token) {
        return token;
    }

    @Override
    public String toString() {
        return "tastytrade-password";
    }
}
