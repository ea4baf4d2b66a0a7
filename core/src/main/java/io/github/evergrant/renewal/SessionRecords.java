package io.github.evergrant.renewal;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.lease.Lease;
import io.github.evergrant.storage.Journal;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one session, for everything but renewing it: its state, and logins.
 *
 * <p>Safe for many threads and processes.
 */
public final class SessionRecords {

    /** Where facts say how long a refresh token is good, as ISO 8601 has it; null when no end is known. */
    public static final String REFRESH_LIFETIME = "refresh_lifetime";

    /** Where facts say whether a refresh token is over once it was used, also where the reply brings no other. */
    public static final String REFRESH_ENDS_WITH_USE = "refresh_ends_with_use";

    private final TokenStorage storage;
    private final String namespace;
    private final Ledger ledger;

    public SessionRecords(TokenStorage storage, String namespace) {
        this.storage = storage;
        this.namespace = namespace;
        this.ledger = new Ledger(storage, namespace);
    }

    /** What the session room noted in a journal; empty when it noted nothing. */
    public static Map<String, @Nullable Object> factsIn(Journal journal) {
        return JournalCodec.read(journal.read()).facts;
    }

    /** Whether a journal names a pair as one of the newest of its session, or as the answer that is about to be. */
    public static boolean isNewestIn(Journal journal, Fingerprint pair) {
        JournalState state = JournalCodec.read(journal.read());
        return state.names(pair) && !state.isSuperseded(pair);
    }

    /** What the session is now; nothing when there is none, or none any more. Waits for nobody. */
    public Optional<Standing> standing(Instant now) {
        return standing(ledger.look(), now);
    }

    /** The same, of what was read of the storage a moment ago. */
    public Optional<Standing> standing(Map<String, TokenData> stored, Instant now) {
        return standing(ledger.look(stored), now);
    }

    private Optional<Standing> standing(Look look, Instant now) {
        if (look.heads().isEmpty()) {
            return Optional.empty();
        }
        boolean free = look.state().openIntent() != null && leaseIsFree();
        return Optional.of(Standing.of(look, now, free));
    }

    /** Whether the session was ended here, and what is stored of it does not count. */
    public boolean isEnded() {
        return ledger.look().state().tombstone != null;
    }

    /** Where the session went, when it was given another name or place. */
    public Optional<Moved> movedTo() {
        JournalState state = ledger.look().state();
        Tombstone ended = state.tombstone;
        String to = ended == null ? null : ended.movedTo();
        return to == null || ended == null
                ? Optional.empty()
                : Optional.of(new Moved(to, ended.toStorage(), state.heads.isEmpty(), nameThere(ended)));
    }

    private @Nullable String nameThere(Tombstone ended) {
        String sent = ended.nameThere();
        return sent != null || !ended.toStorage()
                ? sent
                : storage.keptAt(namespace).namespace();
    }

    /**
     * Whether the session is in another storage now, so that what is stored of it here does not count. Cheap where it is
     * not; also where nothing of it can be read.
     */
    public boolean isElsewhere() {
        try {
            if (!storage.journal(namespace).mayBeLast()) {
                return false;
            }
            JournalState state = ledger.read();
            Tombstone ended = state.tombstone;
            return ended != null && ended.toStorage() && state.heads.isEmpty();
        } catch (EvergrantException e) {
            return false;
        }
    }

    /**
     * Where a session went.
     *
     * @param to its new name, or the address of its new storage
     * @param toStorage whether that is the address of a storage
     * @param finished whether it has left; one whose move was cut short is moved by moving it again
     * @param nameThere its name in that storage, or null when it is in the same storage
     */
    public record Moved(
            String to,
            boolean toStorage,
            boolean finished,
            @Nullable String nameThere) {

        /** What to say to whoever still looks for it here. */
        public LoginRequired problem(String session) {
            return Problems.ended(session, new Tombstone(Instant.EPOCH, to, toStorage, nameThere));
        }
    }

    /** Whether there is a session. */
    public boolean isPresent() {
        return !ledger.look().heads().isEmpty();
    }

    /**
     * Sees to it that there is a session.
     *
     * @throws LoginRequired when there is none, or none any more
     */
    public void requirePresent() {
        Look look = ledger.look();
        if (look.heads().isEmpty()) {
            throw Problems.absent(namespace, look.state());
        }
    }

    /**
     * Notes what the session room wants to know of a session that is there: of its tokens nothing is changed. What another
     * program stored after a session's end here begins a new one.
     *
     * @param facts makes them, given the session as it stands; called while nobody else can change it, and may refuse by
     *     throwing
     * @throws LoginRequired when there is no session
     */
    public void describe(Function<Standing, Map<String, @Nullable Object>> facts, Instant now) {
        ledger.step(state -> {
            Look found = ledger.judge(storage.read(namespace), state);
            // Several people's tokens can only be ended, and are revoked by the client that the facts name.
            Look look = found.intruder() == null ? ledger.revive(state) : found;
            if (look.heads().isEmpty()) {
                throw Problems.absent(namespace, state);
            }
            state.facts = facts.apply(Standing.of(look, now, false));
            if (state.login.isEmpty()) {
                state.login = UUID.randomUUID().toString();
            }
            ledger.write(state);
            return null;
        });
    }

    /** Leaves word that the session has another name now; only while nobody else can change it under either name. */
    public void leaveWord(String newName, Instant now) {
        ledger.step(state -> {
            JournalState ended = new JournalState();
            ended.superseded.addAll(state.superseded);
            ended.tombstone = new Tombstone(now, newName);
            ledger.writeAlone(ended);
            return null;
        });
    }

    /**
     * Ends the session without asking anybody, for a storage from which it is taken by other means than a logout: the
     * journal says so from then on and keeps nothing secret, and what comes late is revoked. A journal that was never begun
     * is not begun.
     *
     * @param stored what is stored of it and does not count either, should another program write it back
     */
    public void end(Collection<Fingerprint> stored, Instant now) {
        Ledger damagedOrNot = ledger.forgiving();
        damagedOrNot.step(state -> {
            if (hasJournal()) {
                state.supersedeAll();
                stored.forEach(state::supersede);
                JournalState ended = new JournalState();
                ended.superseded.addAll(state.superseded);
                ended.tombstone = new Tombstone(now, null);
                damagedOrNot.writeAlone(ended);
            }
            return null;
        });
    }

    private boolean hasJournal() {
        try {
            return !storage.journal(namespace).read().isEmpty();
        } catch (StorageFailure e) {
            return true;
        }
    }

    /**
     * Runs something while no renewal of the session is under way; one that is, is waited for.
     *
     * @throws io.github.evergrant.error.TemporarilyUnavailable when it does not end in time
     */
    public void undisturbed(Duration patience, Runnable work) {
        try (Lease lease = new Patience(patience).leaseOrFail(storage, namespace)) {
            work.run();
        }
    }

    /** Saves what is waiting to be saved; only while no renewal is under way. */
    public void settle() {
        ledger.step(ledger::reconcile);
    }

    /**
     * Keeps a login: it becomes the newest and supersedes everything before it, renewals under way included.
     *
     * @throws io.github.evergrant.error.StorageFailure when it could not be made durable
     */
    public void keepLogin(TokenResponse response, Admission admission) {
        ledger.step(state -> {
            Map<String, TokenData> stored = storage.read(namespace);
            Look before = ledger.judge(stored, state);
            Tombstone ended = state.tombstone;
            if (ended != null && ended.movedTo() != null && !ended.toStorage()) {
                new Ledger(storage, ended.movedTo()).finishArrivalFrom(namespace);
            }
            Admission.Admitted admitted = admission.admit(
                    before.heads().isEmpty()
                            ? Optional.empty()
                            : Optional.of(Standing.of(before, response.sentAt(), false)));
            JournalState after = lead(state, before, stored, response, admitted);
            // The journal first: from then on the login counts, whatever happens to the storage.
            ledger.write(after);
            if (after == state) {
                ledger.reconcile(after);
            } else {
                save(after);
                ledger.writeSaved(after);
            }
            return null;
        });
    }

    private static JournalState lead(
            JournalState state,
            Look before,
            Map<String, TokenData> stored,
            TokenResponse response,
            Admission.Admitted admitted) {
        if (admitted.keep() == Admission.Keep.ALL && !before.heads().isEmpty()) {
            if (state.tombstone != null) {
                Ledger.beginAnew(state);
            }
            state.facts = admitted.facts();
            response.byResourceServer().forEach((rs, data) -> {
                if (!before.heads().containsKey(rs)) {
                    state.leadUnsaved(rs, Head.foreign(data));
                }
            });
            return state;
        }
        JournalState after = new JournalState();
        after.superseded.addAll(state.superseded);
        after.unknown = state.tombstone == null ? state.unknown : Map.of();
        state.heads.values().forEach(head -> after.supersede(head.fingerprint()));
        before.heads().forEach((rs, head) -> {
            if (admitted.keep() == Admission.Keep.OTHERS
                    && !response.byResourceServer().containsKey(rs)) {
                after.leadUnsaved(rs, head);
                after.rotates |= state.rotates && head.data().refreshToken() != null;
            } else {
                after.supersede(head.fingerprint());
            }
        });
        stored.forEach((rs, data) -> {
            Head kept = after.heads.get(rs);
            if (kept == null || !kept.fingerprint().equals(data.fingerprint())) {
                after.supersede(data.fingerprint());
            }
        });
        // Tokens that only fill what is missing were in somebody's hand already: nobody knows when they were asked for.
        Instant issuedAt = admitted.keep() == Admission.Keep.ALL ? null : response.sentAt();
        RefreshTerms terms = RefreshTerms.of(admitted.facts());
        response.byResourceServer().forEach((rs, data) -> after.leadUnsaved(rs, Head.ofLogin(data, issuedAt, terms)));
        after.login = UUID.randomUUID().toString();
        after.facts = admitted.facts();
        return after;
    }

    /** What is stored becomes exactly the heads. */
    private void save(JournalState state) {
        for (int attempt = 0; attempt < Ledger.REBUILDS; attempt++) {
            Map<String, Fingerprint> seen = new LinkedHashMap<>();
            storage.read(namespace).forEach((rs, data) -> seen.put(rs, data.fingerprint()));
            if (storage.replace(namespace, seen, Head.stored(state.heads))) {
                return;
            }
        }
        throw Problems.storeBusy(storage.keptAt(namespace).address(), namespace);
    }

    /** By taking it for a moment: nobody can look whether somebody holds it. */
    private boolean leaseIsFree() {
        try {
            Optional<Lease> lease = storage.leases().tryTake(namespace);
            lease.ifPresent(Lease::close);
            return lease.isPresent();
        } catch (StorageFailure e) {
            // Where nothing can be written, nobody can tell.
            return false;
        }
    }
}
