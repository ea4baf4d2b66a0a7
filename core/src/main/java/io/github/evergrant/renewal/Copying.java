package io.github.evergrant.renewal;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.lease.Lease;
import io.github.evergrant.storage.TokenStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes a second session of one, in another storage; the first is not touched. */
public final class Copying {

    private final TokenStorage from;
    private final TokenStorage to;
    private final Duration patience;

    /** @param patience how long to wait for renewals on either side */
    public Copying(TokenStorage from, TokenStorage to, Duration patience) {
        this.from = from;
        this.to = to;
        this.patience = patience;
    }

    /**
     * Copies a session, with its configuration.
     *
     * @param facts makes what the session room keeps of the copy from what it keeps of the session
     * @return whether both have the same refresh tokens now: they go on together only as long as the provider does not
     *     rotate them
     * @throws InvalidInput {@code session_exists} when the other storage has a session of that name, {@code
     *     rotating_session} when the provider was seen to rotate its refresh token, or is known to: two owners of it would
     *     end it
     * @throws io.github.evergrant.error.LoginRequired when there is no such session
     * @throws io.github.evergrant.error.TemporarilyUnavailable when a renewal does not end in time, or was cut short
     */
    public boolean copy(String name, String as, Function<Standing, Map<String, @Nullable Object>> facts, Instant now) {
        Ledger original = new Ledger(from, name);
        Delivery delivery = new Delivery(to, as);
        require(original.look(), name);
        delivery.requireFree();
        Patience waiting = new Patience(patience);
        // A storage without a journal of it has no renewals of ours: not even a lock file is made beside it.
        boolean ours = !from.journal(name).read().isEmpty();
        try (Lease here = ours ? waiting.leaseOrFail(from, name) : () -> {};
                Lease there = waiting.leaseOrFail(to, as)) {
            Look look = original.look();
            require(look, name);
            requireSettled(look.state(), name);
            Standing standing = Standing.of(look, now, false);
            delivery.deliver(twin(look, facts.apply(standing)), Delivery.configuration(from, name));
            return standing.hasRefreshToken();
        }
    }

    private static void require(Look look, String name) {
        JournalState state = look.state();
        if (look.heads().isEmpty()) {
            throw Problems.absent(name, state);
        }
        if (look.intruder() != null) {
            throw Problems.otherAccount(name);
        }
        boolean renewable =
                look.heads().values().stream().anyMatch(head -> head.data().refreshToken() != null);
        if (state.isUsedOnce() && renewable) {
            throw new InvalidInput(Problem.of(
                            "rotating_session",
                            "the refresh token of session '" + name
                                    + "' is used once: two owners of it would end the session")
                    .withAdvice("move it instead")
                    .withSession(name));
        }
    }

    /** Only with the lease: then whoever sent an open intent is gone. */
    private static void requireSettled(JournalState state, String name) {
        if (state.openIntent() != null) {
            throw Problems.unavailable(
                    name,
                    "in_doubt",
                    "its last renewal was cut short, and whether its refresh token was used is not known",
                    null);
        }
    }

    /** What is settled of the session, without what is under way. */
    private static JournalState twin(Look look, Map<String, @Nullable Object> facts) {
        JournalState state = look.state();
        JournalState twin = new JournalState();
        twin.heads.putAll(look.heads());
        twin.superseded.addAll(state.superseded);
        twin.marks.putAll(state.marks);
        twin.facts = facts;
        twin.login = state.login.isEmpty() ? UUID.randomUUID().toString() : state.login;
        twin.rotates = state.rotates;
        twin.lastRenewal = state.lastRenewal;
        return twin;
    }
}
