package io.github.evergrant.proofs;

import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.TokenReplyLogin;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.tastytrade.TastytradeProvider;
import io.github.evergrant.token.Scopes;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** With tastytrade by a grant of OAuth: its refresh token lives for ever, and is never replaced. */
record TastytradeOAuthKind() implements SessionKind {

    private static final TastytradeProvider TASTYTRADE = new TastytradeProvider();

    @Override
    public String dialect() {
        return "tastytrade";
    }

    @Override
    public LoginResult login(Playground playground, Duration lifetime) {
        ProviderData data = TASTYTRADE.describe(null, playground.base());
        LoginRequest request = LoginRequest.of(TASTYTRADE, data, TastytradeProvider.SANDBOX_CLIENT, Scopes.NONE);
        return TokenReplyLogin.read(request, playground.grant("", lifetime), InstantSource.system());
    }

    @Override
    public String shown(String body) {
        return SessionKind.inJson(body, "refresh_token");
    }

    @Override
    public boolean isReplaced() {
        return false;
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
    public String toString() {
        return "tastytrade-oauth";
    }
}
