package io.github.evergrant.storage.adopted;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.lease.Leases;
import io.github.evergrant.storage.Journal;
import io.github.evergrant.storage.KeptAt;
import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.validation.TokenValidator;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.TokenData;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final Routes routes;
    private final Everywhere everywhere;

    private AdoptingTokenStorage(Routes routes) {
        this.routes = routes;
        this.everywhere = new Everywhere(routes);
    }

    /**
     * Joins a storage with those of its sessions that are kept elsewhere.
     *
     * @param own is closed with this
     * @param options of the storages that are opened for adopted sessions
     */
    public static AdoptingTokenStorage over(TokenStorage own, Adoptions adoptions, StorageOptions options) {
        return new AdoptingTokenStorage(new Routes(own, adoptions, options));
    }

    /**
     * The same, joined with a whole storage, whose sessions have here the names that they have there. It is opened when it
     * is first asked; one that cannot be read has no sessions, which is warned of once.
     *
     * @param address where it is
     * @param shape tells by a name alone that a session so called would be in that storage, unless our own has one
     */
    public AdoptingTokenStorage beside(String address, Predicate<String> shape) {
        return new AdoptingTokenStorage(routes.withNeighbour(address, shape));
    }

    /** The storage whose sessions are here by the names that they have there, if there is one. */
    public Optional<TokenStorage> beside() {
        return routes.neighbour().map(Neighbour::storage);
    }

    /** Whether a session of that name is, or would be, in the storage beside ours. */
    public boolean isBeside(String name) {
        return routes.isBeside(name);
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

    /** Our own storage. */
    public TokenStorage own() {
        return routes.own();
    }

    /** Which sessions are kept elsewhere. */
    public Adoptions adoptions() {
        return routes.adoptions();
    }

    /** Whether the session of that name is kept elsewhere. */
    public boolean isAdopted(String name) {
        return routes.isAdopted(name);
    }

    /**
     * Makes a session of another storage known here.
     *
     * @return false when the name is that of another one that was adopted; then nothing is changed
     */
    public boolean adopt(String name, KeptAt place) {
        return adoptions().add(name, place);
    }

    /** Gives an adopted session another name, between two steps of others. @return false when it cannot have it */
    public boolean rename(String from, String to) {
        return inOneStep(from, () -> adoptions().rename(from, to));
    }

    /** Forgets an adopted session, which stays where it is kept. @return whether it was one */
    public boolean release(String name) {
        return adoptions().remove(name);
    }

    /** The storage that keeps a session; it is closed with this one. */
    public TokenStorage storageOf(String name) {
        return routes.storageOf(name);
    }

    @Override
    public String address() {
        return own().address();
    }

    @Override
    public KeptAt keptAt(String namespace) {
        return routes.keptAt(namespace);
    }

    @Override
    public boolean exists() {
        return everywhere.exists();
    }

    /** {@inheritDoc} An adopted session is named whether or not there is anything left of it. */
    @Override
    public List<String> namespaces() {
        return everywhere.namespaces();
    }

    @Override
    public void forEach(BiConsumer<String, Supplier<Map<String, TokenData>>> visitor) {
        everywhere.forEach(visitor);
    }

    @Override
    public boolean holds(String namespace) {
        return routes.at(namespace, TokenStorage::holds);
    }

    /** {@inheritDoc} Whoever keeps an adopted session has ended it when nothing of it is left there. */
    @Override
    public boolean missingMeansRemoved(String namespace) {
        return routes.at(namespace, TokenStorage::missingMeansRemoved) || (isAdopted(namespace) && !holds(namespace));
    }

    @Override
    public List<StorageFailure> faults(String namespace) {
        return routes.at(namespace, TokenStorage::faults).stream()
                .map(fault -> new StorageFailure(fault.problem().withSession(namespace)))
                .toList();
    }

    @Override
    public void requireNamespace(String namespace) {
        routes.runAt(namespace, (storage, there) -> storage.requireNamespace(there));
    }

    @Override
    public boolean namesAreFixed(String namespace) {
        return routes.at(namespace, TokenStorage::namesAreFixed);
    }

    @Override
    public boolean isRenewedByOthers(String namespace) {
        return routes.at(namespace, TokenStorage::isRenewedByOthers);
    }

    @Override
    public Map<String, @Nullable Object> facts(String namespace) {
        return routes.at(namespace, TokenStorage::facts);
    }

    @Override
    public Map<String, TokenData> read(String namespace) {
        return routes.at(namespace, TokenStorage::read);
    }

    @Override
    public Optional<TokenData> read(String namespace, String resourceServer) {
        return routes.at(namespace, (storage, there) -> storage.read(there, resourceServer));
    }

    @Override
    public boolean replace(String namespace, Map<String, Fingerprint> seen, Map<String, TokenData> next) {
        return routes.at(namespace, (storage, there) -> storage.replace(there, seen, next));
    }

    @Override
    public boolean remove(String namespace) {
        return routes.at(namespace, TokenStorage::remove);
    }

    @Override
    public List<String> configurationNames(String namespace) {
        return routes.at(namespace, TokenStorage::configurationNames);
    }

    @Override
    public Optional<Map<String, @Nullable Object>> configuration(String namespace, String name) {
        return routes.at(namespace, (storage, there) -> storage.configuration(there, name));
    }

    @Override
    public void storeConfiguration(String namespace, String name, Map<String, @Nullable Object> value) {
        routes.runAt(namespace, (storage, there) -> storage.storeConfiguration(there, name, value));
    }

    @Override
    public boolean removeConfiguration(String namespace, String name) {
        return routes.at(namespace, (storage, there) -> storage.removeConfiguration(there, name));
    }

    /** {@inheritDoc} Found anew at each call: whoever keeps the journal keeps it longer than a name may last. */
    @Override
    public Journal journal(String namespace) {
        return new FoundJournal(routes, namespace);
    }

    /** {@inheritDoc} Those of our own storage, and of the one beside it. */
    @Override
    public List<Journal> journals() {
        return everywhere.journals();
    }

    /** {@inheritDoc} Of other storages only what concerns the sessions that were adopted; all of the one beside ours. */
    @Override
    public List<StorageFailure> faults() {
        return everywhere.faults();
    }

    @Override
    public Leases leases() {
        return namespace ->
                routes.at(namespace, (storage, there) -> storage.leases().tryTake(there));
    }

    @Override
    public Object sign(String namespace) {
        return routes.at(namespace, TokenStorage::sign);
    }

    @Override
    public <T extends @Nullable Object> T inOneStep(String namespace, Supplier<T> step) {
        return routes.inOneStep(namespace, step);
    }

    /** {@inheritDoc} Those of our own storage; a session door makes them of the adopted sessions too. */
    @Override
    public TokenValidator validator() {
        return own().validator();
    }

    @Override
    public TokenStorage unvalidated() {
        TokenStorage plain = own().unvalidated();
        return plain == own() ? this : new AdoptingTokenStorage(routes.withOwn(plain));
    }

    /** Closes our own storage, and those that were opened besides. */
    @Override
    public void close() {
        routes.close();
    }
}
