package io.github.evergrant.renewal;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.lease.Pause;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps an answer: durable in the journal before anything else happens with it, then saved. */
final class Arrival {

    private static final Logger LOG = LoggerFactory.getLogger(Arrival.class);

    private static final int ATTEMPTS = 3;

    /** Each waits for the mutex as long as that is patient: a minute in all, for many may stand in line there. */
    private static final int CROWDED_ATTEMPTS = 12;

    private static final Set<String> CROWDED = Set.of("store_locked", "store_busy");

    private static final long PAUSE_NANOS = 50_000_000;

    private final Ledger ledger;
    private final Surroundings around;

    Arrival(Ledger ledger, Surroundings around) {
        this.ledger = ledger;
        this.around = around;
    }

    /** @return the answer's record, or the one that was there first */
    Landing keep(Step.Send send, String resourceServer, TokenResponse response, boolean ofRefusal) {
        Landing landing = persistently(send, resourceServer, response, ofRefusal);
        if (landing == null) {
            around.late().revoke(send.facts(), response);
            throw ledger.look().heads().isEmpty()
                    ? Problems.ended(ledger.namespace(), new Tombstone(around.now(), null))
                    : Problems.noSuchResourceServer(ledger.namespace(), resourceServer);
        }
        return landing;
    }

    /** The answer is the only live token: that others hold the mutex, or the disk fails for a moment, is no reason. */
    private @Nullable Landing persistently(
            Step.Send send, String resourceServer, TokenResponse response, boolean ofRefusal) {
        for (int attempt = 1; ; attempt++) {
            try {
                return ledger.step(state ->
                        state.tombstone != null ? null : keep(state, send, resourceServer, response, ofRefusal));
            } catch (StorageFailure e) {
                if (attempt == (CROWDED.contains(e.code()) ? CROWDED_ATTEMPTS : ATTEMPTS)) {
                    Map<String, Head> heads = Map.of(resourceServer, send.current());
                    Head mine = successors(heads, send, resourceServer, response, ofRefusal)
                            .get(resourceServer);
                    if (mine == null) {
                        throw e;
                    }
                    LOG.warn("the renewal of session '{}' could be kept nowhere: {}", ledger.namespace(), e.code());
                    return new Landing(mine, response, e);
                }
                Pause.nanos(PAUSE_NANOS);
            }
        }
    }

    private static Map<String, Head> successors(
            Map<String, Head> heads, Step.Send send, String resourceServer, TokenResponse response, boolean ofRefusal) {
        Instant born =
                Grace.earliestAnswer(send.exchange().reuseGrace(), send.intent().firstSent(), response.sentAt());
        return Successors.of(heads, resourceServer, response, born, ofRefusal, RefreshTerms.of(send.facts()));
    }

    private @Nullable Landing keep(
            JournalState state, Step.Send send, String resourceServer, TokenResponse response, boolean ofRefusal) {
        Map<String, Head> next = successors(state.heads, send, resourceServer, response, ofRefusal);
        Head mine = next.get(resourceServer);
        state.rotates |= send.login().equals(state.login)
                && isRotated(send.current().data(), response.byResourceServer().get(resourceServer));
        Answer answer = new Answer(resourceServer, send.intent().parent(), send.login(), next);
        Head parent = state.heads.get(resourceServer);
        boolean counts = parent != null && parent.fingerprint().hex().equals(answer.parent());
        if (counts) {
            state.history.clear();
            state.answer = answer;
            state.failure = null;
            state.lastRenewal = around.now();
        } else {
            state.remember(answer);
        }
        if (state.intent != null && state.intent.id().equals(send.intent().id())) {
            state.intent = null;
        }
        boolean noted = write(state);
        try {
            Look look = ledger.reconcile(state);
            Head now = look.heads().get(resourceServer);
            if (now == null && counts) {
                // Whoever removed the record meanwhile has ended it.
                state.history.remove(answer);
                write(state);
                return null;
            }
            if (now == null || mine == null) {
                throw Problems.noSuchResourceServer(ledger.namespace(), resourceServer);
            }
            boolean first = now.fingerprint().equals(mine.fingerprint());
            return new Landing(now, first ? response : null, null);
        } catch (StorageFailure e) {
            if (mine == null || !noted) {
                throw e;
            }
            LOG.warn(
                    "session '{}' is renewed but not saved yet ({}): the answer is in its journal",
                    ledger.namespace(),
                    e.code());
            return new Landing(mine, response, e);
        }
    }

    /** Whether a refresh token that was sent was answered with another one. */
    private static boolean isRotated(TokenData sent, @Nullable TokenData answered) {
        Secret fresh = answered == null ? null : answered.refreshToken();
        return fresh != null
                && sent.refresh().filter(used -> !used.equals(fresh)).isPresent();
    }

    private boolean write(JournalState state) {
        try {
            ledger.write(state);
            return true;
        } catch (StorageFailure e) {
            LOG.warn("the journal of session '{}' cannot be written: {}", ledger.namespace(), e.code());
            return false;
        }
    }
}
