package io.github.evergrant.providers.globus.consent;

import io.github.evergrant.providers.globus.scope.GlobusScope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The consents of one person as trees: below each hang those that were given for its sake.
 *
 * <p>A consent that does not hold counts for nothing, and with it all that hangs below it; so does one whose parent is
 * missing. Immutable and safe for many threads.
 */
public final class ConsentForest {

    private final List<Consent> roots = new ArrayList<>();
    private final Map<Long, List<Consent>> below = new HashMap<>();

    private ConsentForest() {}

    public static ConsentForest of(Collection<Consent> consents) {
        ConsentForest forest = new ConsentForest();
        for (Consent consent : consents) {
            if (consent.holds()) {
                consent.parent()
                        .map(parent -> forest.below.computeIfAbsent(parent, key -> new ArrayList<>()))
                        .orElse(forest.roots)
                        .add(consent);
            }
        }
        return forest;
    }

    /** Whether a person allowed all of these, with what they depend on. */
    public boolean satisfies(Collection<GlobusScope> scopes) {
        return scopes.stream().allMatch(this::satisfies);
    }

    /** Whether a person allowed this, with what it depends on; what is only optional may be missing. */
    public boolean satisfies(GlobusScope scope) {
        return isAmong(roots, scope);
    }

    private boolean isAmong(List<Consent> consents, GlobusScope scope) {
        return consents.stream()
                .filter(consent -> consent.scopeName().equals(scope.name()))
                .anyMatch(consent -> {
                    List<Consent> given = below.getOrDefault(consent.id(), List.of());
                    return scope.dependencies().stream()
                            .filter(needed -> !needed.optional())
                            .allMatch(needed -> isAmong(given, needed));
                });
    }
}
