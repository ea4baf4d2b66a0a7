package io.github.evergrant.proofs;

import io.github.evergrant.lease.Lease;
import io.github.evergrant.lease.Leases;
import io.github.evergrant.proofs.Crossing.Boundary;
import io.github.evergrant.storage.Journal;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.TokenData;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A storage that says when a renewal comes to it and when it leaves it, and is the given one otherwise. */
record WatchedStorage(TokenStorage storage, Crossings crossings) implements TokenStorage {

    @Override
    public String address() {
        return storage.address();
    }

    @Override
    public boolean exists() {
        return storage.exists();
    }

    @Override
    public List<String> namespaces() {
        return storage.namespaces();
    }

    @Override
    public List<Journal> journals() {
        return storage.journals();
    }

    @Override
    public Map<String, TokenData> read(String namespace) {
        crossings.at(Boundary.READS_STORAGE);
        Map<String, TokenData> found = storage.read(namespace);
        crossings.at(Boundary.HAS_READ_STORAGE);
        return found;
    }

    @Override
    public boolean missingMeansRemoved(String namespace) {
        return storage.missingMeansRemoved(namespace);
    }

    @Override
    public boolean replace(String namespace, Map<String, Fingerprint> seen, Map<String, TokenData> next) {
        crossings.at(Boundary.REPLACES);
        boolean replaced = storage.replace(namespace, seen, next);
        crossings.at(Boundary.HAS_REPLACED);
        return replaced;
    }

    @Override
    public boolean remove(String namespace) {
        return storage.remove(namespace);
    }

    @Override
    public Optional<Map<String, @Nullable Object>> configuration(String namespace, String name) {
        return storage.configuration(namespace, name);
    }

    @Override
    public void storeConfiguration(String namespace, String name, Map<String, @Nullable Object> value) {
        storage.storeConfiguration(namespace, name, value);
    }

    @Override
    public List<String> configurationNames(String namespace) {
        return storage.configurationNames(namespace);
    }

    @Override
    public boolean removeConfiguration(String namespace, String name) {
        return storage.removeConfiguration(namespace, name);
    }

    @Override
    public Journal journal(String namespace) {
        return new WatchedJournal(storage.journal(namespace), crossings);
    }

    @Override
    public Leases leases() {
        Leases leases = storage.leases();
        return namespace -> {
            crossings.at(Boundary.ASKS_FOR_LEASE);
            Optional<Lease> taken = leases.tryTake(namespace);
            taken.ifPresent(lease -> crossings.at(Boundary.HAS_LEASE));
            return taken.map(this::watched);
        };
    }

    private Lease watched(Lease lease) {
        return () -> {
            crossings.at(Boundary.RELEASES_LEASE);
            lease.close();
            crossings.at(Boundary.HAS_RELEASED_LEASE);
        };
    }

    @Override
    public Object sign(String namespace) {
        return storage.sign(namespace);
    }

    @Override
    public <T extends @Nullable Object> T inOneStep(String namespace, Supplier<T> step) {
        crossings.at(Boundary.ENTERS_STEP);
        T result = storage.inOneStep(namespace, () -> {
            crossings.at(Boundary.IS_IN_STEP);
            T done = step.get();
            crossings.at(Boundary.LEAVES_STEP);
            return done;
        });
        crossings.at(Boundary.HAS_LEFT_STEP);
        return result;
    }

    @Override
    public void close() {
        storage.close();
    }

    private record WatchedJournal(Journal journal, Crossings crossings) implements Journal {

        @Override
        public Map<String, @Nullable Object> read() {
            crossings.at(Boundary.READS_JOURNAL);
            Map<String, @Nullable Object> found = journal.read();
            crossings.at(Boundary.HAS_READ_JOURNAL);
            return found;
        }

        @Override
        public void write(Map<String, @Nullable Object> state) {
            crossings.at(Boundary.WRITES_JOURNAL);
            journal.write(state);
            crossings.at(Boundary.HAS_WRITTEN_JOURNAL);
        }

        @Override
        public void writeAlone(Map<String, @Nullable Object> state) {
            crossings.at(Boundary.WRITES_JOURNAL);
            journal.writeAlone(state);
            crossings.at(Boundary.HAS_WRITTEN_JOURNAL);
        }

        @Override
        public void delete() {
            journal.delete();
        }
    }
}
