package io.github.evergrant.renewal;

import io.github.evergrant.error.EvergrantException;
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
            lease.ifPresent(held -> redrive());
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

    /** A request whose answer nobody has may have left live tokens at the provider; the answer names them. */
    private void redrive() {
        try {
            Step.Send orphan = ledger.step(state -> {
                Intent intent = state.openIntent();
                if (intent == null || intent.answered()) {
                    return null;
                }
                Head head = ledger.reconcile(state).heads().get(intent.resourceServer());
                return head != null && head.fingerprint().hex().equals(intent.parent())
                        ? new Step.Send(
                                head,
                                intent,
                                state.login,
                                state.facts,
                                around.exchanges().apply(state.facts),
                                intent)
                        : null;
            });
            if (orphan != null) {
                String resourceServer = orphan.intent().resourceServer();
                new Asking(ledger, around, resourceServer, Demand.SUCCESSOR).ask(orphan);
            }
        } catch (EvergrantException e) {
            LOG.debug(
                    "the renewal of session '{}' could not be finished before its end: {}",
                    ledger.namespace(),
                    e.code());
        }
    }

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
