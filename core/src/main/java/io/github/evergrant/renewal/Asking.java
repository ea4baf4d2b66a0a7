package io.github.evergrant.renewal;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The exchange with the provider, inside the lease: send, send again, believe a refusal only after looking again. */
final class Asking {

    /** From the taking of the lease to the last byte of the answer. */
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /** A request that cannot be answered within this is not worth sending. */
    private static final Duration LEAST = Duration.ofMillis(50);

    /** The first asks again, the second in the history, the last nobody. */
    private static final int LAST_ROUND = 3;

    private final Ledger ledger;
    private final Surroundings around;
    private final String resourceServer;
    private final Demand demand;
    private final long deadline = System.nanoTime() + DEADLINE.toNanos();
    private boolean sent;
    private boolean unanswered;

    Asking(Ledger ledger, Surroundings around, String resourceServer, Demand demand) {
        this.ledger = ledger;
        this.around = around;
        this.resourceServer = resourceServer;
        this.demand = demand;
    }

    /** @return null when the record or the intent moved before anything was sent: start over */
    @Nullable
    Landing ask(Step.Send send) {
        if (!stillOurs(send)) {
            return null;
        }
        Outcome outcome = send(send, send.current().data());
        if (outcome instanceof Outcome.Unanswered && isTimeLeft()) {
            // The answer, if there was one, is lost; inside the provider's grace the same token brings it again.
            outcome = send(send, send.current().data());
        }
        return settle(send, outcome, 1);
    }

    private @Nullable Landing settle(Step.Send send, Outcome outcome, int round) {
        if (outcome instanceof Outcome.Granted granted) {
            return land(send, granted.response());
        }
        if (outcome instanceof Outcome.Refused refused) {
            if (refused.code().equals("invalid_grant")) {
                return doubt(send, why(refused), round);
            }
            if (refused.code().equals(Standing.INTERACTION_REQUIRED)) {
                // Neither the same token nor an earlier one answers that; a login that came meanwhile does.
                return doubt(send, why(refused), LAST_ROUND);
            }
            throw giveUp(send, refused);
        }
        if (outcome instanceof Outcome.ClientGone) {
            return doubt(send, Standing.CLIENT_DELETED, round);
        }
        if (outcome instanceof Outcome.Unavailable unavailable) {
            throw fail(send, "unavailable", unavailable.why(), unavailable.retryAt(), true);
        }
        if (outcome instanceof Outcome.Unreached unreached) {
            throw fail(send, "unavailable", unreached.why(), null, true);
        }
        throw fail(send, "unanswered", ((Outcome.Unanswered) outcome).why(), null, true);
    }

    private boolean stillOurs(Step.Send send) {
        Look look = ledger.look();
        Intent now = look.state().intent;
        Head head = look.heads().get(resourceServer);
        boolean intentStands = now == null
                ? !send.exchange().needsRefreshToken()
                : now.id().equals(send.intent().id());
        return intentStands
                && head != null
                && head.fingerprint().equals(send.current().fingerprint());
    }

    private Outcome send(Step.Send send, TokenData data) {
        Exchange exchange = send.exchange();
        Duration wait = Grace.wait(exchange.reuseGrace(), send.intent().firstSent(), around.now(), left());
        Outcome outcome = exchange.send(data, wait);
        sent |= !(outcome instanceof Outcome.Unreached);
        unanswered |= outcome instanceof Outcome.Unanswered;
        return outcome;
    }

    private boolean isTimeLeft() {
        return left().compareTo(LEAST) > 0;
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    }

    /**
     * {@code invalid_grant}, or a client that is gone: read again, pause and try again, then the history; then it is believed
     * (section 7). A token that works once is not tried again: that helps nobody, and counts as another login that failed.
     */
    private @Nullable Landing doubt(Step.Send send, String why, int round) {
        if (round == 1) {
            LockSupport.parkNanos(
                    TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextLong(150, 300)));
        }
        Head now = ledger.step(state -> ledger.reconcile(state).heads().get(resourceServer));
        if (now == null || !now.fingerprint().equals(send.current().fingerprint())) {
            return null;
        }
        boolean again = round == 1 && !RefreshTerms.of(send.facts()).endsWithUse();
        // No other token helps where the client that they belong to is gone.
        boolean another = !again && round < LAST_ROUND && !why.equals(Standing.CLIENT_DELETED);
        TokenData next = again ? send.current().data() : another ? fromHistory(send) : null;
        if (next == null) {
            throw bury(send, why);
        }
        if (!isTimeLeft()) {
            unanswered = true;
            throw fail(send, "unanswered", "there was no time to ask once more", null, true);
        }
        return settle(send, send(send, next), again ? 2 : LAST_ROUND);
    }

    private static String why(Outcome.Refused refused) {
        return refused.text().isEmpty() ? refused.code() : refused.code() + ": " + refused.text();
    }

    /** The newest answer of this login that came too late, if it has a refresh token we have not just tried. */
    private @Nullable TokenData fromHistory(Step.Send send) {
        Optional<Secret> tried = send.current().data().refresh();
        return ledger.step(state -> {
            for (int i = state.history.size() - 1; i >= 0; i--) {
                Answer late = state.history.get(i);
                Head head = late.next().get(resourceServer);
                Optional<Secret> other =
                        head == null ? Optional.empty() : head.data().refresh();
                if (head != null && late.login().equals(state.login) && other.isPresent() && !other.equals(tried)) {
                    return head.data();
                }
            }
            return null;
        });
    }

    private EvergrantException bury(Step.Send send, String why) {
        ledger.step(state -> {
            state.marks.put(
                    resourceServer, new Mark(send.current().fingerprint().hex(), why, around.now()));
            state.intent = null;
            ledger.write(state);
            return null;
        });
        return Problems.dead(ledger.namespace(), why);
    }

    /** The client is at fault, or the request; not the session. */
    private EvergrantException giveUp(Step.Send send, Outcome.Refused refused) {
        return fail(send, refused.code(), why(refused), null, false);
    }

    /** Notes a failure for all processes. */
    private EvergrantException fail(
            Step.Send send, String code, String why, @Nullable Instant askedFor, boolean temporary) {
        Instant now = around.now();
        Duration most = sent || send.before() != null
                ? Grace.longestPause(send.exchange().reuseGrace(), send.intent().firstSent(), now)
                : CoolDown.LONGEST;
        Failure[] noted = new Failure[1];
        try {
            ledger.step(state -> {
                int count = state.failure == null ? 1 : state.failure.count() + 1;
                Instant until = CoolDown.until(now, count, most, askedFor);
                Failure failure = new Failure(code, why, now, until, count, temporary);
                noted[0] = failure;
                state.failure = failure;
                if (state.intent != null
                        && state.intent.id().equals(send.intent().id())) {
                    state.intent = afterFailure(send);
                }
                ledger.write(state);
                return null;
            });
        } catch (StorageFailure e) {
            // Others will ask too; the caller is told of the provider's trouble, which came first.
            noted[0] = new Failure(code, why, now, CoolDown.until(now, 1, most, askedFor), 1, temporary);
        }
        return Problems.failed(ledger.namespace(), noted[0]);
    }

    /** The doubt about a sending ends with tokens, not with a later sending's refusal. */
    private @Nullable Intent afterFailure(Step.Send send) {
        Intent before = send.before();
        if (!sent) {
            return before;
        }
        boolean inDoubt = unanswered || (before != null && !before.answered());
        return inDoubt ? send.intent() : send.intent().withAnswer();
    }

    private Landing land(Step.Send send, TokenResponse response) {
        Secret refused = demand.refused();
        Landing landing = new Arrival(ledger, around).keep(send, resourceServer, response, refused != null);
        if (refused != null && landing.head().data().accessToken().equals(refused)) {
            throw Problems.sameTokenAgain(ledger.namespace());
        }
        return landing;
    }
}
