package io.github.evergrant.storage.file;

import io.github.evergrant.lease.Leases;
import io.github.evergrant.lease.LockFile;
import io.github.evergrant.storage.Journal;
import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.TokenData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Token data in a JSON file that Python programs using globus_sdk may share: formats 1.0 and 2.0.
 *
 * <p>A file keeps its format. Format 1.0 holds the namespace {@code DEFAULT} only and no identities. Python takes no
 * lock, so a save of ours can be undone by a Python program that writes what it read earlier.
 */
public final class JsonTokenStorage implements TokenStorage {

    private final String scheme;
    private final StorePlace place;
    private final StoreFile file;
    private final LockFile lock;
    private final Configurations configurations;

    private JsonTokenStorage(String scheme, Path path, StorageOptions options, int user) {
        this.scheme = scheme;
        this.place = StorePlace.of(path);
        this.file = new StoreFile(place, scheme.equals("json1"), options, user);
        this.lock = place.lock();
        this.configurations = new Configurations(place);
    }

    /** A store at a path, where nothing need be yet; a new one gets format 2.0. */
    public static JsonTokenStorage open(Path path) {
        return open(path, StorageOptions.DEFAULT);
    }

    public static JsonTokenStorage open(Path path, StorageOptions options) {
        return new JsonTokenStorage("json", path, options, Unix.effectiveUser());
    }

    /** A store at a path; a new one gets format 1.0, for programs that use globus_sdk's first storage classes. */
    public static JsonTokenStorage openFormat1(Path path, StorageOptions options) {
        return new JsonTokenStorage("json1", path, options, Unix.effectiveUser());
    }

    static JsonTokenStorage openAs(int user, Path path) {
        return new JsonTokenStorage("json", path, StorageOptions.DEFAULT, user);
    }

    @Override
    public String address() {
        return scheme + ":" + place.given();
    }

    /** The path as it was given, made absolute. */
    public Path path() {
        return place.given();
    }

    @Override
    public boolean exists() {
        return Files.exists(place.real());
    }

    @Override
    public List<String> namespaces() {
        return file.read(new DocumentPart.Names()).namespaces();
    }

    /** {@inheritDoc} An entry that cannot be read is left out; {@link #read(String, String)} names it. */
    @Override
    public Map<String, TokenData> read(String namespace) {
        return file.read(new DocumentPart.Namespace(namespace)).read(namespace);
    }

    /** @throws io.github.evergrant.error.StorageFailure code {@code token_malformed} when the entry cannot be read */
    @Override
    public Optional<TokenData> read(String namespace, String resourceServer) {
        return file.read(new DocumentPart.Namespace(namespace)).read(namespace, resourceServer);
    }

    @Override
    public boolean replace(String namespace, Map<String, Fingerprint> seen, Map<String, TokenData> next) {
        if (seen.isEmpty() && next.isEmpty()) {
            return true;
        }
        return update(namespace, document -> document.replace(namespace, seen, next));
    }

    @Override
    public boolean remove(String namespace) {
        return exists() && update(namespace, document -> document.remove(namespace));
    }

    private boolean update(String namespace, Predicate<JsonDocument> change) {
        return lock.inMutex(namespace, () -> file.update(change));
    }

    /** Rewrites a store of format 1.0 in format 2.0, which older programs cannot read. @return whether it was 1.0 */
    public boolean upgrade() {
        return exists() && lock.inMutex(null, file::upgrade);
    }

    @Override
    @SuppressWarnings("unchecked")
    public Optional<Map<String, @Nullable Object>> configuration(String namespace, String name) {
        return configurations.read(namespace).get(name) instanceof Map<?, ?> value
                ? Optional.of((Map<String, @Nullable Object>) value)
                : Optional.empty();
    }

    @Override
    public void storeConfiguration(String namespace, String name, Map<String, @Nullable Object> value) {
        Map<String, @Nullable Object> copy = Json.copy(value);
        lock.inMutex(namespace, () -> {
            Map<String, @Nullable Object> all = configurations.read(namespace);
            all.put(name, copy);
            configurations.write(namespace, all);
            return null;
        });
    }

    @Override
    public boolean removeConfiguration(String namespace, String name) {
        if (!configurations.read(namespace).containsKey(name)) {
            return false;
        }
        return lock.inMutex(namespace, () -> {
            Map<String, @Nullable Object> all = configurations.read(namespace);
            if (!all.containsKey(name)) {
                return false;
            }
            all.remove(name);
            configurations.write(namespace, all);
            return true;
        });
    }

    @Override
    public Journal journal(String namespace) {
        return new FileJournal(place, lock, namespace);
    }

    @Override
    public Leases leases() {
        return lock;
    }

    @Override
    public Object sign(String namespace) {
        return List.of(StorePlace.sign(place.real()), new FileJournal(place, lock, namespace).sign());
    }

    @Override
    public <T extends @Nullable Object> T inOneStep(String namespace, Supplier<T> step) {
        return lock.inMutex(namespace, step);
    }

    /** Does nothing: no file is kept open but the lock, which belongs to the whole JVM. */
    @Override
    public void close() {}
}
