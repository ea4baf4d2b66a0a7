package io.github.evergrant.storage;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.lease.Leases;
import io.github.evergrant.storage.validation.TokenValidator;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.TokenData;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers token data and configuration by namespace.
 *
 * <p>To write one: for a file of whatever format, extend {@link io.github.evergrant.storage.file.FileTokenStorage}, which leaves
 * only the format to do; for another medium implement this, with {@link Replacement} for what {@link #replace} has to
 * judge. Its address is found through a {@link TokenStorageProvider}. Its test extends {@code TokenStorageContract}, in
 * the {@code test-jar} of this module: what that suite asks is what a storage is. The page is {@code docs/own-storage.md}.
 *
 * <p>A namespace holds one session. Safe for many threads and many processes at once, unless an implementation's
 * Javadoc says otherwise. Names are any text; one that a medium cannot keep is refused with {@link
 * io.github.evergrant.error.InvalidInput}, see {@link Names}. Reads take no lock and see a whole former or a whole
 * newer state, never a mixture. Every method throws {@link io.github.evergrant.error.StorageFailure} when the medium
 * cannot be read, written or trusted; then what it holds is untouched.
 */
public interface TokenStorage extends AutoCloseable {

    /** Where this is, as {@code EVERGRANT_STORE} names it: {@code json:/home/ada/tokens.json}. */
    String address();

    /** Whether something has been stored here before; a storage that does not exist reads as empty. */
    boolean exists();

    /** The namespaces that hold token data, in a stable order. */
    List<String> namespaces();

    /** Whether a namespace holds anything in the place of token data, readable or not. */
    default boolean holds(String namespace) {
        return namespaces().contains(namespace);
    }

    /** Where a namespace really is: in another storage, perhaps, when this one joins several. Nothing need be there. */
    default KeptAt keptAt(String namespace) {
        return new KeptAt(address(), namespace);
    }

    /**
     * Asks whether token data can be stored in a namespace, before anything is written that counts on it.
     *
     * @throws io.github.evergrant.error.InvalidInput when the medium cannot keep a namespace of that name, or knows its
     *     session by another one
     */
    default void requireNamespace(String namespace) {
        Names.require(namespace);
    }

    /**
     * Whether the medium settles what a namespace is called, by what it holds: then its session cannot be renamed. Most
     * take any name.
     */
    default boolean namesAreFixed(String namespace) {
        return false;
    }

    /**
     * Whether other programs use and renew what is stored of a namespace, and no journal keeps them from it: then what has
     * gone elsewhere must not stay. Most media are read by such programs now and then, if at all.
     */
    default boolean isRenewedByOthers(String namespace) {
        return false;
    }

    /**
     * Where a namespace's token data came from, as the format itself says it: what {@code Origin.noted} of the session room
     * makes of that. Empty where the format says nothing of it, as most do.
     */
    default Map<String, @Nullable Object> facts(String namespace) {
        return Map.of();
    }

    /** All token data of a namespace by resource server, in stored order; empty when there is none. */
    Map<String, TokenData> read(String namespace);

    /** One resource server's token data. */
    default Optional<TokenData> read(String namespace, String resourceServer) {
        return Optional.ofNullable(read(namespace).get(resourceServer));
    }

    /**
     * Whether a record that was stored and is missing was removed on purpose, by whichever program. Not so where a program
     * may write back as a whole what it had read before the record came: there a save may have been undone, and whoever
     * saved it is to do it again.
     */
    default boolean missingMeansRemoved(String namespace) {
        return false;
    }

    /** What cannot be read of a namespace's token data, each as the failure that it is to whoever asks for it. */
    default List<StorageFailure> faults(String namespace) {
        return new Faults().of(() -> read(namespace)).all();
    }

    /**
     * Hands out each namespace, in the order of {@link #namespaces}, with a way to its token data, which gives or throws
     * what {@link #read(String)} does. For whoever wants all: a storage that can be read only as a whole is read once.
     */
    default void forEach(BiConsumer<String, Supplier<Map<String, TokenData>>> visitor) {
        for (String namespace : namespaces()) {
            visitor.accept(namespace, () -> read(namespace));
        }
    }

    /**
     * Replaces what was seen, all or nothing.
     *
     * <p>The records concerned are exactly those named in either map. Each must still be what was seen: one named in
     * {@code seen} must be stored with that fingerprint, one named only in {@code next} must be absent. Then each takes
     * its value in {@code next}; one named only in {@code seen} is removed. Records not named are not looked at and
     * survive as they are. Fields of a stored record that the new one does not know ({@link TokenData#extra()}) are
     * kept. When it returns true the change is durable.
     *
     * @return false when a record had moved; then nothing was changed
     */
    boolean replace(String namespace, Map<String, Fingerprint> seen, Map<String, TokenData> next);

    /** Removes all token data of a namespace. @return whether there was any */
    boolean remove(String namespace);

    /** The names of a namespace's configuration objects, in a stable order; none when there are none. */
    List<String> configurationNames(String namespace);

    /** A named configuration object of a namespace, as JSON values, if it was stored. */
    Optional<Map<String, @Nullable Object>> configuration(String namespace, String name);

    /**
     * Stores a named configuration object, in the place of a former one.
     *
     * @throws io.github.evergrant.error.InvalidInput {@code value_unusable} when it could not be read again: nested too
     *     deep, a number of too many digits
     */
    void storeConfiguration(String namespace, String name, Map<String, @Nullable Object> value);

    /** Removes a named configuration object. @return whether there was one */
    boolean removeConfiguration(String namespace, String name);

    /** The private journal of a namespace. */
    Journal journal(String namespace);

    /** All journals there are, also of namespaces that hold nothing, in a stable order. */
    List<Journal> journals();

    /**
     * What is wrong with what is kept here, each as the failure that it would be to whoever used it. Looks at everything,
     * changes nothing and waits for nobody.
     */
    default List<StorageFailure> faults() {
        Faults faults = new Faults();
        faults.of(() -> {
            for (String namespace : namespaces()) {
                faults.of(() -> read(namespace));
                faults.of(() -> configurationNames(namespace).forEach(name -> configuration(namespace, name)));
            }
        });
        return faults.of(() -> journals().forEach(journal -> faults.of(journal::read)))
                .all();
    }

    /** The leases of the sessions kept here. */
    Leases leases();

    /**
     * A cheap sign of the state of a namespace and its journal: while two of them are equal, nothing has changed, most
     * likely. For whoever waits for a change.
     */
    default Object sign(String namespace) {
        return new Object();
    }

    /**
     * Runs something as one step: no other thread or process changes the namespace or its journal meanwhile.
     *
     * <p>The same thread may nest it. Never hold it across a network exchange. Waits for others, five seconds at most.
     *
     * @throws io.github.evergrant.error.StorageFailure when others hold it too long
     */
    <T extends @Nullable Object> T inOneStep(String namespace, Supplier<T> step);

    /** What is demanded of token data on its way in and out; nothing, but of a storage that was made for it. */
    default TokenValidator validator() {
        return TokenValidator.NONE;
    }

    /**
     * The same storage without the demands of its {@link #validator}: for whoever renews, mends or ends what they would
     * hold back.
     */
    default TokenStorage unvalidated() {
        return this;
    }

    @Override
    void close();
}
