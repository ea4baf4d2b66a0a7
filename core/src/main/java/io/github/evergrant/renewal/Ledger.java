package io.github.evergrant.renewal;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.Journal;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.TokenData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One session's records and journal, read and changed together. Safe for many threads. */
final class Ledger {

    /** Foreign programs write without a lock: how often a save is built again before it counts as failed. */
    static final int REBUILDS = 20;

    /** Where a journal says whose it is. */
    static final String NAMESPACE = "namespace";

    /** Where facts say which client it is: all that the journal need understand of them. */
    private static final String CLIENT = "client_id";

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final TokenStorage storage;
    private final String namespace;
    private final Journal journal;
    private final boolean forgiving;

    Ledger(TokenStorage storage, String namespace) {
        this(storage, namespace, false);
    }

    private Ledger(TokenStorage storage, String namespace, boolean forgiving) {
        this.storage = storage;
        this.namespace = namespace;
        this.journal = storage.journal(namespace);
        this.forgiving = forgiving;
    }

    /** The same, to which what is damaged is empty: for ending a session, which must always be possible. */
    Ledger forgiving() {
        return new Ledger(storage, namespace, true);
    }

    TokenStorage storage() {
        return storage;
    }

    String namespace() {
        return namespace;
    }

    /** What is stored of the session. */
    Map<String, TokenData> stored() {
        try {
            return storage.read(namespace);
        } catch (StorageFailure e) {
            if (forgiving && e.code().equals("token_malformed")) {
                return Map.of();
            }
            throw e;
        }
    }

    /** What the session is now, without a lock. */
    Look look() {
        // The storage first: a save is in the journal before it is in the storage, so the journal, read later, knows
        // it.
        Map<String, TokenData> stored = storage.read(namespace);
        return look(stored, read());
    }

    /** The same, of what was read of the storage a moment ago. */
    Look look(Map<String, TokenData> stored) {
        return look(stored, read());
    }

    private Look look(Map<String, TokenData> stored, JournalState state) {
        // A name that a session is being moved to has nothing yet, whatever is stored there already.
        return state.arrivingFrom == null
                ? judge(stored, state)
                : Look.of(Map.of(), new JournalState(), resourceServer -> false);
    }

    /** What was read of the storage, judged by a journal. */
    Look judge(Map<String, TokenData> stored, JournalState state) {
        yieldToOtherClient(stored, state);
        return Look.of(stored, state, this::isRemoved);
    }

    /**
     * Another program logged in here by another client, as the storage's own format says: as after its login in the place
     * of a session that had ended, nothing that we knew of the former one holds, its client least of all.
     */
    private void yieldToOtherClient(Map<String, TokenData> stored, JournalState state) {
        Object ours = state.facts.get(CLIENT);
        boolean settled = stored.values().stream().allMatch(data -> state.names(data.fingerprint()));
        if (ours == null || settled || state.tombstone != null) {
            return;
        }
        Map<String, @Nullable Object> told = told();
        Object theirs = told.get(CLIENT);
        if (theirs != null && !theirs.equals(ours)) {
            state.supersedeAll();
            state.lent = told;
            beginAnew(state);
        }
    }

    /** Of a record that was not among those that were read; one that is there and cannot be read was not removed. */
    private boolean isRemoved(String resourceServer) {
        if (!storage.missingMeansRemoved(namespace)) {
            return false;
        }
        try {
            return storage.read(namespace, resourceServer).isEmpty();
        } catch (StorageFailure e) {
            return false;
        }
    }

    /**
     * The record that counts now.
     *
     * @param identity whose session the caller knows it as, or null
     * @throws io.github.evergrant.error.LoginRequired when there is none, or it is another account's
     * @throws StorageFailure {@code token_malformed} when the one that is stored cannot be read
     */
    Head current(Look look, String resourceServer, @Nullable String identity) {
        if (!look.heads().isEmpty() && !look.heads().containsKey(resourceServer) && look.intruder() == null) {
            storage.read(namespace, resourceServer);
        }
        return look.current(namespace, resourceServer, identity);
    }

    /** Runs a step on the journal while nobody else changes the session. */
    <T extends @Nullable Object> T step(Function<JournalState, T> work) {
        return storage.inOneStep(namespace, () -> work.apply(read()));
    }

    private JournalState decoded() {
        try {
            return JournalCodec.read(journal.read());
        } catch (StorageFailure e) {
            if (forgiving && e.code().equals("journal_corrupt")) {
                return new JournalState();
            }
            throw e.session().isPresent() ? e : new StorageFailure(e.problem().withSession(namespace));
        }
    }

    /** The journal now; whatever is under way, it is whole. */
    JournalState read() {
        JournalState state = decoded();
        if (state.facts.isEmpty() || state.tombstone != null) {
            lend(state);
        }
        String from = state.arrivingFrom;
        if (from == null) {
            return state;
        }
        // A rename was cut short. It counts from the moment at which the old name said where it went.
        Tombstone old = JournalCodec.read(storage.journal(from).read()).tombstone;
        if (old != null && old.namesHere(namespace)) {
            state.arrivingFrom = null;
        }
        return state;
    }

    private void lend(JournalState state) {
        state.lent = told();
        if (state.facts.isEmpty()) {
            state.facts = state.lent;
        }
    }

    /** What the storage's own format says of the session. */
    private Map<String, @Nullable Object> told() {
        try {
            return storage.facts(namespace);
        } catch (StorageFailure e) {
            if (!forgiving) {
                throw e.session().isPresent()
                        ? e
                        : new StorageFailure(e.problem().withSession(namespace));
            }
            return Map.of();
        }
    }

    /** Finishes a rename that was cut short after it counted, before the old name is used for something else. */
    void finishArrivalFrom(String from) {
        JournalState state = JournalCodec.read(journal.read());
        if (from.equals(state.arrivingFrom)) {
            state.arrivingFrom = null;
            write(state);
        }
    }

    /** As {@link #write}, and nothing of what was there before is left on the medium, unless that has become full. */
    void writeAlone(JournalState state) {
        try {
            journal.writeAlone(json(state));
        } catch (StorageFailure e) {
            if (!e.code().equals("disk_full")) {
                throw e;
            }
            write(state);
        }
    }

    /** Makes a journal durable; only inside a step. */
    void write(JournalState state) {
        try {
            journal.write(json(state));
        } catch (StorageFailure e) {
            if (!forgiving || !e.code().equals("journal_corrupt")) {
                throw e;
            }
            journal.writeAlone(json(state));
        }
    }

    /**
     * Notes that all heads are in the storage now, so that one which is missing later was removed. Without that note they
     * count all the same.
     */
    void writeSaved(JournalState state) {
        state.unsaved.clear();
        try {
            write(state);
        } catch (StorageFailure e) {
            LOG.debug("the journal of session '{}' is behind its storage: {}", namespace, e.code());
        }
    }

    /** With whose it is: nothing else says that, when the storage has lost the session. */
    private Map<String, @Nullable Object> json(JournalState state) {
        Map<String, @Nullable Object> json = JournalCodec.write(state);
        json.put(NAMESPACE, storage.keptAt(namespace).namespace());
        return json;
    }

    /**
     * Makes storage and journal agree, in this order: foreign records are adopted, an answer is saved, what was written
     * back is replaced. Only inside a step; the journal draft is changed, and written when it was.
     *
     * @return the session as it then is
     * @throws StorageFailure when the storage cannot be read or written; an answer stays in the journal
     */
    Look reconcile(JournalState state) {
        for (int attempt = 0; attempt < REBUILDS; attempt++) {
            Map<String, TokenData> stored = storage.read(namespace);
            Look look = look(stored, state);
            if (look.intruder() != null) {
                throw look.strangers(namespace);
            }
            if (look.heads().isEmpty() && state.tombstone != null) {
                return look;
            }
            if (state.tombstone != null) {
                beginAnew(state);
            }
            if (save(stored, look.heads())) {
                settle(state, look.heads(), stored);
                return look;
            }
        }
        throw Problems.storeBusy(storage.keptAt(namespace).address(), namespace);
    }

    /** As {@link #reconcile}; what another program stored after the session had gone elsewhere is a session again. */
    Look revive(JournalState state) {
        Tombstone ended = state.tombstone;
        boolean gone = ended != null && ended.movedTo() != null && state.heads.isEmpty();
        if (ended != null
                && gone
                && storage.read(namespace).values().stream()
                        .anyMatch(data -> !state.isSuperseded(data.fingerprint()))) {
            state.tombstone = new Tombstone(ended.at(), null);
        }
        return reconcile(state);
    }

    /** Another program logged in after our logout: nothing that we knew of the former session holds. */
    static void beginAnew(JournalState state) {
        state.tombstone = null;
        state.heads.clear();
        state.unsaved.clear();
        state.history.clear();
        state.marks.clear();
        state.rotates = false;
        state.facts = state.lent;
        state.login = "";
        state.intent = null;
        state.answer = null;
        state.failure = null;
        state.lastRenewal = null;
        state.unknown = Map.of();
    }

    /** Takes records out of the storage, and leaves what comes meanwhile. */
    void remove(Predicate<Fingerprint> which) {
        for (int attempt = 0; attempt < REBUILDS; attempt++) {
            Map<String, Fingerprint> seen = new LinkedHashMap<>();
            storage.read(namespace).forEach((rs, data) -> {
                if (which.test(data.fingerprint())) {
                    seen.put(rs, data.fingerprint());
                }
            });
            if (seen.isEmpty() || storage.replace(namespace, seen, Map.of())) {
                return;
            }
        }
        throw Problems.storeBusy(storage.keptAt(namespace).address(), namespace);
    }

    /** Stores the heads where the storage has something else. */
    private boolean save(Map<String, TokenData> stored, Map<String, Head> heads) {
        Map<String, Fingerprint> seen = new LinkedHashMap<>();
        Map<String, Head> next = new LinkedHashMap<>();
        heads.forEach((rs, head) -> {
            TokenData there = stored.get(rs);
            if (there == null || !isSaved(there, head)) {
                next.put(rs, head);
                if (there != null) {
                    seen.put(rs, there.fingerprint());
                }
            }
        });
        return next.isEmpty() || storage.replace(namespace, seen, Head.stored(next));
    }

    /** The same pair may come with another end: a server that gives the same token again prolongs it. */
    private static boolean isSaved(TokenData there, Head head) {
        return there.fingerprint().equals(head.fingerprint())
                && (head.issuedAt() == null
                        || there.expiry().epochSecond() == head.data().expiry().epochSecond());
    }

    /** Notes in the journal what is now stored. */
    private void settle(JournalState state, Map<String, Head> heads, Map<String, TokenData> stored) {
        boolean changed = false;
        Answer answer = state.answer;
        for (String resourceServer : List.copyOf(state.heads.keySet())) {
            if (!heads.containsKey(resourceServer)) {
                // Removed by another program; if it is written back it is an old one.
                state.drop(resourceServer);
                changed = true;
            }
        }
        if (!state.unsaved.isEmpty()) {
            state.unsaved.clear();
            changed = true;
        }
        for (Map.Entry<String, Head> entry : heads.entrySet()) {
            Head former = state.heads.get(entry.getKey());
            TokenData there = stored.get(entry.getKey());
            if (!entry.getValue().equals(former)) {
                state.lead(entry.getKey(), entry.getValue());
                changed = true;
            }
            if (there != null && !there.fingerprint().equals(entry.getValue().fingerprint())) {
                // What we just replaced may be written back as well.
                changed |= !state.isSuperseded(there.fingerprint());
                state.supersede(there.fingerprint());
            }
        }
        if (answer != null) {
            if (!leads(answer, heads)) {
                state.remember(answer);
            }
            state.answer = null;
            changed = true;
        }
        if (changed) {
            write(state);
        }
    }

    private static boolean leads(Answer answer, Map<String, Head> heads) {
        Head next = answer.next().get(answer.resourceServer());
        Head now = heads.get(answer.resourceServer());
        return next != null && now != null && now.fingerprint().equals(next.fingerprint());
    }
}
