package io.github.evergrant.storage;

import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.TokenData;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change of one namespace that counts only while its records are what was seen: what {@link TokenStorage#replace} asks
 * for, as every storage has to judge it.
 *
 * <p>The two maps are not copied and not changed.
 *
 * @param seen the fingerprint of each record that was seen, by resource server
 * @param next the records that are to be, by resource server
 */
public record Replacement(Map<String, Fingerprint> seen, Map<String, TokenData> next) {

    public Replacement {
        Objects.requireNonNull(seen, "seen");
        Objects.requireNonNull(next, "next");
    }

    /** Whether it names no record: then it succeeds and changes nothing. */
    public boolean isEmpty() {
        return seen.isEmpty() && next.isEmpty();
    }

    /** The resource servers whose records it names; no other record need be looked at. */
    public Set<String> named() {
        Set<String> all = new LinkedHashSet<>(seen.keySet());
        all.addAll(next.keySet());
        return all;
    }

    /** The resource servers whose records go and have no successor. */
    public Set<String> removed() {
        Set<String> gone = new LinkedHashSet<>(seen.keySet());
        gone.removeAll(next.keySet());
        return gone;
    }

    /**
     * Whether what is stored is still what was seen.
     *
     * @param stored the records by resource server; one that cannot be read cannot have been seen, so it is left out
     */
    public boolean fits(Map<String, TokenData> stored) {
        for (String resourceServer : named()) {
            TokenData there = stored.get(resourceServer);
            Fingerprint found = there == null ? null : there.fingerprint();
            if (!Objects.equals(found, seen.get(resourceServer))) {
                return false;
            }
        }
        return true;
    }

    /** The records that are to be, each with the fields of its predecessor that it does not know itself. */
    public Map<String, TokenData> successors(Map<String, TokenData> stored) {
        Map<String, TokenData> all = new LinkedHashMap<>();
        next.forEach((resourceServer, data) -> {
            TokenData former = stored.get(resourceServer);
            all.put(resourceServer, former == null ? data : data.withExtra(merged(former.extra(), data.extra())));
        });
        return all;
    }

    /** All records of the namespace after the change: those that stay keep their place, new ones come last. */
    public Map<String, TokenData> appliedTo(Map<String, TokenData> stored) {
        Map<String, TokenData> all = new LinkedHashMap<>(stored);
        all.keySet().removeAll(removed());
        all.putAll(successors(stored));
        return all;
    }

    private static Map<String, @Nullable Object> merged(
            Map<String, @Nullable Object> former, Map<String, @Nullable Object> next) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(former);
        all.putAll(next);
        return all;
    }
}
