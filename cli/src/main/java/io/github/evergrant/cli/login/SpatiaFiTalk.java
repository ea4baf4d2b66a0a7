package io.github.evergrant.cli.login;

import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.Wire;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.spatiafi.AppCredentials;
import io.github.evergrant.providers.spatiafi.SpatiaFiAccounts;
import io.github.evergrant.providers.spatiafi.SpatiaFiLogin;
import io.github.evergrant.providers.spatiafi.SpatiaFiProvider;
import io.github.evergrant.session.SessionFacts;
import io.github.evergrant.token.Scopes;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A login by app credentials, of which is said at its end how long the token lasts, as SpatiaFi's tutorial says it. */
final class SpatiaFiTalk {

    private final Invocation it;
    private final SpatiaFiProvider spatiafi;
    private final ProviderData data;
    private final Optional<SessionFacts> former;

    /** @param former of the session that is logged in again, with SpatiaFi */
    SpatiaFiTalk(Invocation it, SpatiaFiProvider spatiafi, ProviderData data, Optional<SessionFacts> former) {
        this.it = it;
        this.spatiafi = spatiafi;
        this.data = data;
        this.former = former;
    }

    /**
     * Logs in and keeps the session.
     *
     * @param name as which it is kept
     * @param expectedUser whose it must be, or null
     * @param replace whether another account's session may be replaced
     */
    void logIn(AppCredentials credentials, String name, @Nullable String expectedUser, boolean replace) {
        Wire wire = it.door().wire();
        LoginRequest request = LoginRequest.of(spatiafi, data, credentials.client(), Scopes.NONE);
        LoginResult login = SpatiaFiLogin.appCredentials(spatiafi, data, credentials, wire);
        Wanted wanted = new Wanted(name, request, expectedUser, replace);
        Kept kept = new Storing(it, wanted, Method.Kind.CLIENT_CREDENTIALS, wire).keep(identified(login, expectedUser));
        kept.tell(it);
        kept.session().expiresAt().ifPresent(end -> it.voice().say("Access token expires in: " + left(end, it.now())));
    }

    /** Minutes and seconds, whole ones, counted from the beginning of this second. */
    static String left(Instant end, Instant now) {
        long seconds = Math.max(0, end.getEpochSecond() - now.getEpochSecond());
        return seconds / 60 + " minutes, " + seconds % 60 + " seconds";
    }

    /** Credentials say whose they are only where they were saved; the service is asked where it matters. */
    private LoginResult identified(LoginResult login, @Nullable String expectedUser) {
        boolean known = login.account().identityId() != null
                && (expectedUser == null || Identified.isThey(expectedUser, login.account()));
        boolean matters = expectedUser != null
                || former.map(SessionFacts::account).map(Account::identityId).isPresent();
        if (known || !matters) {
            return login;
        }
        try {
            return login.withAccount(SpatiaFiAccounts.whose(
                    data, login.response().first().accessToken(), it.door().http()));
        } catch (EvergrantException e) {
            if (it.verbose()) {
                it.voice().say("SpatiaFi does not say whose login it is: " + e.getMessage());
            }
            return login;
        }
    }
}
