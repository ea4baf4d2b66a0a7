package io.github.evergrant.storage.adopted;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.KeptAt;
import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.TokenStorage;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A whole storage beside our own, whose sessions are told from ours by the shape of their names. */
final class Neighbour {

    private final String address;
    private final Predicate<String> shape;
    private final StorageOptions options;
    private final AtomicBoolean warned = new AtomicBoolean();

    Neighbour(String address, Predicate<String> shape, StorageOptions options) {
        this.address = address;
        this.shape = shape;
        this.options = options;
    }

    String address() {
        return address;
    }

    boolean fits(String name) {
        return shape.test(name);
    }

    /**
     * Its sessions that are known by no other name, and whose own is not taken; none when it cannot be read, which is no
     * reason to keep ours back.
     */
    List<String> strangers(Supplier<TokenStorage> storage, Adoptions adoptions, Collection<String> taken) {
        Set<String> renamed = adoptions.all().values().stream()
                .filter(place -> place.address().equals(address))
                .map(KeptAt::namespace)
                .collect(Collectors.toSet());
        try {
            return storage.get().namespaces().stream()
                    .filter(name -> !renamed.contains(name) && !taken.contains(name) && fits(name))
                    .toList();
        } catch (StorageFailure e) {
            if (warned.compareAndSet(false, true)) {
                options.warnings().accept(e.getMessage() + " Its sessions are not known until that is mended.");
            }
            return List.of();
        }
    }
}
