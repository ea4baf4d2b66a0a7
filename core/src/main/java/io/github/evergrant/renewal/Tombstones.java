package io.github.evergrant.renewal;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.storage.Journal;
import io.github.evergrant.storage.TokenStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears away the journals of sessions that were logged out or renamed long ago. Where a session went that is in another
 * storage now stays known: its records are still here, and must not come to life again.
 */
final class Tombstones {

    private static final Logger LOG = LoggerFactory.getLogger(Tombstones.class);

    /** By then no answer is on its way any more, and no program goes on from what it had read before. */
    private static final Duration KEPT = Duration.ofDays(30);

    /** Looking at all of them takes as long as there are many, and a whole storage may be logged out at once. */
    private static final Duration PAUSE = Duration.ofDays(1);

    /** When this JVM looked last, by a storage's address. */
    private static final ConcurrentMap<String, Instant> LOOKED = new ConcurrentHashMap<>();

    private Tombstones() {}

    /**
     * Of a whole storage, when one is added to it; once a day. What cannot be cleared now is cleared another time.
     */
    static void clear(TokenStorage storage, Instant now) {
        Instant before = LOOKED.get(storage.address());
        if (!isDue(before, now)) {
            return;
        }
        // Two at once do no harm.
        LOOKED.put(storage.address(), now);
        try {
            for (Journal journal : storage.journals()) {
                if (journal.mayBeLast()) {
                    clear(storage, journal, now.minus(KEPT));
                }
            }
        } catch (EvergrantException e) {
            LOG.debug("the journals in {} cannot be listed: {}", storage.address(), e.code());
        }
    }

    /** A clock may have been set back. */
    private static boolean isDue(@Nullable Instant before, Instant now) {
        return before == null || before.isAfter(now) || before.plus(PAUSE).isBefore(now);
    }

    private static void clear(TokenStorage storage, Journal journal, Instant before) {
        try {
            if (journal.read().get(Ledger.NAMESPACE) instanceof String name && isOver(storage, name, before)) {
                storage.inOneStep(name, () -> {
                    if (isOver(storage, name, before)) {
                        finishRenaming(storage, name);
                        storage.journal(name).delete();
                    }
                    return null;
                });
            }
        } catch (EvergrantException e) {
            LOG.debug("a journal in {} cannot be cleared away: {}", storage.address(), e.code());
        }
    }

    private static boolean isOver(TokenStorage storage, String name, Instant before) {
        JournalState state = JournalCodec.read(storage.journal(name).read());
        Tombstone ended = state.tombstone;
        return ended != null
                && !ended.toStorage()
                && ended.at().isBefore(before)
                && state.heads.isEmpty()
                && !storage.holds(name);
    }

    /** One that was cut short counts by this tombstone alone. */
    private static void finishRenaming(TokenStorage storage, String name) {
        Tombstone ended = JournalCodec.read(storage.journal(name).read()).tombstone;
        String to = ended == null ? null : ended.movedTo();
        if (to != null) {
            new Ledger(storage, to).finishArrivalFrom(name);
        }
    }
}
