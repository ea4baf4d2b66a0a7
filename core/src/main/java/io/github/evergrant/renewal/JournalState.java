package io.github.evergrant.renewal;

import io.github.evergrant.token.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the journal of one session says, as a draft that one step reads, changes and writes.
 *
 * <p>For one thread.
 */
final class JournalState {

    /** Foreign writers bring back records from long ago; beyond this many it is not worth remembering. */
    private static final int SUPERSEDED_KEPT = 256;

    private static final int HISTORY_KEPT = 4;

    /** Where facts say for how long a used refresh token is answered again. */
    private static final String REUSE_GRACE = "reuse_grace";

    /** The newest records we know, by resource server. */
    final Map<String, Head> heads = new LinkedHashMap<>();

    /** Fingerprints of pairs that have a successor, oldest first. */
    final List<String> superseded = new ArrayList<>();

    /** Fingerprints of heads that may not be in the storage yet: that they are missing there says nothing. */
    final Set<String> unsaved = new LinkedHashSet<>();

    /** Answers that came too late, newest last. */
    final List<Answer> history = new ArrayList<>();

    /** Pairs the provider refused for good, by resource server. */
    final Map<String, Mark> marks = new LinkedHashMap<>();

    /**
     * What the session room knows of the session. To us two things of it count: which client it is, since pairs of another
     * one begin another session, and whether a refresh token is known to work once.
     */
    Map<String, @Nullable Object> facts = Map.of();

    /** What the storage's own format says in their place. It is never noted: whoever changes it there means it. */
    Map<String, @Nullable Object> lent = Map.of();

    /** Which login the heads descend from. */
    String login = "";

    /**
     * Whether the provider answered a refresh token of this login with another one, so that two owners of it would end
     * the session. A foreign record with another one proves nothing: it may come from another login.
     */
    boolean rotates;

    @Nullable
    Intent intent;

    @Nullable
    Answer answer;

    @Nullable
    Failure failure;

    @Nullable
    Tombstone tombstone;

    /** The name this session is being moved from; until that name's tombstone names us, there is nothing here yet. */
    @Nullable
    String arrivingFrom;

    @Nullable
    Instant lastRenewal;

    /** What a later version of ours keeps here as well. It stays as it is for as long as the session goes on. */
    Map<String, @Nullable Object> unknown = Map.of();

    /**
     * Whether a refresh token of it can be used once, as far as that is known: it was seen to be so, or the provider is
     * known never to answer a used one again.
     */
    boolean isUsedOnce() {
        return rotates || Duration.ZERO.toString().equals(facts.get(REUSE_GRACE));
    }

    /** Whether a head was in the storage once. */
    boolean wasSaved(Head head) {
        return !head.data().isStandIn() && !unsaved.contains(head.fingerprint().hex());
    }

    /** Makes a record the newest that is about to be saved; the journal is written first. */
    void leadUnsaved(String resourceServer, Head head) {
        lead(resourceServer, head);
        unsaved.add(head.fingerprint().hex());
    }

    /** Lets a head go that has no successor. */
    void drop(String resourceServer) {
        Head gone = heads.remove(resourceServer);
        if (gone != null) {
            supersede(gone.fingerprint());
            marks.remove(resourceServer);
        }
    }

    boolean isSuperseded(Fingerprint fingerprint) {
        return superseded.contains(fingerprint.hex());
    }

    /** Whether a pair is one that we fetched or had adopted before: the newest, an answer's, or one that has a successor. */
    boolean names(Fingerprint fingerprint) {
        return isSuperseded(fingerprint)
                || isLed(heads, fingerprint)
                || (answer != null && isLed(answer.next(), fingerprint));
    }

    private static boolean isLed(Map<String, Head> heads, Fingerprint fingerprint) {
        return heads.values().stream().anyMatch(head -> head.fingerprint().equals(fingerprint));
    }

    /** Everything that is known of counts no more, also where another program writes it back. */
    void supersedeAll() {
        List<Answer> answers = new ArrayList<>(history);
        if (answer != null) {
            answers.add(answer);
        }
        answers.forEach(each -> each.next().values().forEach(head -> supersede(head.fingerprint())));
        heads.values().forEach(head -> supersede(head.fingerprint()));
    }

    /** The answer that waits to be saved, if its parent is still the head. */
    Optional<Answer> pendingAnswer() {
        Answer pending = answer;
        if (pending == null) {
            return Optional.empty();
        }
        Head head = heads.get(pending.resourceServer());
        return head != null && head.fingerprint().hex().equals(pending.parent())
                ? Optional.of(pending)
                : Optional.empty();
    }

    /** The intent, while the record it would renew is still the newest: no answer to another one counts. */
    @Nullable
    Intent openIntent() {
        Intent open = intent;
        Head head = open == null ? null : heads.get(open.resourceServer());
        return head != null && open != null && head.fingerprint().hex().equals(open.parent()) ? open : null;
    }

    /** Makes a record the newest of its resource server; what it replaces is superseded, and its mark is void. */
    void lead(String resourceServer, Head head) {
        Head former = heads.put(resourceServer, head);
        if (former != null && !former.fingerprint().equals(head.fingerprint())) {
            supersede(former.fingerprint());
            marks.remove(resourceServer);
        }
        // A foreign program may really bring back an old pair as the newest; then it is not superseded any more.
        superseded.remove(head.fingerprint().hex());
    }

    void supersede(Fingerprint fingerprint) {
        superseded.remove(fingerprint.hex());
        superseded.add(fingerprint.hex());
        while (superseded.size() > SUPERSEDED_KEPT) {
            superseded.remove(0);
        }
    }

    /** Keeps an answer that came too late. It is used only after {@code invalid_grant}. */
    void remember(Answer late) {
        history.add(late);
        while (history.size() > HISTORY_KEPT) {
            history.remove(0);
        }
    }
}
