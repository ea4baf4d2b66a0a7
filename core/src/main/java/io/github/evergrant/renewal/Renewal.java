package io.github.evergrant.renewal;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.lease.Lease;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one session's tokens good: at most one renewal in flight, whoever asks, and never a stale save.
 *
 * <p>Safe for many threads. Blocks for at most the caller's patience; an interrupt or the end of patience ends the wait,
 * never an exchange. The protocol is {@code docs/renewal.md}.
 */
public final class Renewal {

    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);

    private final Ledger ledger;
    private final Surroundings around;
    private final Flights flights;
    private final Consumer<TokenResponse> listeners;

    /** @param listeners told of each response of ours that became the newest, after it is stored and everybody has it */
    public Renewal(
            TokenStorage storage,
            String namespace,
            Surroundings around,
            Flights flights,
            Consumer<TokenResponse> listeners) {
        this.ledger = new Ledger(storage, namespace);
        this.around = around;
        this.flights = flights;
        this.listeners = listeners;
    }

    /**
     * A token that meets a demand.
     *
     * <p>A fresh or aging one comes at once, without a lock, also while a renewal is under way. When a due successor
     * cannot be had, a token whose end has not come is handed out with a warning, unless it was refused.
     *
     * @throws io.github.evergrant.error.LoginRequired when there is nothing to go on with
     * @throws io.github.evergrant.error.ProviderRefused when the provider refuses the client, not the session
     * @throws TemporarilyUnavailable when the provider cannot be reached, or patience ended
     * @throws io.github.evergrant.error.StorageFailure when the storage cannot be read, or an intent not be written
     */
    public Obtained obtain(String resourceServer, Demand demand) {
        Look look = ledger.look();
        Head before = current(look, resourceServer);
        Instant now = around.now();
        if (before.satisfies(demand, now)) {
            if (look.state().answer != null) {
                flights.run(this::saveLate);
            }
            return before.obtained(now, false, null);
        }
        try {
            look.deathOf(resourceServer).ifPresent(mark -> {
                throw Problems.dead(ledger.namespace(), mark.why());
            });
            return renewed(resourceServer, demand, before);
        } catch (EvergrantException e) {
            return old(resourceServer, demand, e);
        }
    }

    private Obtained renewed(String resourceServer, Demand demand, Head before) {
        Head judged = before;
        while (true) {
            Landing landing = await(depart(resourceServer, demand, judged), demand);
            Head landed = landing.head();
            boolean ours = landed.data().resourceServer().equals(resourceServer);
            // A flight for another record with the same refresh token may, or may not, have brought ours as well.
            Head head = ours ? landed : current(resourceServer);
            Instant now = around.now();
            if (ours || head.satisfies(demand, now)) {
                boolean other = !head.fingerprint().equals(before.fingerprint());
                return head.obtained(now, other, landing.warning());
            }
            judged = head;
        }
    }

    /** Starts a renewal and does not wait for it: for an aging token. */
    public void ahead(String resourceServer) {
        Head head = current(resourceServer);
        if (head.freshness(around.now()) != Freshness.FRESH) {
            // With no patience: whoever renews it already, or the provider's cool-down, is reason enough to let it be.
            Demand atOnce = Demand.SUCCESSOR.withPatience(Duration.ZERO);
            flights.start("ahead " + key(resourceServer, head), () -> turn(resourceServer, atOnce, head), this::tell);
        }
    }

    /**
     * Ends the session: what is under way is finished, nothing can be renewed from then on, then it is forgotten.
     *
     * @param revoke given what was kept of the session and every token pair that may be alive; called while nobody else
     *     can renew
     * @param patience how long to wait for a renewal that is under way; then it goes on without: a late answer is
     *     revoked by whoever gets it
     */
    public void end(BiConsumer<Map<String, @Nullable Object>, List<TokenData>> revoke, Duration patience) {
        new Ending(ledger.forgiving(), around).end(revoke, patience);
    }

    /**
     * Ends some of the session's records; the others go on. A login that comes meanwhile stays.
     *
     * @param revoke as for {@link #end}; what it is given names only the records that go
     * @param patience how long to wait for a renewal that is under way
     * @throws TemporarilyUnavailable when it does not end in time; then nothing was changed
     */
    public void drop(
            Set<String> resourceServers,
            BiConsumer<Map<String, @Nullable Object>, List<TokenData>> revoke,
            Duration patience) {
        new Dropping(ledger, around).drop(resourceServers, revoke, patience);
    }

    private CompletableFuture<Landing> depart(String resourceServer, Demand demand, Head judged) {
        return flights.join(key(resourceServer, judged), () -> turn(resourceServer, demand, judged), this::tell);
    }

    private Landing turn(String resourceServer, Demand demand, Head judged) {
        return new Turn(ledger, around, resourceServer, demand, judged.fingerprint(), flights::areClosed).run();
    }

    /** Records that share a refresh token share a flight: it can be used once. */
    private String key(String resourceServer, Head judged) {
        String what = judged.data()
                .refresh()
                .map(refresh -> Fingerprint.ofRefreshToken(refresh).hex())
                .orElse(resourceServer);
        return System.identityHashCode(ledger.storage()) + " " + ledger.namespace() + " " + what;
    }

    private void tell(Landing landing) {
        if (landing.response() != null) {
            listeners.accept(landing.response());
        }
    }

    private Landing await(CompletableFuture<Landing> flight, Demand demand) {
        try {
            // A flight that gives up at the same moment has more to say about why.
            return Flights.await(flight, demand.patience().plusMillis(250));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problems.unavailable(ledger.namespace(), "interrupted", "the wait was interrupted", null);
        } catch (TimeoutException e) {
            throw Problems.unavailable(
                    ledger.namespace(),
                    "out_of_patience",
                    "no answer within " + demand.patience().toSeconds() + " s",
                    null);
        }
    }

    private Obtained old(String resourceServer, Demand demand, EvergrantException why) {
        if (demand.contentWithOld()) {
            Head head = current(resourceServer);
            Instant now = around.now();
            if (!head.expired(now)) {
                return head.obtained(now, false, why);
            }
        }
        throw why;
    }

    /** A save that failed is tried again, unless somebody is at it: whoever has the lease. The token is good anyhow. */
    private void saveLate() {
        Optional<Lease> free = ledger.storage().leases().tryTake(ledger.namespace());
        if (free.isEmpty()) {
            return;
        }
        try (Lease held = free.get()) {
            ledger.step(ledger::reconcile);
        } catch (EvergrantException e) {
            LOG.debug("the answer of session '{}' cannot be saved yet: {}", ledger.namespace(), e.code());
        }
    }

    private Head current(String resourceServer) {
        return current(ledger.look(), resourceServer);
    }

    private Head current(Look look, String resourceServer) {
        return ledger.current(look, resourceServer, around.identity());
    }
}
