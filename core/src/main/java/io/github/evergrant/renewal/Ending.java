package io.github.evergrant.renewal;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.lease.Lease;
import io.github.evergrant.token.TokenData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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

    void end(Consumer<List<TokenData>> revoke, Duration patience) {
        Patience waiting = new Patience(patience);
        Optional<Lease> lease = take();
        while (lease.isEmpty() && !waiting.isOver()) {
            waiting.pause();
            lease = take();
        }
        try {
            lease.ifPresent(held -> redrive());
            revoke.accept(bury());
            forget();
        } finally {
            lease.ifPresent(Lease::close);
        }
    }

    private Optional<Lease> take() {
        return ledger.storage().leases().tryTake(ledger.namespace());
    }

    /** A request whose answer nobody has may have left live tokens at the provider; the answer names them. */
    private void redrive() {
        try {
            Step.Send orphan = ledger.step(state -> {
                Intent intent = state.openIntent();
                if (intent == null) {
                    return null;
                }
                Head head = ledger.reconcile(state).heads().get(intent.resourceServer());
                return head != null && head.fingerprint().hex().equals(intent.parent())
                        ? new Step.Send(head, intent, state.login)
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

    /** From here on nothing is renewed or kept. */
    private List<TokenData> bury() {
        return ledger.step(state -> {
            List<TokenData> alive = new ArrayList<>();
            Look.of(ledger.storage().read(ledger.namespace()), state)
                    .heads()
                    .values()
                    .forEach(head -> alive.add(head.data()));
            state.history.forEach(late -> late.next().values().forEach(head -> alive.add(head.data())));
            JournalState ended = new JournalState();
            ended.superseded.addAll(state.superseded);
            alive.forEach(data -> ended.supersede(data.fingerprint()));
            ended.tombstone = new Tombstone(around.now(), null);
            ledger.write(ended);
            return alive;
        });
    }

    private void forget() {
        ledger.step(state -> {
            ledger.storage().remove(ledger.namespace());
            return null;
        });
    }
}
