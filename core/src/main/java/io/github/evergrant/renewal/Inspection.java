package io.github.evergrant.renewal;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.lease.Lease;
import io.github.evergrant.lease.Pause;
import io.github.evergrant.storage.Journal;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.token.TokenData;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether the journals of a storage and its tokens agree, and whether anything was cut short. Asks nobody and changes
 * nothing; what cannot be read is passed over, since {@link TokenStorage#faults()} names it. For one thread.
 */
public final class Inspection {

    private static final long WRITING_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final TokenStorage storage;
    private final Instant now;
    private final List<Finding> found = new ArrayList<>();

    private Inspection(TokenStorage storage, Instant now) {
        this.storage = storage;
        this.now = now;
    }

    /** What is not as it should be, session by session; empty when all is well. */
    public static List<Finding> of(TokenStorage storage, Instant now) {
        Inspection inspection = new Inspection(storage, now);
        Map<String, List<Finding>> first = inspection.pass(name -> true);
        if (first.isEmpty()) {
            return List.of();
        }
        // What is being written just now looks as if it had been cut short.
        Pause.nanos(WRITING_NANOS);
        Map<String, List<Finding>> second = inspection.pass(first::containsKey);
        List<Finding> all = new ArrayList<>();
        first.forEach((name, findings) -> findings.stream()
                .filter(second.getOrDefault(name, List.of())::contains)
                .forEach(all::add));
        return List.copyOf(all);
    }

    /**
     * Looks at sessions, those that the storage knows and those that only a journal knows; a storage that can be read only as
     * a whole is read once.
     *
     * @param asked which sessions
     * @return what was found by session; those in order are not in it
     */
    private Map<String, List<Finding>> pass(Predicate<String> asked) {
        Map<String, List<Finding>> all = new LinkedHashMap<>();
        Set<String> listed = new HashSet<>();
        try {
            storage.forEach((name, stored) -> {
                listed.add(name);
                if (asked.test(name)) {
                    note(all, name, true, stored);
                }
            });
            for (Journal journal : storage.journals()) {
                nameIn(journal)
                        .filter(name -> !listed.contains(name) && asked.test(name))
                        .ifPresent(name -> note(all, name, false, Map::of));
            }
        } catch (StorageFailure e) {
            return all;
        }
        return all;
    }

    private void note(
            Map<String, List<Finding>> all, String name, boolean listed, Supplier<Map<String, TokenData>> stored) {
        found.clear();
        try {
            look(name, listed, stored.get());
        } catch (EvergrantException e) {
            found.clear();
            if (e.code().equals("journal_newer")) {
                found.add(new Finding(e.problem(), null));
            }
            // Else one of the storage's faults, which are named already.
        }
        if (!found.isEmpty()) {
            all.put(name, List.copyOf(found));
        }
    }

    private static Optional<String> nameIn(Journal journal) {
        try {
            return journal.read().get(Ledger.NAMESPACE) instanceof String name ? Optional.of(name) : Optional.empty();
        } catch (StorageFailure e) {
            return Optional.empty();
        }
    }

    /** @param listed whether the storage says that it has something of the session, readable or not */
    private void look(String name, boolean listed, Map<String, TokenData> stored) {
        Ledger ledger = new Ledger(storage, name);
        JournalState state = ledger.read();
        String from = state.arrivingFrom;
        if (from != null) {
            add(
                    "rename_unfinished",
                    "the renaming of session '" + from + "' to '" + name + "' was cut short",
                    "rename it again",
                    from,
                    name);
            return;
        }
        Tombstone ended = state.tombstone;
        if (ended != null && !state.heads.isEmpty()) {
            boolean moving = ended.movedTo() != null;
            add(
                    moving ? "move_unfinished" : "logout_unfinished",
                    moving
                            ? "the move of session '" + name + "' to " + ended.movedTo() + " was cut short"
                            : "the logout of session '" + name + "' was cut short",
                    moving ? "move it again" : "log out again",
                    name,
                    ended.movedTo());
            return;
        }
        agree(name, listed, stored, ledger.judge(stored, state));
    }

    private void agree(String name, boolean listed, Map<String, TokenData> stored, Look look) {
        Map<String, TokenData> kept = Head.stored(look.heads());
        JournalState state = look.state();
        if (look.intruder() != null) {
            add(
                    "other_account",
                    "the stored tokens of session '" + name + "' are another account's",
                    "log in again",
                    name,
                    null);
            return;
        }
        Intent intent = state.openIntent();
        if (intent != null && (intent.over(now) || isFree(name))) {
            add(
                    "in_doubt",
                    "a renewal of session '" + name + "' was cut short at " + intent.firstSent()
                            + ", and its answer is not known",
                    "renew it",
                    name,
                    intent.resourceServer());
        }
        if (state.pendingAnswer().isPresent() && isFree(name)) {
            add(
                    "answer_unsaved",
                    "session '" + name + "' was renewed, and its new tokens are in the journal alone",
                    "use it: that saves them",
                    name,
                    null);
        } else if (!kept.isEmpty() && stored.isEmpty() && !isHere(name) && !storage.holds(name)) {
            // Whoever keeps it there has ended it.
            return;
        } else if (!kept.isEmpty() && stored.isEmpty() && !listed) {
            add(
                    "session_unlisted",
                    "only its journal knows session '" + name + "': the storage has nothing of it",
                    "renew it, which brings it back, or delete it",
                    name,
                    kept.keySet().iterator().next());
        } else {
            kept.forEach((rs, head) -> compare(name, rs, head, stored.get(rs)));
        }
    }

    private boolean isHere(String name) {
        return storage.keptAt(name).address().equals(storage.address());
    }

    private void compare(String name, String resourceServer, TokenData head, @Nullable TokenData there) {
        boolean agrees = there == null
                // An entry that cannot be read is one of the storage's faults.
                ? storage.read(name, resourceServer).isPresent()
                : there.fingerprint().equals(head.fingerprint()) || !isOlder(head, there);
        if (!agrees) {
            add(
                    "store_outdated",
                    "the tokens of session '" + name + "' for '" + resourceServer
                            + "' are older in the storage than in the journal, or missing",
                    "renew it, which puts that right",
                    name,
                    resourceServer);
        }
    }

    /** What differs without being older was inherited: a refresh token that another program lost, an identity. */
    private static boolean isOlder(TokenData head, TokenData there) {
        return !there.accessToken().equals(head.accessToken());
    }

    /** By taking it for a moment: nobody can look whether somebody holds it. */
    private boolean isFree(String name) {
        Optional<Lease> lease = storage.leases().tryTake(name);
        lease.ifPresent(Lease::close);
        return lease.isPresent();
    }

    private void add(String code, String message, String advice, String session, @Nullable String about) {
        found.add(new Finding(Problem.of(code, message).withAdvice(advice).withSession(session), about));
    }
}
