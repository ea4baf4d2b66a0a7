package io.github.evergrant.session;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.renewal.Renaming;
import io.github.evergrant.renewal.SessionRecords;
import io.github.evergrant.storage.KeptAt;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.adopted.AdoptingTokenStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions of a door that are kept in other storages. There are none where its storage joins no others. */
final class Adopted {

    private static final Logger LOG = LoggerFactory.getLogger(Adopted.class);

    private final TokenStorage all;
    private final Duration patience;
    private final @Nullable AdoptingTokenStorage joined;

    /** @param patience how long to wait for a renewal that is under way */
    Adopted(TokenStorage storage, Duration patience) {
        this.all = storage;
        this.patience = patience;
        this.joined = storage instanceof AdoptingTokenStorage adopting ? adopting : null;
    }

    boolean has(String name) {
        return joined != null && joined.isAdopted(name);
    }

    /** Makes a session of another storage known here; what is known of its tokens is noted beside them first. */
    void adopt(TokenStorage source, String namespace, String name, @Nullable Origin origin, Instant now) {
        AdoptingTokenStorage here = joined;
        KeptAt place = source.keptAt(namespace);
        if (here == null) {
            throw new InvalidInput(
                    Problem.of("storage_adopts_none", "the storage " + all.address() + " knows no sessions of others")
                            .withAdvice("copy the session instead")
                            .withSession(name));
        }
        requireUsual(name);
        Optional<KeptAt> known = here.adoptions().of(name);
        if (known.isPresent() ? !known.get().equals(place) : isTaken(here.own(), name)) {
            throw taken(name);
        }
        SessionRecords records = new SessionRecords(source, namespace);
        if (origin != null) {
            records.describe(standing -> origin.describe(name, standing, now), now);
        } else {
            records.requirePresent();
        }
        if (!here.adopt(name, place)) {
            throw taken(name);
        }
    }

    /** Gives a session another name, which an adopted one has only here. Who asks for the old name is told the new one. */
    void rename(String from, String to, Instant now) {
        AdoptingTokenStorage here = joined;
        if (here != null && here.isBeside(from)) {
            requireOurs(to);
            adopt(here.storageOf(from), from, to, null, now);
            return;
        }
        if (!has(from)) {
            requireOurs(to);
            new Renaming(all, patience).rename(from, to, now);
            return;
        }
        if (here != null && here.isBeside(to) && here.keptAt(from).namespace().equals(to)) {
            forget(from);
            return;
        }
        if (here == null || isTaken(here.own(), to)) {
            throw taken(to);
        }
        requireUsual(to);
        // What a renewal under way brings would be kept for a session that nobody knows by the old name any more.
        new SessionRecords(here, from).undisturbed(patience, () -> {
            if (!here.rename(from, to)) {
                throw taken(to);
            }
        });
        if (!isTaken(here.own(), from)) {
            new SessionRecords(here.own(), from).leaveWord(to, now);
        }
    }

    /**
     * Forgets a session here, which stays where it is kept.
     *
     * @return why what was still to be saved there could not be, if so
     * @throws LoginRequired {@code unknown_session} when none of that name was adopted
     * @throws TemporarilyUnavailable when a renewal does not end in time: what it brings is to be kept
     */
    Optional<EvergrantException> release(String name) {
        if (!has(name)) {
            throw Missing.of(all, name);
        }
        SessionRecords records = new SessionRecords(all, name);
        try {
            if (all.holds(name)) {
                records.undisturbed(patience, () -> {
                    records.settle();
                    forget(name);
                });
            }
            forget(name);
            return Optional.empty();
        } catch (TemporarilyUnavailable e) {
            throw e;
        } catch (EvergrantException e) {
            forget(name);
            return Optional.of(e);
        }
    }

    /** Forgets that a session was kept elsewhere: it has ended, or come here. */
    void forget(String name) {
        if (joined != null) {
            joined.release(name);
        }
    }

    /**
     * Whether nothing is left of an adopted session where it is kept. Whoever keeps it has ended it, and what our journal
     * knows of it must not bring it back there.
     */
    boolean hasLeft(String name, SessionRecords records) {
        return has(name) && !all.holds(name) && records.movedTo().isEmpty();
    }

    /** Forgets what is kept elsewhere and is no session any more, so that the name can have one of our own. */
    void forgetIfOver(String name) {
        if (has(name) && (!all.holds(name) || new SessionRecords(all, name).isElsewhere())) {
            forget(name);
        }
    }

    /** Whether a session that was kept elsewhere is in our own storage now. */
    boolean hasCome(String name, SessionRecords records) {
        return has(name)
                && records.movedTo()
                        .filter(moved -> moved.toStorage() && moved.finished())
                        .filter(moved -> moved.to().equals(all.address()))
                        .isPresent();
    }

    /** A name whose session is elsewhere is not given to one of ours, even if nothing is left of it. */
    void requireOurs(String name) {
        if (has(name)) {
            throw taken(name);
        }
        requireUsual(name);
    }

    private void requireUsual(String name) {
        if (joined != null) {
            joined.requireUsual(name);
        }
    }

    /** What is not as it should be with those that were adopted, their storages' own faults apart. */
    List<Problem> problems() {
        AdoptingTokenStorage here = joined;
        List<Problem> found = new ArrayList<>();
        if (here != null) {
            for (String name : here.adoptions().all().keySet()) {
                try {
                    look(here, name, found);
                } catch (StorageFailure e) {
                    // One of the storage's faults, which are told anyhow.
                    LOG.debug("session '{}' cannot be looked at: {}", name, e.code());
                }
            }
        }
        return found;
    }

    private void look(AdoptingTokenStorage here, String name, List<Problem> found) {
        if (isTaken(here.own(), name)) {
            found.add(Problem.of(
                            "name_taken_twice",
                            "session '" + name + "' is in " + here.address()
                                    + " and, which is the one that is meant, in "
                                    + here.keptAt(name).address())
                    .withAdvice("give the latter another name")
                    .withSession(name));
        }
        if (hasLeft(name, new SessionRecords(here, name))) {
            found.add(gone(name).problem());
        }
    }

    /** What to say of a session that was adopted and is not there any more. */
    LoginRequired gone(String name) {
        return new LoginRequired(Problem.of(
                        "adopted_gone",
                        "session '" + name + "' is kept in " + all.keptAt(name).address()
                                + ", and nothing of it is there any more")
                .withAdvice("log in with the program that keeps it there, or forget the session here")
                .withSession(name));
    }

    private static boolean isTaken(TokenStorage own, String name) {
        SessionRecords records = new SessionRecords(own, name);
        return (own.holds(name) && !records.isElsewhere()) || records.isPresent();
    }

    private static InvalidInput taken(String name) {
        return new InvalidInput(Problem.of("session_exists", "there is a session '" + name + "' already")
                .withAdvice("choose another name")
                .withSession(name));
    }
}
