package io.github.evergrant.storage.adopted;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.KeptAt;
import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.TokenStorage;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which storage keeps a session, and under which name: where it was adopted from, the whole storage beside ours, or our
 * own.
 */
final class Routes {

    private final TokenStorage own;
    private final Adoptions adoptions;
    private final Opened opened;
    private final @Nullable Neighbour neighbour;

    private Routes(TokenStorage own, Adoptions adoptions, Opened opened, @Nullable Neighbour neighbour) {
        this.own = own;
        this.adoptions = adoptions;
        this.opened = opened;
        this.neighbour = neighbour;
    }

    Routes(TokenStorage own, Adoptions adoptions, StorageOptions options) {
        this(own, adoptions, new Opened(options), null);
    }

    /** The same with another storage as our own. */
    Routes withOwn(TokenStorage other) {
        return new Routes(other, adoptions, opened, neighbour);
    }

    /** The same with a whole storage beside ours. */
    Routes withNeighbour(String address, Predicate<String> shape) {
        return new Routes(own, adoptions, opened, new Neighbour(address, shape, adoptions, opened));
    }

    TokenStorage own() {
        return own;
    }

    Adoptions adoptions() {
        return adoptions;
    }

    Optional<Neighbour> neighbour() {
        return Optional.ofNullable(neighbour);
    }

    boolean isAdopted(String name) {
        return adoptions.of(name).isPresent();
    }

    boolean isBeside(String name) {
        return besideUnlessOurs(name).isPresent() && !isAdopted(name);
    }

    KeptAt keptAt(String name) {
        return adoptions.of(name).orElseGet(() -> unadopted(name).keptAt(name));
    }

    /** A storage and a session's name in it. */
    private record Route(TokenStorage storage, String namespace) {

        boolean leadsTo(TokenStorage place, String there) {
            return storage.equals(place) && namespace.equals(there);
        }
    }

    private Route route(String name) {
        return adoptions
                .of(name)
                .map(place -> new Route(opened.at(place.address()), place.namespace()))
                .orElseGet(() -> new Route(unadopted(name), name));
    }

    /** The storage that keeps a session. */
    TokenStorage storageOf(String name) {
        return route(name).storage();
    }

    private TokenStorage unadopted(String name) {
        return besideUnlessOurs(name).map(Neighbour::storage).orElse(own);
    }

    private Optional<Neighbour> besideUnlessOurs(String name) {
        return neighbour().filter(beside -> beside.fits(name) && !own.holds(name));
    }

    interface Work<T extends @Nullable Object> {
        T on(TokenStorage storage, String namespace);
    }

    /** Does something where a session is kept; a failure is about the session by its name here. */
    <T extends @Nullable Object> T at(String name, Work<T> work) {
        KeptAt place = adoptions.of(name).orElse(null);
        if (place == null) {
            return work.on(unadopted(name), name);
        }
        try {
            return work.on(opened.at(place.address()), place.namespace());
        } catch (StorageFailure e) {
            throw isOf(place, e) ? new StorageFailure(e.problem().withSession(name)) : e;
        } catch (InvalidInput e) {
            throw isOf(place, e) ? new InvalidInput(e.problem().withSession(name)) : e;
        }
    }

    /** Whether a failure in the storage of an adopted session is that session's, or says of none. */
    static boolean isOf(KeptAt place, EvergrantException e) {
        return e.session().orElse(place.namespace()).equals(place.namespace());
    }

    /** The same, for what has no result. */
    void runAt(String name, BiConsumer<TokenStorage, String> work) {
        at(name, (storage, there) -> {
            work.accept(storage, there);
            return null;
        });
    }

    private record Done<T extends @Nullable Object>(T result) {}

    /** Takes a step where a session is kept; the name keeps its meaning meanwhile. */
    <T extends @Nullable Object> T inOneStep(String name, Supplier<T> step) {
        while (true) {
            // The name may have come to mean another session before the step begins; during the step it cannot.
            Optional<Done<T>> done = at(
                    name,
                    (storage, there) -> storage.inOneStep(
                            there,
                            () -> route(name).leadsTo(storage, there)
                                    ? Optional.of(new Done<>(step.get()))
                                    : Optional.empty()));
            if (done.isPresent()) {
                return done.get().result();
            }
        }
    }

    /** Closes our own storage, and those that were opened besides. */
    void close() {
        try {
            opened.close();
        } finally {
            own.close();
        }
    }
}
