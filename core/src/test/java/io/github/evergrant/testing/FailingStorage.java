package io.github.evergrant.testing;

import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.lease.Leases;
import io.github.evergrant.storage.Journal;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.TokenData;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A storage on a medium that fails when it is told to: writes of records or journals then change nothing and are
 * reported. Safe for many threads.
 */
public final class FailingStorage implements TokenStorage {

    private final TokenStorage real;
    private final AtomicInteger good = new AtomicInteger();
    private final AtomicInteger bad = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    public FailingStorage(TokenStorage real) {
        this.real = real;
    }

    /** From now on so many writes succeed, then so many fail, and all others succeed. */
    public void fail(int after, int times) {
        good.set(after);
        bad.set(times);
    }

    /** How many writes have failed so far. */
    public int failed() {
        return failed.get();
    }

    private void write() {
        if (good.getAndUpdate(left -> Math.max(0, left - 1)) == 0
                && bad.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            failed.incrementAndGet();
            throw new StorageFailure(Problem.of("disk_full", "There is no room left: nothing was written."));
        }
    }

    @Override
    public boolean replace(String namespace, Map<String, Fingerprint> seen, Map<String, TokenData> next) {
        write();
        return real.replace(namespace, seen, next);
    }

    @Override
    public Journal journal(String namespace) {
        Journal journal = real.journal(namespace);
        return new Journal() {

            @Override
            public Map<String, @Nullable Object> read() {
                return journal.read();
            }

            @Override
            public void write(Map<String, @Nullable Object> state) {
                FailingStorage.this.write();
                journal.write(state);
            }

            @Override
            public void writeAlone(Map<String, @Nullable Object> state) {
                FailingStorage.this.write();
                journal.writeAlone(state);
            }

            @Override
            public void delete() {
                journal.delete();
            }
        };
    }

    @Override
    public List<Journal> journals() {
        return real.journals();
    }

    @Override
    public String address() {
        return real.address();
    }

    @Override
    public boolean exists() {
        return real.exists();
    }

    @Override
    public List<String> namespaces() {
        return real.namespaces();
    }

    @Override
    public Map<String, TokenData> read(String namespace) {
        return real.read(namespace);
    }

    @Override
    public Optional<TokenData> read(String namespace, String resourceServer) {
        return real.read(namespace, resourceServer);
    }

    @Override
    public boolean remove(String namespace) {
        return real.remove(namespace);
    }

    @Override
    public Optional<Map<String, @Nullable Object>> configuration(String namespace, String name) {
        return real.configuration(namespace, name);
    }

    @Override
    public void storeConfiguration(String namespace, String name, Map<String, @Nullable Object> value) {
        real.storeConfiguration(namespace, name, value);
    }

    @Override
    public List<String> configurationNames(String namespace) {
        return real.configurationNames(namespace);
    }

    @Override
    public boolean removeConfiguration(String namespace, String name) {
        return real.removeConfiguration(namespace, name);
    }

    @Override
    public boolean missingMeansRemoved(String namespace) {
        return real.missingMeansRemoved(namespace);
    }

    @Override
    public Leases leases() {
        return real.leases();
    }

    @Override
    public Object sign(String namespace) {
        return real.sign(namespace);
    }

    @Override
    public <T extends @Nullable Object> T inOneStep(String namespace, Supplier<T> step) {
        return real.inOneStep(namespace, step);
    }

    @Override
    public void close() {
        real.close();
    }
}
