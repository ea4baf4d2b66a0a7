package io.github.evergrant.renewal;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.lease.Lease;
import io.github.evergrant.storage.TokenStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
     * Moves a session, with its configuration. One that was cut short is finished by doing it again; until then neither
     * side renews, or only the new one.
     *
     * @throws InvalidInput {@code session_exists} when the other storage has a session of this name
     * @throws io.github.evergrant.error.LoginRequired when this one has none, or none any more
     * @throws io.github.evergrant.error.TemporarilyUnavailable when a renewal does not end in time
     */
    public void move(String name, Instant now) {
        Delivery delivery = new Delivery(to, name);
        Ledger old = new Ledger(from, name);
        Look before = old.look();
        if (!isOnItsWay(before.state())) {
            if (before.heads().isEmpty()) {
                throw Problems.absent(name, before.state());
            }
            // Before the leases: of one and the same storage nobody gets both.
            delivery.requireFree();
        }
        Patience waiting = new Patience(patience);
        try (Lease here = waiting.leaseOrFail(from, name);
                Lease there = waiting.leaseOrFail(to, name)) {
            JournalState left = old.look().state();
            Map<String, Map<String, @Nullable Object>> configuration = Delivery.configuration(from, name);
            if (isOnItsWay(left) && delivery.holds(left.heads)) {
                delivery.finish();
            } else {
                delivery.requireFree();
                deliver(delivery, old, depart(old, name, now), configuration);
            }
            forget(old, name, configuration, now);
        }
    }

    private boolean isOnItsWay(JournalState state) {
        Tombstone ended = state.tombstone;
        return ended != null && ended.leadsTo(to.address()) && !state.heads.isEmpty();
    }

    /** From here on the former storage renews nothing; it keeps the tokens until they have arrived. */
    private JournalState depart(Ledger old, String name, Instant now) {
        return old.step(state -> {
            if (isOnItsWay(state)) {
                state.tombstone = null;
            } else if (old.reconcile(state).heads().isEmpty()) {
                throw Problems.absent(name, state);
            }
            JournalState moving = JournalCodec.read(JournalCodec.write(state));
            state.tombstone = Tombstone.elsewhere(now, to.address());
            old.write(state);
            return moving;
        });
    }

    private static void deliver(
            Delivery delivery,
            Ledger old,
            JournalState state,
            Map<String, Map<String, @Nullable Object>> configuration) {
        boolean arrived = false;
        try {
            delivery.deliver(state, configuration);
            arrived = true;
        } finally {
            if (!arrived && delivery.leftNothing()) {
                old.step(left -> {
                    old.write(state);
                    return null;
                });
            }
        }
    }

    private void forget(
            Ledger old, String name, Map<String, Map<String, @Nullable Object>> configuration, Instant now) {
        old.step(state -> {
            from.remove(name);
            configuration.keySet().forEach(title -> from.removeConfiguration(name, title));
            JournalState moved = new JournalState();
            moved.superseded.addAll(state.superseded);
            state.heads.values().forEach(head -> moved.supersede(head.fingerprint()));
            moved.tombstone = Tombstone.elsewhere(now, to.address());
            old.writeAlone(moved);
            return null;
        });
    }
}
