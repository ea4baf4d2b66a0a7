package io.github.evergrant.renewal;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.lease.Lease;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.TokenData;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Takes a session to another storage. Its refresh token is used once, and two owners of it would end it: so the former
 * storage keeps only where the session went.
 */
public final class Moving {

    private final TokenStorage from;
    private final TokenStorage to;
    private final Duration patience;

    /** @param patience how long to wait for renewals on either side */
    public Moving(TokenStorage from, TokenStorage to, Duration patience) {
        this.from = from;
        this.to = to;
        this.patience = patience;
    }

    /**
     * Moves a session. One that was cut short is finished by doing it again; until then neither side renews.
     *
     * @throws InvalidInput {@code session_exists} when the other storage has a session of this name
     * @throws io.github.evergrant.error.LoginRequired when this one has none
     * @throws io.github.evergrant.error.TemporarilyUnavailable when a renewal does not end in time
     */
    public void move(String name, Instant now) {
        Patience waiting = new Patience(patience);
        try (Lease here = waiting.leaseOrFail(from, name);
                Lease there = waiting.leaseOrFail(to, name)) {
            Ledger old = new Ledger(from, name);
            Ledger fresh = new Ledger(to, name);
            if (!fresh.look().heads().isEmpty()) {
                throw taken(name);
            }
            JournalState state = depart(old, name, now);
            boolean arrived = false;
            try {
                arrive(fresh, name, state);
                arrived = true;
            } finally {
                if (!arrived) {
                    old.step(left -> {
                        old.write(state);
                        return null;
                    });
                }
            }
            forget(old, name, now);
        }
    }

    /** From here on the former storage renews nothing; it keeps the tokens until they have arrived. */
    private JournalState depart(Ledger old, String name, Instant now) {
        return old.step(state -> {
            Tombstone ended = state.tombstone;
            boolean resumed = ended != null && to.address().equals(ended.movedTo()) && !state.heads.isEmpty();
            state.tombstone = resumed ? null : ended;
            if (!resumed && old.reconcile(state).heads().isEmpty()) {
                throw Problems.unknown(name);
            }
            JournalState moving = JournalCodec.read(JournalCodec.write(state));
            state.tombstone = new Tombstone(now, to.address());
            old.write(state);
            return moving;
        });
    }

    private void arrive(Ledger fresh, String name, JournalState state) {
        fresh.step(empty -> {
            Map<String, Fingerprint> left = new LinkedHashMap<>();
            to.read(name).forEach((rs, data) -> left.put(rs, data.fingerprint()));
            Map<String, TokenData> records = new LinkedHashMap<>();
            state.heads.forEach((rs, head) -> records.put(rs, head.data()));
            if (!to.replace(name, left, records)) {
                throw taken(name);
            }
            fresh.write(state);
            return null;
        });
    }

    private void forget(Ledger old, String name, Instant now) {
        old.step(state -> {
            from.remove(name);
            JournalState moved = new JournalState();
            moved.superseded.addAll(state.superseded);
            state.heads.values().forEach(head -> moved.supersede(head.fingerprint()));
            moved.tombstone = new Tombstone(now, to.address());
            old.writeAlone(moved);
            return null;
        });
    }

    private static InvalidInput taken(String name) {
        return new InvalidInput(Problem.of("session_exists", "there is a session '" + name + "' there already")
                .withAdvice("give this one another name first")
                .withSession(name));
    }
}
