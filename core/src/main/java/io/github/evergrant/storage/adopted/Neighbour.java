package io.github.evergrant.storage.adopted;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.Journal;
import io.github.evergrant.storage.KeptAt;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.token.TokenData;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A whole storage beside our own, whose sessions are told from ours by the shape of their names. */
final class Neighbour {

    /** Where a journal says which session's it is. */
    private static final String WHOSE = "namespace";

    private final String address;
    private final Predicate<String> shape;
    private final Adoptions adoptions;
    private final Opened opened;
    private final AtomicBoolean warned = new AtomicBoolean();

    Neighbour(String address, Predicate<String> shape, Adoptions adoptions, Opened opened) {
        this.address = address;
        this.shape = shape;
        this.adoptions = adoptions;
        this.opened = opened;
    }

    /** That storage itself. */
    TokenStorage storage() {
        return opened.at(address);
    }

    boolean fits(String name) {
        return shape.test(name);
    }

    /**
     * Its sessions that are known by no other name, and whose own is not taken; none when it cannot be read, which is no
     * reason to keep ours back.
     */
    List<String> strangers(Collection<String> taken) {
        Predicate<String> strange = strange(taken);
        return orElse(
                List.of(), () -> storage().namespaces().stream().filter(strange).toList());
    }

    /** The same, each with a way to its token data; read once. */
    Map<String, Supplier<Map<String, TokenData>>> strangersRead(Collection<String> taken) {
        Predicate<String> strange = strange(taken);
        return orElse(Map.of(), () -> {
            Map<String, Supplier<Map<String, TokenData>>> all = new LinkedHashMap<>();
            storage().forEach((name, stored) -> {
                if (strange.test(name)) {
                    all.put(name, stored);
                }
            });
            return all;
        });
    }

    private Predicate<String> strange(Collection<String> taken) {
        Set<String> renamed = adoptions.all().values().stream()
                .filter(place -> place.address().equals(address))
                .map(KeptAt::namespace)
                .collect(Collectors.toSet());
        return name -> !renamed.contains(name) && !taken.contains(name) && fits(name);
    }

    /** The journals of its sessions that are known by no other name; none when it cannot be read. */
    List<Journal> journals() {
        Predicate<String> strange = strange(List.of());
        return orElse(
                List.of(),
                () -> storage().journals().stream()
                        .filter(journal -> isOf(journal, strange))
                        .toList());
    }

    /** One that cannot be read is among the faults, and says nothing. */
    private static boolean isOf(Journal journal, Predicate<String> which) {
        try {
            return journal.read().get(WHOSE) instanceof String name && which.test(name);
        } catch (StorageFailure e) {
            return false;
        }
    }

    private <T> T orElse(T nothing, Supplier<T> read) {
        try {
            return read.get();
        } catch (StorageFailure e) {
            if (warned.compareAndSet(false, true)) {
                opened.options()
                        .warnings()
                        .accept(e.getMessage() + " Its sessions are not known until that is mended.");
            }
            return nothing;
        }
    }
}
