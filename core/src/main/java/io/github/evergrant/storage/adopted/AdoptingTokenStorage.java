package io.github.evergrant.storage.adopted;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.lease.Leases;
import io.github.evergrant.storage.Faults;
import io.github.evergrant.storage.Journal;
import io.github.evergrant.storage.KeptAt;
import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.storage.validation.TokenValidator;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.TokenData;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A storage of our own, joined with sessions of other storages that are known by a name here, and with one whole storage
 * besides, if there is one.
 *
 * <p>Every call goes to the storage that keeps the session, under its name there. Such a storage is opened when one of
 * its sessions is first used: that it cannot be used concerns nobody else. Names of adopted sessions come before those of
 * our own storage. Safe for many threads and processes.
 */
public final class AdoptingTokenStorage implements TokenStorage {

    private final TokenStorage own;
    private final Adoptions adoptions;
    private final StorageOptions options;
    private final Map<String, TokenStorage> opened;
    private final @Nullable Neighbour neighbour;

    private AdoptingTokenStorage(
            TokenStorage own,
            Adoptions adoptions,
            StorageOptions options,
            Map<String, TokenStorage> opened,
            @Nullable Neighbour neighbour) {
        this.own = own;
        this.adoptions = adoptions;
        this.options = options;
        this.opened = opened;
        this.neighbour = neighbour;
    }

    /**
     * Joins a storage with those of its sessions that are kept elsewhere.
     *
     * @param own is closed with this
     * @param options of the storages that are opened for adopted sessions
     */
    public static AdoptingTokenStorage over(TokenStorage own, Adoptions adoptions, StorageOptions options) {
        return new AdoptingTokenStorage(own, adoptions, options, new ConcurrentHashMap<>(), null);
    }

    /**
     * The same, joined with a whole storage, whose sessions have here the names that they have there. It is opened when it
     * is first asked; one that cannot be read has no sessions, which is warned of once.
     *
     * @param address where it is
     * @param shape tells by a name alone that a session so called would be in that storage, unless our own has one
     */
    public AdoptingTokenStorage beside(String address, Predicate<String> shape) {
        return new AdoptingTokenStorage(own, adoptions, options, opened, new Neighbour(address, shape, options));
    }

    /** The storage whose sessions are here by the names that they have there, if there is one. */
    public Optional<TokenStorage> beside() {
        return Optional.ofNullable(neighbour).map(this::opened);
    }

    private TokenStorage opened(Neighbour joined) {
        return opened.computeIfAbsent(joined.address(), address -> TokenStorages.open(address, options));
    }

    /** Whether a session of that name is, or would be, in the storage beside ours. */
    public boolean isBeside(String name) {
        return neighbour != null && neighbour.fits(name) && !isAdopted(name) && !own.holds(name);
    }

    /**
     * Sees to it that a name is not one of those that the storage beside ours gives its sessions.
     *
     * @throws InvalidInput {@code name_reserved}
     */
    public void requireUsual(String name) {
        if (isBeside(name)) {
            throw new InvalidInput(Problem.of(
                            "name_reserved",
                            "'" + name + "' has the form of the names that sessions in "
                                    + keptAt(name).address() + " have")
                    .withAdvice("choose another name")
                    .withSession(name));
        }
    }

    /** The sessions of the storage beside ours that have no other name here, and none that is taken. */
    private List<String> strangers(Collection<String> taken) {
        Neighbour joined = neighbour;
        return joined == null ? List.of() : joined.strangers(() -> opened(joined), adoptions, taken);
    }

    /** Our own storage. */
    public TokenStorage own() {
        return own;
    }

    /** Which sessions are kept elsewhere. */
    public Adoptions adoptions() {
        return adoptions;
    }

    /** Whether the session of that name is kept elsewhere. */
    public boolean isAdopted(String name) {
        return adoptions.of(name).isPresent();
    }

    /**
     * Makes a session of another storage known here.
     *
     * @return false when the name is that of another one that was adopted; then nothing is changed
     */
    public boolean adopt(String name, KeptAt place) {
        return adoptions.add(name, place);
    }

    /** Gives an adopted session another name, between two steps of others. @return false when it cannot have it */
    public boolean rename(String from, String to) {
        return inOneStep(from, () -> adoptions.rename(from, to));
    }

    /** Forgets an adopted session, which stays where it is kept. @return whether it was one */
    public boolean release(String name) {
        return adoptions.remove(name);
    }

    /** The storage that keeps a session; it is closed with this one. */
    public TokenStorage storageOf(String name) {
        return route(name).storage();
    }

    /** A storage and a session's name in it. */
    private record Route(TokenStorage storage, String namespace) {

        boolean isSame(Route other) {
            return storage.equals(other.storage) && namespace.equals(other.namespace);
        }
    }

    private Route route(String name) {
        KeptAt place = adoptions.of(name).orElse(null);
        if (place == null) {
            Neighbour joined = neighbour;
            return new Route(joined != null && isBeside(name) ? opened(joined) : own, name);
        }
        return new Route(
                opened.computeIfAbsent(place.address(), address -> TokenStorages.open(address, options)),
                place.namespace());
    }

    interface Work<T extends @Nullable Object> {
        T on(TokenStorage storage, String namespace);
    }

    /** Does something where a session is kept; a failure is about the session by its name here. */
    <T extends @Nullable Object> T at(String name, Work<T> work) {
        String namespace = keptAt(name).namespace();
        try {
            Route route = route(name);
            namespace = route.namespace();
            return work.on(route.storage(), namespace);
        } catch (StorageFailure e) {
            throw isOf(namespace, e, name) ? new StorageFailure(e.problem().withSession(name)) : e;
        } catch (InvalidInput e) {
            throw isOf(namespace, e, name) ? new InvalidInput(e.problem().withSession(name)) : e;
        }
    }

    private boolean isOf(String namespace, EvergrantException e, String name) {
        return isAdopted(name)
                && e.session().filter(session -> !session.equals(namespace)).isEmpty();
    }

    @Override
    public String address() {
        return own.address();
    }

    @Override
    public KeptAt keptAt(String namespace) {
        return adoptions
                .of(namespace)
                .orElseGet(() -> route(namespace).storage().keptAt(namespace));
    }

    @Override
    public boolean exists() {
        return own.exists()
                || !adoptions.all().isEmpty()
                || beside().filter(TokenStorage::exists).isPresent();
    }

    /** {@inheritDoc} An adopted session is named whether or not there is anything left of it. */
    @Override
    public List<String> namespaces() {
        Set<String> all = new LinkedHashSet<>(own.namespaces());
        all.addAll(adoptions.all().keySet());
        all.addAll(strangers(all));
        return new ArrayList<>(all);
    }

    @Override
    public void forEach(BiConsumer<String, Supplier<Map<String, TokenData>>> visitor) {
        Set<String> adopted = adoptions.all().keySet();
        Set<String> seen = new HashSet<>(adopted);
        own.forEach((name, stored) -> {
            if (seen.add(name)) {
                visitor.accept(name, stored);
            }
        });
        adopted.forEach(name -> visitor.accept(name, () -> read(name)));
        Neighbour joined = neighbour;
        if (joined != null) {
            joined.strangersRead(() -> opened(joined), adoptions, seen).forEach(visitor);
        }
    }

    @Override
    public boolean holds(String namespace) {
        return at(namespace, TokenStorage::holds);
    }

    /** {@inheritDoc} Whoever keeps an adopted session has ended it when nothing of it is left there. */
    @Override
    public boolean missingMeansRemoved(String namespace) {
        return at(namespace, TokenStorage::missingMeansRemoved) || (isAdopted(namespace) && !holds(namespace));
    }

    @Override
    public List<StorageFailure> faults(String namespace) {
        return at(namespace, TokenStorage::faults).stream()
                .map(fault -> new StorageFailure(fault.problem().withSession(namespace)))
                .toList();
    }

    @Override
    public void requireNamespace(String namespace) {
        at(namespace, (storage, there) -> {
            storage.requireNamespace(there);
            return null;
        });
    }

    @Override
    public boolean namesAreFixed(String namespace) {
        return at(namespace, TokenStorage::namesAreFixed);
    }

    @Override
    public boolean isRenewedByOthers(String namespace) {
        return at(namespace, TokenStorage::isRenewedByOthers);
    }

    @Override
    public Map<String, @Nullable Object> facts(String namespace) {
        return at(namespace, TokenStorage::facts);
    }

    @Override
    public Map<String, TokenData> read(String namespace) {
        return at(namespace, TokenStorage::read);
    }

    @Override
    public Optional<TokenData> read(String namespace, String resourceServer) {
        return at(namespace, (storage, there) -> storage.read(there, resourceServer));
    }

    @Override
    public boolean replace(String namespace, Map<String, Fingerprint> seen, Map<String, TokenData> next) {
        return at(namespace, (storage, there) -> storage.replace(there, seen, next));
    }

    @Override
    public boolean remove(String namespace) {
        return at(namespace, TokenStorage::remove);
    }

    @Override
    public List<String> configurationNames(String namespace) {
        return at(namespace, TokenStorage::configurationNames);
    }

    @Override
    public Optional<Map<String, @Nullable Object>> configuration(String namespace, String name) {
        return at(namespace, (storage, there) -> storage.configuration(there, name));
    }

    @Override
    public void storeConfiguration(String namespace, String name, Map<String, @Nullable Object> value) {
        at(namespace, (storage, there) -> {
            storage.storeConfiguration(there, name, value);
            return null;
        });
    }

    @Override
    public boolean removeConfiguration(String namespace, String name) {
        return at(namespace, (storage, there) -> storage.removeConfiguration(there, name));
    }

    /** {@inheritDoc} Found anew at each call: whoever keeps the journal keeps it longer than a name may last. */
    @Override
    public Journal journal(String namespace) {
        return new FoundJournal(this, namespace);
    }

    /** {@inheritDoc} Those of our own storage, and of the one beside it. */
    @Override
    public List<Journal> journals() {
        List<Journal> all = new ArrayList<>(own.journals());
        Neighbour joined = neighbour;
        if (joined != null) {
            all.addAll(joined.journals(() -> opened(joined), adoptions));
        }
        return all;
    }

    /** {@inheritDoc} Of other storages only what concerns the sessions that were adopted; all of the one beside ours. */
    @Override
    public List<StorageFailure> faults() {
        Faults faults = new Faults();
        own.faults().forEach(faults::add);
        adoptions.fault().ifPresent(faults::add);
        adoptions
                .all()
                .forEach((name, place) -> faults.of(() -> {
                    for (StorageFailure fault : reached(name).faults()) {
                        if (fault.session().orElse(place.namespace()).equals(place.namespace())) {
                            faults.add(new StorageFailure(fault.problem().withSession(name)));
                        }
                    }
                }));
        beside().ifPresent(joined -> joined.faults().forEach(faults::add));
        return faults.all();
    }

    private TokenStorage reached(String name) {
        try {
            return storageOf(name);
        } catch (InvalidInput e) {
            throw new StorageFailure(Problem.of(
                            "adopted_unreachable",
                            "session '" + name + "' is kept where nothing can be opened: " + e.getMessage())
                    .withAdvice("forget the session here")
                    .withSession(name)
                    .withCause(e));
        }
    }

    @Override
    public Leases leases() {
        return namespace -> at(namespace, (storage, there) -> storage.leases().tryTake(there));
    }

    @Override
    public Object sign(String namespace) {
        return at(namespace, TokenStorage::sign);
    }

    @Override
    public <T extends @Nullable Object> T inOneStep(String namespace, Supplier<T> step) {
        while (true) {
            Route route = route(namespace);
            // The name may have come to mean another session before the step begins; during the step it cannot.
            Optional<Done<T>> done = at(
                    namespace,
                    (storage, there) -> storage.inOneStep(
                            there,
                            () -> route(namespace).isSame(route)
                                    ? Optional.of(new Done<>(step.get()))
                                    : Optional.empty()));
            if (done.isPresent()) {
                return done.get().result();
            }
        }
    }

    /** {@inheritDoc} Those of our own storage; a session door makes them of the adopted sessions too. */
    @Override
    public TokenValidator validator() {
        return own.validator();
    }

    @Override
    public TokenStorage unvalidated() {
        TokenStorage plain = own.unvalidated();
        return plain == own ? this : new AdoptingTokenStorage(plain, adoptions, options, opened, neighbour);
    }

    private record Done<T extends @Nullable Object>(T result) {}

    /** Closes our own storage, and those that were opened besides. */
    @Override
    public void close() {
        try {
            opened.values().forEach(TokenStorage::close);
        } finally {
            own.close();
        }
    }
}
