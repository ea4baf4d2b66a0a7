package io.github.evergrant.renewal;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.lease.Lease;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.token.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a session to another storage. Its refresh token may be used once, and two owners of it would end it: so in the
 * former storage it is marked as moved, and nothing of it is used there any more.
 */
public final class Moving {

    private static final Logger LOG = LoggerFactory.getLogger(Moving.class);

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
     * Where a session is after its move.
     *
     * @param name its name there
     * @param shared whether another program, which kept the session and still does, has the same refresh tokens: they go on
     *     together only as long as the provider does not rotate them
     */
    public record Arrived(String name, boolean shared) {}

    /**
     * Moves a session, with its configuration. Nothing of it is taken out of where it was, unless other programs would go on
     * with it there: its records stay as they are, count no more, and are never renewed there. One that was cut short is finished by doing it again, or sent
     * elsewhere; until then neither side renews, or only the new one.
     *
     * @throws InvalidInput {@code session_exists} when the other storage has a session of this name, {@code
     *     rotating_adopted} when another program keeps the session and the provider was seen to rotate its refresh token,
     *     or is known to
     * @throws io.github.evergrant.error.LoginRequired when this one has none, or none any more
     * @throws io.github.evergrant.error.TemporarilyUnavailable when a renewal does not end in time
     */
    public Arrived move(String name, Instant now) {
        Ledger old = new Ledger(from, name);
        Look before = old.look();
        String as = nameThere(before.state(), name);
        Delivery delivery = new Delivery(to, as);
        if (!isOnItsWay(before.state())) {
            if (!isLeaving(before.state())) {
                if (before.heads().isEmpty()) {
                    throw Problems.absent(name, before.state());
                }
                requireOnlyOwner(before, name);
            }
            // Before the leases: of one and the same storage nobody gets both.
            delivery.requireFree();
        }
        Patience waiting = new Patience(patience);
        try (Lease here = waiting.leaseOrFail(from, name);
                Lease there = waiting.leaseOrFail(to, as)) {
            JournalState left = old.look().state();
            if (isOnItsWay(left) && delivery.holds(left.heads)) {
                delivery.finish();
            } else {
                delivery.requireFree();
                left = depart(old, name, as, now);
                deliver(delivery, old, left);
            }
            Map<String, Head> heads = left.heads;
            forget(old, heads, Tombstone.elsewhere(now, to.address(), nameOr(as, name)));
            boolean renewable =
                    heads.values().stream().anyMatch(head -> head.data().refreshToken() != null);
            return new Arrived(as, renewable && isAdopted(name));
        }
    }

    /** One that is on its way keeps the name that it was sent by. */
    private String nameThere(JournalState state, String name) {
        Tombstone ended = state.tombstone;
        return ended != null && isOnItsWay(state) ? sentAs(ended, name) : name;
    }

    /** What is not said again: that it has the same name. */
    private @Nullable String nameOr(String as, String name) {
        return as.equals(from.keptAt(name).namespace()) ? null : as;
    }

    private String sentAs(Tombstone ended, String name) {
        String there = ended.nameThere();
        return there == null ? from.keptAt(name).namespace() : there;
    }

    private boolean isAdopted(String name) {
        return !from.keptAt(name).address().equals(from.address());
    }

    /** Nothing takes it away from the program that keeps it: then it must do with the same refresh token. */
    private void requireOnlyOwner(Look look, String name) {
        boolean renewable =
                look.heads().values().stream().anyMatch(head -> head.data().refreshToken() != null);
        if (isAdopted(name) && look.state().isUsedOnce() && renewable) {
            throw Problems.rotatingAdopted(name, from.keptAt(name).address());
        }
    }

    /** Whether it has been sent to this storage, and may have arrived. */
    private boolean isOnItsWay(JournalState state) {
        Tombstone ended = state.tombstone;
        return isLeaving(state) && ended != null && ended.leadsTo(to.address());
    }

    /** Whether it has been sent to a storage, whichever it is, and may have arrived. */
    private static boolean isLeaving(JournalState state) {
        Tombstone ended = state.tombstone;
        return ended != null && ended.toStorage() && !state.heads.isEmpty();
    }

    /**
     * From here on the former storage renews nothing; it keeps the tokens until they have arrived.
     *
     * @return the session as it was before, or, if it was sent elsewhere and may have arrived there, as it is
     */
    private JournalState depart(Ledger old, String name, String as, Instant now) {
        Tombstone going = Tombstone.elsewhere(now, to.address(), nameOr(as, name));
        return old.step(state -> {
            if (isOnItsWay(state)) {
                state.tombstone = null;
            } else if (isLeaving(state)) {
                requireNotArrived(old, state, name);
            } else {
                Look look = old.reconcile(state);
                if (look.heads().isEmpty()) {
                    throw Problems.absent(name, state);
                }
                requireOnlyOwner(look, name);
            }
            JournalState moving = JournalCodec.copy(state);
            state.tombstone = going;
            old.write(state);
            return moving;
        });
    }

    /**
     * Looks where it was sent before. Where that storage cannot be read, whoever sends it elsewhere has decided that it is
     * gone.
     */
    private void requireNotArrived(Ledger old, JournalState state, String name) {
        Tombstone ended = state.tombstone;
        String address = ended == null ? null : ended.movedTo();
        if (ended == null || address == null) {
            return;
        }
        boolean arrived;
        try (TokenStorage other = TokenStorages.open(address)) {
            arrived = new Delivery(other, sentAs(ended, name)).holds(state.heads);
        } catch (InvalidInput | StorageFailure e) {
            LOG.warn("whether session '{}' has arrived in {} cannot be seen: {}", name, address, e.code());
            return;
        }
        if (arrived) {
            old.writeAlone(gone(state, ended));
            throw Problems.ended(name, ended);
        }
        state.tombstone = null;
    }

    private void deliver(Delivery delivery, Ledger old, JournalState departed) {
        // What is delivered lives; what it was before tells where to go back to.
        JournalState arriving = JournalCodec.copy(departed);
        arriving.tombstone = null;
        boolean arrived = false;
        try {
            delivery.deliver(arriving, Delivery.configuration(from, old.namespace()));
            arrived = true;
        } finally {
            if (!arrived && delivery.leftNothing()) {
                old.step(state -> {
                    if (isStill(state, departed.heads)) {
                        old.write(departed);
                    }
                    return null;
                });
            }
        }
    }

    /** Whether nobody logged in here since it was sent: what came is another session, and stays. */
    private boolean isStill(JournalState state, Map<String, Head> departed) {
        return isOnItsWay(state) && fingerprints(state.heads).equals(fingerprints(departed));
    }

    private static Map<String, Fingerprint> fingerprints(Map<String, Head> heads) {
        Map<String, Fingerprint> all = new HashMap<>();
        heads.forEach((rs, head) -> all.put(rs, head.fingerprint()));
        return all;
    }

    private void forget(Ledger old, Map<String, Head> departed, Tombstone ended) {
        old.step(state -> {
            if (isStill(state, departed)) {
                if (from.isRenewedByOthers(old.namespace())) {
                    old.remove(fingerprints(departed)::containsValue);
                }
                old.writeAlone(gone(state, ended));
            }
            return null;
        });
    }

    /** What stays is superseded: it counts no more, also where another program writes it back. */
    private static JournalState gone(JournalState state, Tombstone ended) {
        JournalState moved = new JournalState();
        moved.superseded.addAll(state.superseded);
        state.heads.values().forEach(head -> moved.supersede(head.fingerprint()));
        moved.tombstone = ended;
        return moved;
    }
}
