package io.github.evergrant.sandbox.token;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Things that can be fetched once, by an unguessable key, for ten minutes. Safe for all threads. */
public final class OneTime<V> {

    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final int FULL = 10_000;

    private final String prefix;
    private final Randomness random;
    private final InstantSource clock;
    private final Map<String, Entry<V>> entries = new ConcurrentHashMap<>();

    public OneTime(String prefix, Randomness random, InstantSource clock) {
        this.prefix = prefix;
        this.random = random;
        this.clock = clock;
    }

    /** Keeps the value and answers its key. When ten thousand are waiting, some of them are forgotten. */
    public String put(V value) {
        Instant now = clock.instant();
        if (entries.size() >= FULL) {
            entries.values().removeIf(entry -> !now.isBefore(entry.until()));
            entries.keySet().stream()
                    .limit(Math.max(0, entries.size() - FULL + 1))
                    .forEach(entries::remove);
        }
        String key = random.opaque(prefix);
        entries.put(key, new Entry<>(value, now.plus(LIFETIME)));
        return key;
    }

    /** The value of that key, which stays. */
    public Optional<V> peek(String key) {
        return good(Optional.ofNullable(entries.get(key)));
    }

    /** The value of that key, which is forgotten: of many callers one gets it. */
    public Optional<V> take(String key) {
        return good(Optional.ofNullable(entries.remove(key)));
    }

    /** Forgets everything. */
    public void clear() {
        entries.clear();
    }

    private Optional<V> good(Optional<Entry<V>> entry) {
        return entry.filter(e -> clock.instant().isBefore(e.until())).map(Entry::value);
    }

    private record Entry<V>(V value, Instant until) {}
}
