package io.github.evergrant.providers.agave.saved;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.renewal.SessionRecords;
import io.github.evergrant.session.SessionFacts;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.TokenData;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the journals know of the sessions in the Agave files: by which clients our logins were. Safe for many threads. */
final class OurSessions {

    private final TokenStorage storage;
    private final InstantSource clock;

    OurSessions(TokenStorage storage, InstantSource clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /**
     * The names by which sessions end when a session by another client is saved in their place.
     *
     * @param former what the files have of it so far
     */
    List<String> endingWith(SavedSession session, @Nullable Entry former) {
        String key = session.clientKey();
        if (former == null) {
            return isByAnother(session.name(), key) ? List.of(session.name()) : List.of();
        }
        return former.names().stream()
                .filter(name -> areOthers(key, former.key()) || isByAnother(name, key))
                .toList();
    }

    /** Whether two keys are those of two clients. */
    private static boolean areOthers(String key, String other) {
        return !key.isEmpty() && !other.isEmpty() && !key.equals(other);
    }

    /**
     * Fields of the client of a login of ours: no token data says them, and the files do.
     *
     * @param key that of the client that the files name; empty when they name none
     * @param pair what this client's tokens are about to be
     * @return nothing where the pair is not that client's
     */
    Map<String, @Nullable Object> fields(String namespace, String key, Fingerprint pair) {
        Map<String, @Nullable Object> ours = client(namespace);
        boolean other = areOthers(key, Fields.text(ours, Fields.KEY));
        return other && !SessionRecords.isNewestIn(storage.journal(namespace), pair) ? Map.of() : ours;
    }

    /** Whether our login was by another client than that one. */
    boolean isByAnother(String namespace, String key) {
        return areOthers(key, Fields.text(client(namespace), Fields.KEY));
    }

    private Map<String, @Nullable Object> client(String namespace) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        try {
            SessionFacts.in(storage.journal(namespace))
                    .filter(facts -> facts.provider().equals("agave"))
                    .ifPresent(facts -> fields.putAll(SavedSession.clientOf(facts)));
        } catch (StorageFailure e) {
            // A damaged journal is reported to whoever needs what it says.
            fields.clear();
        }
        return fields;
    }

    /** The pairs that a session has in the files. */
    Set<Fingerprint> pairs(String namespace) {
        return storage.read(namespace).values().stream()
                .map(TokenData::fingerprint)
                .collect(Collectors.toSet());
    }

    /** Ends what is known of a session, with the pairs that it had in the files. */
    void end(String namespace, Set<Fingerprint> stored) {
        new SessionRecords(storage, namespace).end(stored, clock.instant());
    }
}
