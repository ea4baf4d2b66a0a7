package io.github.evergrant.session;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.renewal.SessionRecords;
import io.github.evergrant.storage.TokenStorage;
import java.util.Optional;

/** What to say of a session that is not there. */
final class Missing {

    private Missing() {}

    /**
     * Whether nothing but its end can be had of what a storage holds: the end was begun, the journal is damaged, or no entry
     * can be read.
     */
    static boolean isUnusable(TokenStorage storage, String name, SessionRecords records) {
        try {
            boolean unreadable = !records.isPresent()
                    && records.movedTo().isEmpty()
                    && storage.read(name).isEmpty();
            return (records.isEnded() || unreadable) && storage.holds(name);
        } catch (StorageFailure e) {
            if (e.code().equals("journal_corrupt") || e.code().equals("token_malformed")) {
                return storage.holds(name);
            }
            throw e;
        }
    }

    /** It went elsewhere, nothing of it can be read, or there is none. */
    static EvergrantException of(TokenStorage storage, String name) {
        SessionRecords records = new SessionRecords(storage, name);
        Optional<SessionRecords.Moved> moved = records.movedTo();
        if (moved.isPresent()) {
            return moved.get().problem(name);
        }
        if (!records.isEnded() && storage.holds(name)) {
            return new StorageFailure(Problem.of(
                            "token_malformed",
                            "no entry of session '" + name + "' in "
                                    + storage.keptAt(name).address() + " can be read")
                    .withAdvice("mend the entries, or log in again: only they are replaced")
                    .withSession(name));
        }
        return unknown(name);
    }

    /** As {@link #of}, of a session that was there before. */
    static EvergrantException since(TokenStorage storage, String name) {
        EvergrantException missing = of(storage, name);
        return missing.code().equals("unknown_session")
                ? new LoginRequired(Problem.of("logged_out", "session '" + name + "' was logged out")
                        .withAdvice("log in again")
                        .withSession(name))
                : missing;
    }

    private static LoginRequired unknown(String name) {
        return new LoginRequired(Problem.of("unknown_session", "there is no session '" + name + "'")
                .withAdvice("log in")
                .withSession(name));
    }
}
