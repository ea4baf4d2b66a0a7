package io.github.evergrant.renewal;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.lease.Lease;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What is kept of one session, for everything but renewing it: its state, and logins.
 *
 * <p>Safe for many threads and processes.
 */
public final class SessionRecords {

    private final TokenStorage storage;
    private final String namespace;
    private final Ledger ledger;

    public SessionRecords(TokenStorage storage, String namespace) {
        this.storage = storage;
        this.namespace = namespace;
        this.ledger = new Ledger(storage, namespace);
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
    public Optional<String> movedTo() {
        Tombstone ended = ledger.look().state().tombstone;
        return ended == null ? Optional.empty() : Optional.ofNullable(ended.movedTo());
    }

    /**
     * Keeps a login: it becomes the newest and supersedes everything before it, renewals under way included.
     *
     * @throws io.github.evergrant.error.StorageFailure when it could not be made durable
     */
    public void keepLogin(TokenResponse response, Admission admission) {
        ledger.step(state -> {
            Map<String, TokenData> stored = storage.read(namespace);
            Look before = Look.of(stored, state);
            String moved = state.tombstone == null ? null : state.tombstone.movedTo();
            if (moved != null) {
                new Ledger(storage, moved).finishArrivalFrom(namespace);
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
                    state.heads.put(rs, Head.foreign(data));
                }
            });
            return state;
        }
        JournalState after = new JournalState();
        after.superseded.addAll(state.superseded);
        before.heads().forEach((rs, head) -> {
            if (admitted.keep() == Admission.Keep.OTHERS
                    && !response.byResourceServer().containsKey(rs)) {
                after.heads.put(rs, head);
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
        response.byResourceServer().forEach((rs, data) -> after.lead(rs, new Head(data, issuedAt, false, false)));
        after.login = UUID.randomUUID().toString();
        after.facts = admitted.facts();
        return after;
    }

    /** What is stored becomes exactly the heads. */
    private void save(JournalState state) {
        for (int attempt = 0; attempt < Ledger.REBUILDS; attempt++) {
            Map<String, Fingerprint> seen = new LinkedHashMap<>();
            storage.read(namespace).forEach((rs, data) -> seen.put(rs, data.fingerprint()));
            Map<String, TokenData> next = new LinkedHashMap<>();
            state.heads.forEach((rs, head) -> next.put(rs, head.data()));
            if (storage.replace(namespace, seen, next)) {
                return;
            }
        }
        throw Problems.storeBusy(storage.address(), namespace);
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
