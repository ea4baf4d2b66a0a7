package io.github.evergrant.renewal;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.error.TemporarilyUnavailable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What renewal has to say when there is no token to give. */
final class Problems {

    private static final String LOG_IN = "log in again";

    private Problems() {}

    static LoginRequired unknown(String session) {
        return login("unknown_session", "there is no session '" + session + "'", session, "log in");
    }

    /** Of a session that is not there: there is none, or none any more. */
    static LoginRequired absent(String session, JournalState state) {
        return state.tombstone == null ? unknown(session) : ended(session, state.tombstone);
    }

    static LoginRequired noSuchResourceServer(String session, String resourceServer) {
        return login(
                "unknown_resource_server",
                "session '" + session + "' has no token for '" + resourceServer + "'",
                session,
                "log in with a scope of it");
    }

    static LoginRequired ended(String session, Tombstone tombstone) {
        String moved = tombstone.movedTo();
        if (moved == null) {
            return login("logged_out", "session '" + session + "' was logged out", session, LOG_IN);
        }
        String there = tombstone.nameThere();
        return tombstone.toStorage()
                ? login(
                        "moved",
                        "session '" + session + "' was moved to the storage " + moved
                                + (there == null || there.equals(session) ? "" : ", where it is '" + there + "'"),
                        session,
                        "use it there")
                : login("moved", "session '" + session + "' is now '" + moved + "'", session, "use '" + moved + "'");
    }

    static LoginRequired otherAccount(String session) {
        return login(
                "other_account",
                "the stored tokens of session '" + session + "' are another account's",
                session,
                LOG_IN + ", with replacement if the other account is meant");
    }

    static LoginRequired severalAccounts(String session) {
        return login(
                "other_account",
                "the stored tokens of session '" + session + "' are of several accounts",
                session,
                "log out, or " + LOG_IN + " with replacement");
    }

    static LoginRequired otherAccountNow(String session) {
        return login(
                "other_account",
                "session '" + session + "' now belongs to another account than when it was opened",
                session,
                "open it again if the other account is meant");
    }

    static LoginRequired cannotRenew(String session) {
        return login(
                "no_refresh_token",
                "session '" + session + "' has no refresh token: nothing can follow its access token",
                session,
                LOG_IN);
    }

    static LoginRequired refreshEnded(String session, Instant end) {
        return login(
                "refresh_token_ended",
                "what renews session '" + session + "' has ended (" + end.truncatedTo(ChronoUnit.SECONDS) + ")",
                session,
                LOG_IN);
    }

    static LoginRequired dead(String session, String why) {
        if (why.equals(Standing.CLIENT_DELETED)) {
            return login(
                    "client_deleted",
                    "the client of session '" + session + "' was deleted at its provider",
                    session,
                    LOG_IN + ", with another client");
        }
        if (why.startsWith(Standing.INTERACTION_REQUIRED)) {
            return login(
                    Standing.INTERACTION_REQUIRED,
                    "the provider of session '" + session + "' asks something that a login answers (" + why + ")",
                    session,
                    LOG_IN);
        }
        return login(
                "refresh_token_refused",
                "the provider refused the refresh token of session '" + session + "' (" + why + ")",
                session,
                LOG_IN);
    }

    static StorageFailure newerJournal(long version) {
        return new StorageFailure(Problem.of(
                        "journal_newer",
                        "a newer Evergrant keeps this session: its journal is of version " + version
                                + ", which this one does not know")
                .withAdvice("use the newer Evergrant; nothing was changed"));
    }

    static InvalidInput rotatingAdopted(String session, String address) {
        return new InvalidInput(Problem.of(
                        "rotating_adopted",
                        "the refresh token of session '" + session + "' is used once, and another program has it in "
                                + address + ": two owners of it would end the session")
                .withAdvice("use it where it is, or log in to have one of your own")
                .withSession(session));
    }

    static StorageFailure storeBusy(String address, String session) {
        return new StorageFailure(
                Problem.of("store_busy", address + " is being rewritten by another program faster than it can be saved")
                        .withAdvice("stop the other program, or use a store of its own for Evergrant")
                        .withSession(session));
    }

    static EvergrantException failed(String session, Failure failure) {
        return failure.temporary()
                ? unavailable(session, failure.code(), failure.why(), failure.until())
                : refused(session, failure.code(), failure.why());
    }

    static ProviderRefused refused(String session, String code, String why) {
        return new ProviderRefused(Problem.of(code, "the provider refused to renew session '" + session + "': " + why)
                .withAdvice("check the client of this session")
                .withSession(session));
    }

    static ProviderRefused sameTokenAgain(String session) {
        return new ProviderRefused(Problem.of(
                        "same_token_again",
                        "the API refused the token of session '" + session
                                + "', and the provider gave the same one again")
                .withAdvice("ask whether the account may use this API")
                .withSession(session));
    }

    static ProviderRefused refusedAgain(String session) {
        return new ProviderRefused(Problem.of(
                        "refused_again",
                        "the API refuses the token of session '" + session
                                + "', which was renewed for that reason less than a minute ago")
                .withAdvice("it is not the token's age that the API dislikes: check scopes and account")
                .withSession(session));
    }

    static TemporarilyUnavailable unavailable(String session, String code, String why, @Nullable Instant retryAt) {
        return new TemporarilyUnavailable(
                Problem.of(code, "session '" + session + "' cannot be renewed now: " + why)
                        .withAdvice(retryAt == null ? "try again" : "try again after " + retryAt)
                        .withSession(session),
                retryAt);
    }

    private static LoginRequired login(String code, String message, String session, String advice) {
        return new LoginRequired(Problem.of(code, message).withAdvice(advice).withSession(session));
    }
}
