package io.github.evergrant.renewal;

import io.github.evergrant.lease.Lease;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The end of some of a session's records; the others go on. */
final class Dropping {

    private final Ledger ledger;
    private final Surroundings around;

    Dropping(Ledger ledger, Surroundings around) {
        this.ledger = ledger;
        this.around = around;
    }

    /** Revokes first: what is cut short leaves records that are dead, and not live tokens that nobody knows. */
    void drop(
            Set<String> resourceServers,
            BiConsumer<Map<String, @Nullable Object>, List<TokenData>> revoke,
            Duration patience) {
        try (Lease held = new Patience(patience).leaseOrFail(ledger.storage(), ledger.namespace())) {
            new Redrive(ledger, around).run();
            Chosen chosen = ledger.step(state -> choose(state, resourceServers));
            try {
                revoke.accept(chosen.facts(), chosen.alive());
            } finally {
                forget(resourceServers, chosen.seen());
            }
        }
    }

    /**
     * What is to go.
     *
     * @param seen which records; a login that comes meanwhile brings others
     */
    private record Chosen(Map<String, @Nullable Object> facts, List<TokenData> alive, Set<Fingerprint> seen) {}

    private Chosen choose(JournalState state, Set<String> resourceServers) {
        Map<String, Head> heads = ledger.reconcile(state).heads();
        Set<Secret> needed = heads.entrySet().stream()
                .filter(entry -> !resourceServers.contains(entry.getKey()))
                .flatMap(entry -> entry.getValue().data().refresh().stream())
                .collect(Collectors.toSet());
        List<TokenData> going = new ArrayList<>();
        heads.forEach((rs, head) -> {
            if (resourceServers.contains(rs)) {
                going.add(head.data());
            }
        });
        Set<Fingerprint> seen = going.stream().map(TokenData::fingerprint).collect(Collectors.toSet());
        state.history.forEach(late -> late.next().forEach((rs, head) -> {
            if (resourceServers.contains(rs)) {
                going.add(head.data());
            }
        }));
        // A refresh token that another record lives on must outlive this one.
        List<TokenData> alive = going.stream()
                .map(data -> data.refresh().filter(needed::contains).isPresent() ? data.withRefreshToken(null) : data)
                .toList();
        return new Chosen(state.facts, alive, seen);
    }

    private void forget(Set<String> resourceServers, Set<Fingerprint> seen) {
        ledger.step(state -> {
            state.heads.entrySet().removeIf(entry -> {
                boolean goes = seen.contains(entry.getValue().fingerprint());
                if (goes) {
                    state.supersede(entry.getValue().fingerprint());
                    state.marks.remove(entry.getKey());
                }
                return goes;
            });
            state.history.removeIf(
                    late -> resourceServers.containsAll(late.next().keySet()));
            // The journal first: what a storage that fails now still holds is superseded, and counts no more.
            ledger.write(state);
            ledger.remove(seen::contains);
            return null;
        });
    }
}
