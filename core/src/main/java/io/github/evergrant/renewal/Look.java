package io.github.evergrant.renewal;

import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.TokenData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a session is now: the storage's records, put right by the journal.
 *
 * @param heads the records that count, by resource server
 * @param state the journal they were judged by
 * @param intruder the identity of a record that is known to be another account's than the others, or null; such a
 *     record is never adopted
 */
record Look(
        Map<String, Head> heads,
        JournalState state,
        @Nullable String intruder) {

    /**
     * Judges stored records by the journal.
     *
     * <p>A record the journal knows as superseded, or misses, gives way to the head: a foreign program wrote an old one
     * back. One the journal does not know was fetched by a foreign program, and is the newest. An answer that waits to
     * be saved counts as saved while its parent is the head.
     *
     * @param removed whether a head that is not among the stored was taken out on purpose, by resource server: then it is a
     *     head no more
     */
    static Look of(Map<String, TokenData> stored, JournalState state, Predicate<String> removed) {
        Map<String, Head> heads = new LinkedHashMap<>();
        Tombstone ended = state.tombstone;
        if (ended != null && ended.movedTo() == null) {
            // What another program wrote after the logout is a session again; what we knew is not.
            stored.forEach((rs, data) -> {
                if (!state.isSuperseded(data.fingerprint())) {
                    heads.put(rs, Head.foreign(data));
                }
            });
            return new Look(heads, state, null);
        }
        if (ended == null) {
            stored.forEach((rs, data) -> {
                if (!state.heads.containsKey(rs) && !state.isSuperseded(data.fingerprint())) {
                    heads.put(rs, Head.foreign(data));
                }
            });
            state.heads.forEach((rs, head) -> {
                if (stored.containsKey(rs) || !state.wasSaved(head) || !removed.test(rs)) {
                    heads.put(rs, judge(stored, state, rs, head));
                }
            });
            state.pendingAnswer()
                    .filter(pending -> heads.containsKey(pending.resourceServer()))
                    .ifPresent(pending -> pending.next().forEach((rs, next) -> {
                        Head now = heads.get(rs);
                        Head known = state.heads.get(rs);
                        boolean foreign = now != null
                                && !now.fingerprint().equals(next.fingerprint())
                                && (known == null || !now.fingerprint().equals(known.fingerprint()));
                        if (!foreign) {
                            heads.put(rs, next);
                        }
                    }));
        }
        return new Look(heads, state, intruder(heads, state));
    }

    /**
     * The record that counts now.
     *
     * @param identity whose session the caller knows it as, or null
     * @throws io.github.evergrant.error.LoginRequired when there is none, or it is another account's
     */
    Head current(String session, String resourceServer, @Nullable String identity) {
        Tombstone ended = state.tombstone;
        if (ended != null && heads.isEmpty()) {
            throw Problems.ended(session, ended);
        }
        if (intruder != null) {
            throw strangers(session);
        }
        Head head = heads.get(resourceServer);
        if (head == null) {
            throw heads.isEmpty() ? Problems.unknown(session) : Problems.noSuchResourceServer(session, resourceServer);
        }
        String whose = head.data().identityId();
        if (identity != null && whose != null && !identity.equals(whose)) {
            throw Problems.otherAccountNow(session);
        }
        return head;
    }

    /** Why no record can be used when there is an {@link #intruder}. */
    LoginRequired strangers(String session) {
        boolean known = state.heads.values().stream()
                .anyMatch(head -> head.data().identity().isPresent());
        return known ? Problems.otherAccount(session) : Problems.severalAccounts(session);
    }

    /** Why the provider refused this very pair for good, if it did: then it is not sent again. */
    Optional<Mark> deathOf(String resourceServer) {
        Mark mark = state.marks.get(resourceServer);
        Head head = heads.get(resourceServer);
        return mark != null
                        && head != null
                        && mark.fingerprint().equals(head.fingerprint().hex())
                ? Optional.of(mark)
                : Optional.empty();
    }

    private static @Nullable String intruder(Map<String, Head> heads, JournalState state) {
        String ours = null;
        // What we know first: of records that are all strange to us, the first one's is as good as any.
        for (Map<String, Head> all : List.of(state.heads, heads)) {
            for (Head each : all.values()) {
                String whose = each.data().identityId();
                if (ours != null && whose != null && !ours.equals(whose)) {
                    return whose;
                }
                ours = ours == null ? whose : ours;
            }
        }
        return null;
    }

    private static Head judge(Map<String, TokenData> stored, JournalState state, String rs, Head head) {
        TokenData there = stored.get(rs);
        if (there == null || isKnown(there.fingerprint(), state, rs, head)) {
            return head;
        }
        // A refresh reply without a refresh token makes the Python library erase it; ours is still the live one.
        TokenData data = there.refreshToken() == null && head.data().refreshToken() != null
                ? there.withRefreshToken(head.data().refreshToken())
                : there;
        return Head.foreign(
                data.identityId() == null ? data.withIdentityId(head.data().identityId()) : data);
    }

    private static boolean isKnown(Fingerprint there, JournalState state, String rs, Head head) {
        if (there.equals(head.fingerprint()) || state.isSuperseded(there)) {
            return true;
        }
        Answer answer = state.answer;
        Head next = answer == null ? null : answer.next().get(rs);
        return next != null && there.equals(next.fingerprint());
    }
}
