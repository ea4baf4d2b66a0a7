package io.github.evergrant.renewal;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.Journal;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.token.Fingerprint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts a session into a storage that has none of its name: journal, tokens and configuration, or nothing of it. Whoever
 * delivers has the session's lease there. For one thread.
 */
final class Delivery {

    private final TokenStorage to;
    private final String name;
    private final Ledger ledger;
    private boolean leftNothing = true;

    Delivery(TokenStorage to, String name) {
        this.to = to;
        this.name = name;
        this.ledger = new Ledger(to, name);
    }

    /** @throws InvalidInput {@code session_exists} when there is a session of that name */
    void requireFree() {
        if (!ledger.look().heads().isEmpty()) {
            throw taken(to, name);
        }
    }

    /** Whether just this session is there: these records, or what they have become since. */
    boolean holds(Map<String, Head> heads) {
        Look there = ledger.look();
        return !there.heads().isEmpty()
                && heads.entrySet().stream().allMatch(each -> {
                    Fingerprint sought = each.getValue().fingerprint();
                    Head now = there.heads().get(each.getKey());
                    return (now != null && now.fingerprint().equals(sought))
                            || there.state().isSuperseded(sought);
                });
    }

    /** Saves what a delivery that was cut short has left to its journal. */
    void finish() {
        ledger.step(ledger::reconcile);
    }

    /**
     * The journal first: from then on the session is here, whatever happens to its tokens' save.
     *
     * @throws InvalidInput {@code session_exists} when there is a session of that name, or configuration of another one
     */
    void deliver(JournalState state, Map<String, Map<String, @Nullable Object>> configuration) {
        ledger.step(empty -> {
            requireFree();
            configure(to, name, configuration, empty.tombstone != null);
            Journal journal = to.journal(name);
            Map<String, @Nullable Object> former = journal.read();
            state.heads
                    .values()
                    .forEach(head -> state.unsaved.add(head.fingerprint().hex()));
            boolean stored = false;
            leftNothing = false;
            try {
                ledger.write(state);
                stored = store(state);
            } catch (RuntimeException e) {
                restore(journal, former, e);
                throw e;
            }
            if (!stored) {
                InvalidInput taken = taken(to, name);
                restore(journal, former, taken);
                throw taken;
            }
            ledger.writeSaved(state);
            return null;
        });
    }

    /** Whether a delivery that failed left nothing of the session: only then may it live on where it came from. */
    boolean leftNothing() {
        return leftNothing;
    }

    /** A write that failed may have changed nothing; on a full disk nothing more would be written either. */
    private void restore(Journal journal, Map<String, @Nullable Object> former, RuntimeException why) {
        try {
            if (!journal.read().equals(former)) {
                if (former.isEmpty()) {
                    journal.delete();
                } else {
                    journal.writeAlone(former);
                }
            }
            leftNothing = true;
        } catch (StorageFailure e) {
            why.addSuppressed(e);
        }
    }

    private boolean store(JournalState state) {
        Map<String, Fingerprint> left = new LinkedHashMap<>();
        to.read(name).forEach((rs, data) -> left.put(rs, data.fingerprint()));
        return to.replace(name, left, Head.stored(state.heads));
    }

    /**
     * Configures a session as another one is.
     *
     * @param left whether what is configured there was a session's that has ended or gone: then it may be replaced
     * @throws InvalidInput {@code session_exists} when something else is configured there
     */
    static void configure(TokenStorage to, String name, Map<String, Map<String, @Nullable Object>> all, boolean left) {
        for (Map.Entry<String, Map<String, @Nullable Object>> each : all.entrySet()) {
            Optional<Map<String, @Nullable Object>> there = to.configuration(name, each.getKey());
            if (!left && there.isPresent() && !there.get().equals(each.getValue())) {
                throw taken(to, name);
            }
        }
        for (Map.Entry<String, Map<String, @Nullable Object>> each : all.entrySet()) {
            to.storeConfiguration(name, each.getKey(), each.getValue());
        }
    }

    /** What is configured for a session; what cannot be read of it stops whoever would leave it behind. */
    static Map<String, Map<String, @Nullable Object>> configuration(TokenStorage from, String name) {
        Map<String, Map<String, @Nullable Object>> all = new LinkedHashMap<>();
        for (String title : from.configurationNames(name)) {
            from.configuration(name, title).ifPresent(value -> all.put(title, value));
        }
        return all;
    }

    private static InvalidInput taken(TokenStorage to, String name) {
        return new InvalidInput(
                Problem.of("session_exists", "there is a session '" + name + "' in " + to.address() + " already")
                        .withAdvice("give one of them another name first")
                        .withSession(name));
    }
}
