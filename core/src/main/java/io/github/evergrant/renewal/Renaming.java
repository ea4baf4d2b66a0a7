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
import org.jspecify.annotations.Nullable;

/** Gives a session another name in its storage. A renewal under way is waited for; what comes late finds a tombstone. */
public final class Renaming {

    private final TokenStorage storage;
    private final Duration patience;

    /** @param patience how long to wait for renewals of either name */
    public Renaming(TokenStorage storage, Duration patience) {
        this.storage = storage;
        this.patience = patience;
    }

    /**
     * @throws InvalidInput when there is a session of the new name, or none of the old one; {@code name_is_fixed} when the
     *     storage gives its sessions their names
     * @throws io.github.evergrant.error.TemporarilyUnavailable when a renewal does not end in time
     */
    public void rename(String from, String to, Instant now) {
        if (from.equals(to)) {
            throw taken(to);
        }
        if (storage.namesAreFixed(from)) {
            throw new InvalidInput(Problem.of(
                            "name_is_fixed",
                            "what session '" + from + "' is called is settled by "
                                    + storage.keptAt(from).address())
                    .withAdvice("give it a second name, in your own storage")
                    .withSession(from));
        }
        String first = from.compareTo(to) < 0 ? from : to;
        String second = first.equals(from) ? to : from;
        Patience waiting = new Patience(patience);
        try (Lease one = waiting.leaseOrFail(storage, first);
                Lease two = waiting.leaseOrFail(storage, second)) {
            storage.inOneStep(
                    first,
                    () -> storage.inOneStep(second, () -> {
                        move(from, to, now);
                        return null;
                    }));
        }
        Tombstones.clear(storage, now);
    }

    private void move(String from, String to, Instant now) {
        Ledger old = new Ledger(storage, from);
        Ledger fresh = new Ledger(storage, to);
        if (!fresh.look().heads().isEmpty()) {
            throw taken(to);
        }
        JournalState state = old.read();
        Look look = old.reconcile(state);
        if (look.heads().isEmpty()) {
            throw Problems.unknown(from);
        }
        // Under the new name the storage's format may say nothing of it.
        state.lent = Map.of();
        Map<String, TokenData> records = Head.stored(look.heads());
        Map<String, Fingerprint> left = new LinkedHashMap<>();
        storage.read(to).forEach((rs, data) -> left.put(rs, data.fingerprint()));
        JournalState ended = new JournalState();
        look.heads().values().forEach(head -> ended.supersede(head.fingerprint()));
        ended.tombstone = new Tombstone(now, to);
        Map<String, Map<String, @Nullable Object>> configuration = Delivery.configuration(storage, from);
        Delivery.configure(storage, to, configuration, fresh.read().tombstone != null);
        Map<String, @Nullable Object> former = storage.journal(to).read();
        // At no moment two names lead to the tokens, and at none no name: the tombstone is where one becomes the other.
        // What is stored under the new name before that does not count.
        state.arrivingFrom = from;
        fresh.write(state);
        boolean stored = false;
        try {
            stored = storage.replace(to, left, records);
        } finally {
            if (!stored) {
                storage.journal(to).writeAlone(former);
            }
        }
        if (!stored) {
            throw taken(to);
        }
        old.writeAlone(ended);
        state.arrivingFrom = null;
        fresh.write(state);
        storage.remove(from);
        configuration.keySet().forEach(title -> storage.removeConfiguration(from, title));
    }

    private static InvalidInput taken(String name) {
        return new InvalidInput(Problem.of("session_exists", "there is a session '" + name + "' already")
                .withAdvice("choose another name, or delete it first")
                .withSession(name));
    }
}
