package io.github.evergrant.providers.globus.service;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request on its way, from the first attempt to the last. For one thread. */
final class Sending {

    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final Set<Integer> PASSING = Set.of(500, 502, 504);
    private static final double LEAST_WAIT = 250;
    private static final double MORE_WAIT = 500;

    private final Setup setup;
    private final Troubles troubles;
    private final HttpCall call;
    private final boolean repeatable;
    private final Instant begun;
    private final Set<RetryCheck> used = new HashSet<>();
    private boolean cured;
    private int attempt;

    Sending(Setup setup, HttpCall call, boolean repeatable) {
        this.setup = setup;
        this.troubles = new Troubles(setup.title());
        this.call = call;
        this.repeatable = repeatable;
        this.begun = setup.pace().now();
    }

    /**
     * What an attempt came to.
     *
     * @param again whether it makes sense to try again
     * @param notBefore what the server said about when, or null
     * @param otherwise what to say when nobody tries again
     */
    private record Outcome(boolean again, @Nullable Instant notBefore, EvergrantException otherwise) {}

    /** The first reply that is good. */
    HttpReply run() {
        while (true) {
            String sent = setup.authorizer().header();
            Outcome outcome;
            try {
                HttpReply reply = setup.http()
                        .send(
                                sent == null ? call : call.withHeader("Authorization", sent),
                                deadline(),
                                setup.mostBytes());
                if (reply.ok()) {
                    return reply;
                }
                outcome = judge(reply, sent);
            } catch (HttpFailure e) {
                boolean passing = e.kind() == HttpFailure.Kind.BROKEN || e.kind() == HttpFailure.Kind.TIMED_OUT;
                outcome = new Outcome(passing && (repeatable || !e.maybeSent()), null, troubles.unanswered(e));
            }
            pauseOrThrow(outcome);
            attempt++;
        }
    }

    /** A 401 and a 429 say that nothing was done: whatever was asked for may be asked for again. */
    private Outcome judge(HttpReply reply, @Nullable String sent) {
        int status = reply.status();
        ApiError error = ApiErrors.read(reply, sent);
        Instant retryAt = RetryAfter.of(reply).orElse(null);
        boolean lasting = Troubles.isLasting(status);
        boolean again = false;
        if (status == UNAUTHORIZED && sent != null && !cured && hasAttemptsLeft()) {
            // Noted only when it is tried: an earlier trouble of another kind does not use up the one cure.
            cured = true;
            again = setup.authorizer().renewAfterRefusal(sent);
        } else if (status == TOO_MANY) {
            again = true;
        } else if (status == UNAVAILABLE) {
            again = repeatable;
        } else {
            RetryCheck.Decision decision = decide(error, sent);
            again = decision == RetryCheck.Decision.REPEAT
                    || (decision == RetryCheck.Decision.UNDECIDED && repeatable && PASSING.contains(status));
            lasting = decision == RetryCheck.Decision.REFUSED || (decision != RetryCheck.Decision.LATER && lasting);
        }
        boolean says = status == TOO_MANY || status == UNAVAILABLE;
        return new Outcome(again, says ? retryAt : null, troubles.refused(error, lasting, retryAt));
    }

    private RetryCheck.Decision decide(ApiError error, @Nullable String sent) {
        for (RetryCheck check : setup.policy().checks()) {
            if (used.contains(check) || (check.isOncePerRequest() && !hasAttemptsLeft())) {
                continue;
            }
            RetryCheck.Decision decision = check.decide(error, sent);
            if (decision != RetryCheck.Decision.UNDECIDED) {
                if (check.isOncePerRequest() && decision == RetryCheck.Decision.REPEAT) {
                    used.add(check);
                }
                return decision;
            }
        }
        return RetryCheck.Decision.UNDECIDED;
    }

    private void pauseOrThrow(Outcome outcome) {
        if (!outcome.again || !hasAttemptsLeft()) {
            throw outcome.otherwise;
        }
        Duration wait = wait(outcome.notBefore);
        if (wait.compareTo(setup.policy().longestWait()) > 0 || wait.compareTo(patienceLeft()) >= 0) {
            // To come back earlier than the server said is to be turned away again.
            throw outcome.otherwise;
        }
        try {
            setup.pace().pause(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw troubles.interrupted();
        }
    }

    /** What the server said, else twice as long each time, by chance a little more or less. */
    private Duration wait(@Nullable Instant notBefore) {
        Duration said = notBefore == null
                ? Duration.ZERO
                : Duration.between(setup.pace().now(), notBefore);
        if (!said.isNegative() && !said.isZero()) {
            return said;
        }
        double millis = (LEAST_WAIT + MORE_WAIT * setup.pace().random()) * Math.pow(2, attempt);
        Duration ours = Duration.ofMillis((long) millis);
        Duration longest = setup.policy().longestWait();
        return ours.compareTo(longest) > 0 ? longest : ours;
    }

    private boolean hasAttemptsLeft() {
        return attempt < setup.policy().retries();
    }

    private Duration deadline() {
        Duration left = patienceLeft();
        return left.compareTo(setup.deadline()) < 0 ? left : setup.deadline();
    }

    private Duration patienceLeft() {
        Duration patience = setup.policy().patience();
        return patience == null
                ? ServiceClient.LONGEST
                : patience.minus(Duration.between(begun, setup.pace().now()));
    }
}
