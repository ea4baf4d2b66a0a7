package io.github.evergrant.storage.file;

import io.github.evergrant.storage.MalformedDocument;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.TokenData;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What two writers made of one document, record by record: what the other one changed is put beside what we changed, as
 * long as nobody stored a later value.
 *
 * <p>For one thread at a time.
 */
final class Merge {

    private final Map<Place, Change> changes;

    private Merge(Map<Place, Change> changes) {
        this.changes = changes;
    }

    private record Place(String namespace, String resourceServer) {}

    /**
     * What they did to a record.
     *
     * @param theirs empty when they removed it
     * @param earlier the values that do not count as later ones
     */
    private record Change(Optional<TokenData> theirs, Set<Optional<TokenData>> earlier) {}

    /**
     * Compares what became of a document.
     *
     * <p>Removals count only when they are all there is: what is missing beside something new was more likely not there
     * yet when they loaded.
     *
     * @param base what both began with
     * @param ours what we made of it
     * @param theirs what they made of it, or of a document before it
     * @param isKnown whether a namespace's journal names a pair: then they did not store it, but loaded it before the
     *     base was written
     */
    static Merge of(
            TokenDocument base, TokenDocument ours, TokenDocument theirs, BiPredicate<String, Fingerprint> isKnown) {
        Map<Place, TokenData> before = records(base);
        Map<Place, TokenData> own = records(ours);
        Map<Place, Change> changes = new LinkedHashMap<>();
        boolean onlyRemovals = true;
        for (Map.Entry<Place, TokenData> each : records(theirs).entrySet()) {
            Place place = each.getKey();
            TokenData data = each.getValue();
            if (!data.equals(before.get(place))) {
                onlyRemovals = false;
                if (!isKnown.test(place.namespace(), data.fingerprint())) {
                    changes.put(place, change(data, before.get(place), own.get(place)));
                }
            }
        }
        if (onlyRemovals) {
            Set<Place> left = places(theirs);
            before.forEach((place, data) -> {
                if (!left.contains(place) && data.equals(own.get(place))) {
                    changes.put(place, change(null, data, data));
                }
            });
        }
        return new Merge(changes);
    }

    private static Change change(@Nullable TokenData theirs, @Nullable TokenData before, @Nullable TokenData ours) {
        Set<Optional<TokenData>> earlier = new HashSet<>();
        earlier.add(Optional.ofNullable(before));
        earlier.add(Optional.ofNullable(ours));
        return new Change(Optional.ofNullable(theirs), earlier);
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    /**
     * Puts into a document what it lacks; what was stored later is left, for good.
     *
     * @param byOthers whether another program has written this document: what it has, that program had loaded, and will
     *     not undo by what it loaded earlier
     * @return whether it lacked anything
     */
    boolean into(TokenDocument current, boolean byOthers) {
        Map<Place, TokenData> now = records(current);
        boolean any = false;
        for (Map.Entry<Place, Change> each : List.copyOf(changes.entrySet())) {
            Place place = each.getKey();
            Change change = each.getValue();
            Optional<TokenData> there = Optional.ofNullable(now.get(place));
            if (there.equals(change.theirs())) {
                if (byOthers) {
                    changes.remove(place);
                }
            } else if (change.earlier().contains(there) && put(current, place, change.theirs())) {
                any = true;
            } else {
                changes.remove(place);
            }
        }
        return any;
    }

    /** Says that the removals were done: a record that comes back after that was stored by somebody. */
    void forgetRemovals() {
        changes.values().removeIf(change -> change.theirs().isEmpty());
    }

    private static boolean put(TokenDocument current, Place place, Optional<TokenData> theirs) {
        try {
            if (theirs.isPresent()) {
                current.put(place.namespace(), place.resourceServer(), theirs.get());
            } else {
                current.remove(place.namespace(), place.resourceServer());
            }
            return true;
        } catch (MalformedDocument e) {
            // Something else stands in the place of the namespace, and that is not ours to replace.
            return false;
        }
    }

    private static Set<Place> places(TokenDocument document) {
        Set<Place> all = new LinkedHashSet<>();
        for (String namespace : document.namespaces()) {
            try {
                document.resourceServers(namespace).forEach(name -> all.add(new Place(namespace, name)));
            } catch (MalformedDocument e) {
                // It holds nothing that could be compared.
            }
        }
        return all;
    }

    private static Map<Place, TokenData> records(TokenDocument document) {
        Map<Place, TokenData> all = new LinkedHashMap<>();
        for (Place place : places(document)) {
            try {
                all.put(place, document.read(place.namespace(), place.resourceServer()));
            } catch (MalformedDocument e) {
                // One that cannot be read counts as absent, as for a replacement.
            }
        }
        return all;
    }
}
