package io.github.evergrant.storage.memory;

import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.lease.Leases;
import io.github.evergrant.storage.Journal;
import io.github.evergrant.storage.Replacement;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.storage.json.JsonValues;
import io.github.evergrant.storage.json.TokenObject;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.TokenData;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Token data in this JVM's memory, with the journals and leases of a storage that lasts. */
public final class MemoryTokenStorage implements TokenStorage {

    private static final ConcurrentMap<String, MemoryTokenStorage> NAMED = new ConcurrentHashMap<>();
    private static final long PATIENCE_SECONDS = 5;

    private final String address;
    private final ReentrantLock mutex = new ReentrantLock();
    private final ConcurrentMap<String, Object> leases = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Map<String, @Nullable Object>> journals = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Map<String, @Nullable Object>> configurations = new ConcurrentHashMap<>();

    /** By namespace, then resource server; replaced as a whole and never changed, so that readers need no lock. */
    private volatile Map<String, Map<String, TokenData>> tokens = Map.of();

    private volatile boolean used;

    private MemoryTokenStorage(String address) {
        this.address = address;
    }

    /** A storage of one's own. */
    public static MemoryTokenStorage create() {
        return new MemoryTokenStorage("memory:");
    }

    /** The storage that everybody in this JVM gets under this name. */
    public static MemoryTokenStorage named(String name) {
        return NAMED.computeIfAbsent(name, key -> new MemoryTokenStorage("memory:" + key));
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public boolean exists() {
        return used;
    }

    @Override
    public List<String> namespaces() {
        return List.copyOf(tokens.keySet());
    }

    @Override
    public Map<String, TokenData> read(String namespace) {
        return tokens.getOrDefault(namespace, Map.of());
    }

    /** {@inheritDoc} Everybody here changes single records. */
    @Override
    public boolean missingMeansRemoved(String namespace) {
        return true;
    }

    @Override
    public boolean replace(String namespace, Map<String, Fingerprint> seen, Map<String, TokenData> next) {
        Replacement change = new Replacement(seen, ours(next));
        return inOneStep(namespace, () -> {
            Map<String, TokenData> stored = read(namespace);
            boolean fits = change.fits(stored);
            if (fits) {
                put(namespace, change.appliedTo(stored));
            }
            return fits;
        });
    }

    /** Copies that share nothing that a caller can change. */
    private static Map<String, TokenData> ours(Map<String, TokenData> records) {
        Map<String, TokenData> all = new LinkedHashMap<>();
        records.forEach((resourceServer, data) -> all.put(
                resourceServer,
                data.extra().isEmpty() ? data : data.withExtra(Json.copy(TokenObject.readable(data.extra())))));
        return all;
    }

    private void put(String namespace, Map<String, TokenData> entries) {
        Map<String, Map<String, TokenData>> all = new LinkedHashMap<>(tokens);
        if (entries.isEmpty()) {
            all.remove(namespace);
        } else {
            all.put(namespace, Collections.unmodifiableMap(entries));
            used = true;
        }
        tokens = Collections.unmodifiableMap(all);
    }

    @Override
    public boolean remove(String namespace) {
        return inOneStep(namespace, () -> {
            boolean any = !read(namespace).isEmpty();
            put(namespace, Map.of());
            return any;
        });
    }

    @Override
    public List<String> configurationNames(String namespace) {
        return List.copyOf(configurations.getOrDefault(namespace, Map.of()).keySet());
    }

    @Override
    @SuppressWarnings("unchecked")
    public Optional<Map<String, @Nullable Object>> configuration(String namespace, String name) {
        Map<String, @Nullable Object> all = configurations.get(namespace);
        return all != null && all.get(name) instanceof Map<?, ?> value
                ? Optional.of(Json.copy((Map<String, @Nullable Object>) value))
                : Optional.empty();
    }

    @Override
    public void storeConfiguration(String namespace, String name, Map<String, @Nullable Object> value) {
        Map<String, @Nullable Object> copy = JsonValues.requireStorable(name, value);
        inOneStep(namespace, () -> {
            Map<String, @Nullable Object> all = new LinkedHashMap<>(configurations.getOrDefault(namespace, Map.of()));
            all.put(name, copy);
            return configurations.put(namespace, all);
        });
    }

    @Override
    public boolean removeConfiguration(String namespace, String name) {
        return inOneStep(namespace, () -> {
            Map<String, @Nullable Object> all = new LinkedHashMap<>(configurations.getOrDefault(namespace, Map.of()));
            boolean found = all.containsKey(name);
            all.remove(name);
            configurations.put(namespace, all);
            return found;
        });
    }

    @Override
    public Journal journal(String namespace) {
        return new Journal() {
            @Override
            public Map<String, @Nullable Object> read() {
                return Json.copy(journals.getOrDefault(namespace, Map.of()));
            }

            @Override
            public void write(Map<String, @Nullable Object> state) {
                Map<String, @Nullable Object> copy = Json.copy(state);
                inOneStep(namespace, () -> journals.put(namespace, copy));
            }

            @Override
            public boolean mayBeLast() {
                return journals.containsKey(namespace);
            }

            @Override
            public void delete() {
                inOneStep(namespace, () -> journals.remove(namespace));
            }
        };
    }

    @Override
    public List<Journal> journals() {
        return journals.keySet().stream().sorted().map(this::journal).toList();
    }

    @Override
    public Leases leases() {
        return namespace -> {
            Object mine = new Object();
            if (leases.putIfAbsent(namespace, mine) != null) {
                return Optional.empty();
            }
            return Optional.of(() -> leases.remove(namespace, mine));
        };
    }

    @Override
    public <T extends @Nullable Object> T inOneStep(String namespace, Supplier<T> step) {
        boolean interrupted = false;
        boolean taken = false;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            while (!taken) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw new StorageFailure(Problem.of(
                                    "store_locked",
                                    "For " + PATIENCE_SECONDS + " s another thread has held " + address + ".")
                            .withSession(namespace));
                }
                try {
                    taken = mutex.tryLock(left, TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return step.get();
        } finally {
            if (taken) {
                mutex.unlock();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Does nothing: what is held lasts as long as somebody holds the storage. */
    @Override
    public void close() {}
}
