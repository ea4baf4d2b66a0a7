package io.github.evergrant.renewal;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.lease.Lease;
import io.github.evergrant.token.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One flight's way to a successor: wait for the lease or for whoever has it, look again, ask, keep the answer.
 *
 * <p>Runs on a thread of its own, once. Section numbers are those of {@code docs/renewal.md}.
 */
final class Turn {

    /** A sign misses a change in the same tick of a coarse clock, and a lease whose owner died. */
    private static final int LOOK_ANYWAY = 4;

    private static final Duration OVERDUE_FOR = Duration.ofSeconds(2);

    private static final Duration REFUSED_AGAIN = Duration.ofSeconds(60);

    private final Ledger ledger;
    private final Surroundings around;
    private final String resourceServer;
    private final Demand demand;
    private final Fingerprint judged;
    private final Instant began;
    private final Patience patience;
    private final Owner owner = Owner.self();
    private @Nullable Object seen;
    private @Nullable String overdue;
    private long overdueSince;

    /**
     * A turn of one flight.
     *
     * @param judged the pair that was found wanting
     * @param closed whether the door was closed: what was not sent yet is not sent any more
     */
    Turn(
            Ledger ledger,
            Surroundings around,
            String resourceServer,
            Demand demand,
            Fingerprint judged,
            BooleanSupplier closed) {
        this.ledger = ledger;
        this.around = around;
        this.resourceServer = resourceServer;
        this.demand = demand;
        this.judged = judged;
        this.began = around.now();
        this.patience = new Patience(demand.patience(), closed);
    }

    Landing run() {
        while (true) {
            Optional<Lease> free = ledger.storage().leases().tryTake(ledger.namespace());
            Landing landing;
            if (free.isPresent()) {
                Step step;
                try (Lease held = free.get()) {
                    // Only whoever has the lease prepares, and only if it will have to ask.
                    Look look = ledger.look();
                    if (!isGood(current(look))) {
                        // Under two names there are two leases.
                        ledger.storage().requireNamespace(ledger.namespace());
                        around.exchanges().apply(look.state().facts).prepare();
                    }
                    step = take(true);
                    landing = step instanceof Step.Wait ? null : follow(step);
                }
                if (step instanceof Step.Wait wait) {
                    patience.until(wait.until(), around.now());
                }
            } else {
                landing = watch();
            }
            if (landing != null) {
                return landing;
            }
        }
    }

    /** Somebody else has the lease: leave with what they fetched, share their failure, or wait (section 4). */
    private @Nullable Landing watch() {
        awaitSign();
        Look look = ledger.look();
        Head current = current(look);
        if (isGood(current)) {
            return Landing.found(current);
        }
        refuseDead(look);
        shareFailure(look.state());
        Intent intent = look.state().openIntent();
        boolean stopped = isStopped(intent);
        if (stopped && around.exchanges().apply(look.state().facts).answersAgain()) {
            Step step = take(false);
            return step instanceof Step.Wait ? pause() : follow(step);
        }
        if (stopped || patience.isOver()) {
            throw Problems.unavailable(
                    ledger.namespace(),
                    "renewal_blocked",
                    intent == null
                            ? "another process is renewing it and has not finished in time"
                            : "process " + intent.process() + " on " + intent.host() + " holds it and does not go on",
                    null);
        }
        return pause();
    }

    /**
     * Whether the lease is held by an owner that does not go on. An intent that is merely old may be a dead process's,
     * whose heir has the lease and is about to write its own: so it must be seen for a while.
     */
    private boolean isStopped(@Nullable Intent intent) {
        // One that was answered is not under way any more.
        if (intent == null || intent.answered() || !intent.over(around.now())) {
            overdue = null;
            return false;
        }
        if (!intent.id().equals(overdue)) {
            overdue = intent.id();
            overdueSince = System.nanoTime();
        }
        return System.nanoTime() - overdueSince > OVERDUE_FOR.toNanos();
    }

    /**
     * Waits until something has changed, or for some turns at most: then the lease, and what there is, are looked at
     * anyway. Many processes wait at once, and must leave the processor to the one they wait for.
     */
    private void awaitSign() {
        for (int turn = 0; turn < LOOK_ANYWAY && !patience.isOver(); turn++) {
            Object sign = ledger.storage().sign(ledger.namespace());
            if (!sign.equals(seen)) {
                seen = sign;
                return;
            }
            patience.pause();
        }
    }

    private @Nullable Landing pause() {
        patience.pause();
        return null;
    }

    /** Under the store mutex, in one step: read the whole record again, decide, write the intent (section 5.2). */
    private Step take(boolean leased) {
        return ledger.step(state -> {
            Instant now = around.now();
            if (patience.isClosed()) {
                throw Problems.unavailable(ledger.namespace(), "closed", "the door is closed", null);
            }
            Intent orphan = state.openIntent();
            if (!leased && orphan != null && !orphan.over(now)) {
                return new Step.Wait(now); // Somebody was quicker in taking over from the stopped owner.
            }
            Head current = reconciled(state);
            if (isGood(current)) {
                return new Step.Have(current);
            }
            refuseDead(Look.of(Map.of(), state, rs -> false));
            shareFailure(state);
            Exchange exchange = around.exchanges().apply(state.facts);
            checkRenewable(current, exchange, now);
            Failure failure = state.failure;
            if (failure != null && failure.coolsAt(now)) {
                boolean canWait = patience.reaches(failure.until(), now);
                boolean useOld = demand.contentWithOld() && demand.minValid().isZero() && !current.expired(now);
                if (!canWait || useOld) {
                    throw Problems.failed(ledger.namespace(), failure);
                }
                return new Step.Wait(failure.until());
            }
            String parent = current.fingerprint().hex();
            Intent before = orphan != null && orphan.parent().equals(parent) ? orphan : null;
            Intent intent = owner.intent(resourceServer, parent, before == null ? now : before.firstSent(), now);
            state.intent = intent;
            writeIntent(state, exchange);
            return new Step.Send(current, intent, state.login, state.facts, exchange, before);
        });
    }

    private Head reconciled(JournalState state) {
        try {
            return current(ledger.reconcile(state));
        } catch (StorageFailure e) {
            // The save failed again; the answer is safe in the journal, and its token good to use.
            Head kept = state.pendingAnswer()
                    .map(answer -> answer.next().get(resourceServer))
                    .orElse(null);
            if (kept != null && isGood(kept)) {
                return kept;
            }
            throw e;
        }
    }

    /** Nobody need have the lease to learn that there is nothing to wait for. */
    private void refuseDead(Look look) {
        look.deathOf(resourceServer).ifPresent(mark -> {
            throw Problems.dead(ledger.namespace(), mark.why());
        });
    }

    /** Who began before the failure has its answer, however late it looks. */
    private void shareFailure(JournalState state) {
        Failure failure = state.failure;
        // One of the future was noted by a clock that has been set back since.
        if (failure != null && !failure.at().isBefore(began) && !failure.at().isAfter(around.now())) {
            throw Problems.failed(ledger.namespace(), failure);
        }
    }

    private void checkRenewable(Head current, Exchange exchange, Instant now) {
        exchange.requirePossible(current.data());
        if (exchange.needsRefreshToken() && current.data().refreshToken() == null) {
            throw Problems.cannotRenew(ledger.namespace());
        }
        Instant end = current.refreshEnd();
        if (exchange.needsRefreshToken() && end != null && current.refreshHasEnded(now)) {
            throw Problems.refreshEnded(ledger.namespace(), end);
        }
        Instant issued = current.issuedAt();
        if (demand.refused() != null
                && current.bornOfRefusal()
                && issued != null
                && issued.plus(REFUSED_AGAIN).isAfter(now)) {
            throw Problems.refusedAgain(ledger.namespace());
        }
    }

    /** A refresh token that is used once is not sent without a durable note of it; credentials may be. */
    private void writeIntent(JournalState state, Exchange exchange) {
        try {
            ledger.write(state);
        } catch (StorageFailure e) {
            if (exchange.needsRefreshToken()) {
                throw e;
            }
        }
    }

    private @Nullable Landing follow(Step step) {
        if (step instanceof Step.Have have) {
            return Landing.found(have.head());
        }
        return new Asking(ledger, around, resourceServer, demand).ask((Step.Send) step);
    }

    /** Whether what is there now ends this flight: a pair other than the one judged, or the same that will do. */
    private boolean isGood(Head current) {
        Instant now = around.now();
        if (current.fingerprint().equals(judged)) {
            return current.satisfies(demand, now);
        }
        boolean other =
                demand.refused() == null || !current.data().accessToken().equals(demand.refused());
        return other && (current.newborn(now) || current.freshness(now) != Freshness.SPENT);
    }

    private Head current(Look look) {
        return ledger.current(look, resourceServer, around.identity());
    }
}
