package io.github.evergrant.renewal;

import io.github.evergrant.error.EvergrantException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes a renewal whose owner is gone, before its tokens are revoked.
 *
 * <p>A request whose answer nobody has may have left live tokens at the provider; the answer names them. Only with the
 * session's lease.
 */
final class Redrive {

    private static final Logger LOG = LoggerFactory.getLogger(Redrive.class);

    private final Ledger ledger;
    private final Surroundings around;

    Redrive(Ledger ledger, Surroundings around) {
        this.ledger = ledger;
        this.around = around;
    }

    /** What cannot be finished is let be. */
    void run() {
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
}
