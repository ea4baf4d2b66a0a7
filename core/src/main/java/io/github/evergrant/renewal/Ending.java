package io.github.evergrant.renewal;

import io.github.evergrant.lease.Lease;
import io.github.evergrant.token.TokenData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A session's end: nothing alive is left behind, and nothing comes back. */
final class Ending {

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
                forget();
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
            Map<String, TokenData> stored = ledger.storage().read(ledger.namespace());
            Map<String, Head> heads = new LinkedHashMap<>(state.heads);
            heads.putAll(Look.of(stored, state).heads());
            List<TokenData> alive = new ArrayList<>();
            heads.values().forEach(head -> alive.add(head.data()));
            state.history.forEach(late -> late.next().values().forEach(head -> alive.add(head.data())));
            JournalState ended = new JournalState();
            ended.facts = state.facts;
            ended.heads.putAll(heads);
            ended.history.addAll(state.history);
            ended.superseded.addAll(state.superseded);
            alive.forEach(data -> ended.supersede(data.fingerprint()));
            ended.tombstone = new Tombstone(around.now(), null);
            ledger.write(ended);
            return new Remains(state.facts, alive);
        });
    }

    private void forget() {
        ledger.step(state -> {
            ledger.storage().remove(ledger.namespace());
            JournalState ended = new JournalState();
            ended.superseded.addAll(state.superseded);
            ended.tombstone = new Tombstone(around.now(), null);
            ledger.writeAlone(ended);
            return null;
        });
    }
}
