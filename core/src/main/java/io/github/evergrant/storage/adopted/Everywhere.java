package io.github.evergrant.storage.adopted;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.Faults;
import io.github.evergrant.storage.Journal;
import io.github.evergrant.storage.KeptAt;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.token.TokenData;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** What there is in all the places where sessions are kept, each session once and by its name here. */
final class Everywhere {

    private final Routes routes;

    Everywhere(Routes routes) {
        this.routes = routes;
    }

    boolean exists() {
        return routes.own().exists()
                || !routes.adoptions().all().isEmpty()
                || routes.neighbour()
                        .filter(beside -> beside.storage().exists())
                        .isPresent();
    }

    List<String> namespaces() {
        Set<String> all = new LinkedHashSet<>(routes.own().namespaces());
        all.addAll(routes.adoptions().all().keySet());
        routes.neighbour().ifPresent(beside -> all.addAll(beside.strangers(all)));
        return new ArrayList<>(all);
    }

    void forEach(BiConsumer<String, Supplier<Map<String, TokenData>>> visitor) {
        Set<String> adopted = routes.adoptions().all().keySet();
        Set<String> seen = new HashSet<>(adopted);
        routes.own().forEach((name, stored) -> {
            if (seen.add(name)) {
                visitor.accept(name, stored);
            }
        });
        adopted.forEach(name -> visitor.accept(name, () -> routes.at(name, TokenStorage::read)));
        routes.neighbour().ifPresent(beside -> beside.strangersRead(seen).forEach(visitor));
    }

    List<Journal> journals() {
        List<Journal> all = new ArrayList<>(routes.own().journals());
        routes.neighbour().ifPresent(beside -> all.addAll(beside.journals()));
        return all;
    }

    List<StorageFailure> faults() {
        Faults faults = new Faults();
        routes.own().faults().forEach(faults::add);
        routes.adoptions().fault().ifPresent(faults::add);
        routes.adoptions().all().forEach((name, place) -> faults.of(() -> add(faults, name, place)));
        routes.neighbour().ifPresent(beside -> beside.storage().faults().forEach(faults::add));
        return faults.all();
    }

    private void add(Faults faults, String name, KeptAt place) {
        for (StorageFailure fault : reached(name).faults()) {
            if (Routes.isOf(place, fault)) {
                faults.add(new StorageFailure(fault.problem().withSession(name)));
            }
        }
    }

    private TokenStorage reached(String name) {
        try {
            return routes.storageOf(name);
        } catch (InvalidInput e) {
            throw new StorageFailure(Problem.of(
                            "adopted_unreachable",
                            "session '" + name + "' is kept where nothing can be opened: " + e.getMessage())
                    .withAdvice("forget the session here")
                    .withSession(name)
                    .withCause(e));
        }
    }
}
