package io.github.evergrant.renewal;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.lease.Lease;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.TokenData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session's end: nothing alive is left behind, and nothing comes back. */
final class Ending {

    private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

    private final Ledger ledger;
    private final Surroundings around;

    Ending(Ledger ledger, Surroundings around) {
        this.ledger = ledger;
        this.around = around;
    }

    void end(BiConsumer<Map<String, @Nullable Object>, List<TokenData>> revoke, Duration patience) {
        Optional<Lease> lease = new Patience(patience).lease(ledger.storage(), ledger.namespace());
        try {
            lease.ifPresent(held -> new Redrive(ledger, around).run());
            Remains remains = bury();
            try {
                revoke.accept(remains.facts(), remains.alive());
            } finally {
                forget(remains);
                Tombstones.clear(ledger.storage(), around.now());
            }
        } finally {
            lease.ifPresent(Lease::close);
        }
    }

    /** What a session leaves behind. */
    private record Remains(Map<String, @Nullable Object> facts, List<TokenData> alive) {}

    /**
     * From here on nothing is renewed or kept. The tombstone names what is to be revoked until that is done, so that an end
     * which was cut short can be finished.
     */
    private Remains bury() {
        return ledger.step(state -> {
            Map<String, TokenData> stored = ledger.stored();
            Map<String, Head> heads = new LinkedHashMap<>(state.heads);
            heads.putAll(ledger.judge(stored, state).heads());
            List<TokenData> alive = new ArrayList<>();
            heads.values().forEach(head -> alive.add(head.data()));
            state.history.forEach(late -> late.next().values().forEach(head -> alive.add(head.data())));
            JournalState ended = new JournalState();
            ended.facts = state.facts;
            ended.heads.putAll(heads);
            ended.history.addAll(state.history);
            ended.superseded.addAll(state.superseded);
            // All that is there: what an answer was about to replace is as old as the answer's predecessor.
            stored.values().forEach(data -> ended.supersede(data.fingerprint()));
            state.heads.values().forEach(head -> ended.supersede(head.fingerprint()));
            alive.forEach(data -> ended.supersede(data.fingerprint()));
            ended.tombstone = new Tombstone(around.now(), null);
            ledger.write(ended);
            return new Remains(state.facts, alive);
        });
    }

    /** Forgets what was buried. A session that began while it was revoked, ours or another program's, stays. */
    private void forget(Remains remains) {
        Set<Fingerprint> buried =
                remains.alive().stream().map(TokenData::fingerprint).collect(Collectors.toSet());
        ledger.step(state -> {
            if (!isBuried(state, buried)) {
                Set<Fingerprint> live =
                        state.heads.values().stream().map(Head::fingerprint).collect(Collectors.toSet());
                ledger.remove(stored -> buried.contains(stored) && !live.contains(stored));
                return null;
            }
            boolean begun = ledger.stored().values().stream().anyMatch(data -> !state.isSuperseded(data.fingerprint()));
            if (begun) {
                ledger.remove(state::isSuperseded);
            } else {
                ledger.storage().remove(ledger.namespace());
                removeConfiguration();
            }
            JournalState ended = new JournalState();
            ended.superseded.addAll(state.superseded);
            ended.tombstone = new Tombstone(around.now(), null);
            ledger.writeAlone(ended);
            return null;
        });
    }

    /** Whether the session's end is still this one: neither a login came since, nor that one's own end. */
    private static boolean isBuried(JournalState state, Set<Fingerprint> buried) {
        Tombstone ended = state.tombstone;
        return ended != null
                && ended.movedTo() == null
                && state.heads.values().stream().allMatch(head -> buried.contains(head.fingerprint()));
    }

    /** Of a session of our own: what another program configured is its own affair. */
    private void removeConfiguration() {
        TokenStorage storage = ledger.storage();
        String name = ledger.namespace();
        if (!storage.keptAt(name).address().equals(storage.address())) {
            return;
        }
        try {
            storage.configurationNames(name).forEach(title -> storage.removeConfiguration(name, title));
        } catch (StorageFailure e) {
            LOG.warn("the configuration of session '{}' cannot be removed: {}", name, e.code());
        }
    }
}
