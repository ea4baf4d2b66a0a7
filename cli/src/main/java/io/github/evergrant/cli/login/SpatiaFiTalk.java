package io.github.evergrant.cli.login;

import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.Person;
import io.github.evergrant.cli.spatiafi.SpatiaFiFiles;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.Wire;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.spatiafi.AppCredentials;
import io.github.evergrant.providers.spatiafi.SpatiaFiAccounts;
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
    private final SpatiaFiFiles files;
    private final SpatiaFiClientChoice choice;
    private final Optional<SessionFacts> former;

    /** @param former of the session that is logged in again, with SpatiaFi */
    SpatiaFiTalk(
            Invocation it,
            SpatiaFiProvider spatiafi,
            ProviderData data,
            SpatiaFiFiles files,
            SpatiaFiClientChoice choice,
            Optional<SessionFacts> former) {
        this.it = it;
        this.spatiafi = spatiafi;
        this.data = data;
        this.files = files;
        this.choice = choice;
        this.former = former;
    }

    /**
     * Logs in and keeps the session.
     *
     * @param options name a person, if anybody is named: credentials that were found must be theirs
     * @param name as which it is kept
     */
    void logIn(LoginOptions options, String name) {
        Person person = options.person();
        SpatiaFiClientChoice.Chosen chosen = choice.credentials(it, data, former, person);
        AppCredentials credentials = chosen.credentials();
        String whence = chosen.whence();
        String named = whence == null ? null : person.named().orElse(null);
        Wire wire = it.door().wire();
        LoginRequest request = LoginRequest.of(spatiafi, data, credentials.client(), Scopes.NONE);
        LoginResult login = identified(files.logIn(spatiafi, data, credentials), options.expectedUser(), named);
        if (named != null) {
            requireTheirs(named, login.account(), String.valueOf(whence));
        }
        Kept kept = new Storing(it, options.wanted(name, request), Method.Kind.CLIENT_CREDENTIALS, wire).keep(login);
        kept.tell(it);
        kept.session().expiresAt().ifPresent(end -> it.voice().say("Access token expires in: " + left(end, it.now())));
    }

    /** Minutes and seconds, whole ones, counted from the beginning of this second. */
    static String left(Instant end, Instant now) {
        long seconds = Math.max(0, end.getEpochSecond() - now.getEpochSecond());
        return seconds / 60 + " minutes, " + seconds % 60 + " seconds";
    }

    /** Nobody who says who they are gets somebody else's session. */
    private void requireTheirs(String named, Account account, String whence) {
        if (!Identified.isThey(named, account)) {
            String owner = account.username() == null ? account.identityId() : account.username();
            throw choice.others(
                    it, whence + ", which are " + owner + "'s, and not known as " + named + "'s; nothing was saved");
        }
        it.voice().say("No password was needed: " + whence + ".");
    }

    /**
     * Credentials say whose they are only where they were saved; the service is asked where it matters.
     *
     * @throws EvergrantException when somebody is named, and it does not say
     */
    private LoginResult identified(LoginResult login, @Nullable String expectedUser, @Nullable String named) {
        boolean known = login.account().identityId() != null
                && (expectedUser == null || Identified.isThey(expectedUser, login.account()))
                && (named == null || Identified.isThey(named, login.account()));
        boolean matters = expectedUser != null
                || named != null
                || former.map(SessionFacts::account).map(Account::identityId).isPresent();
        if (known || !matters) {
            return login;
        }
        try {
            return login.withAccount(SpatiaFiAccounts.whose(
                    data, login.response().first().accessToken(), it.door().http()));
        } catch (EvergrantException e) {
            if (named != null) {
                throw e;
            }
            if (it.verbose()) {
                it.voice().say("SpatiaFi does not say whose login it is: " + e.getMessage());
            }
            return login;
        }
    }
}
