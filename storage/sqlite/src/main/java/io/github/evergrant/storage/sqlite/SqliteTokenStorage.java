package io.github.evergrant.storage.sqlite;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.lease.Leases;
import io.github.evergrant.lease.LockFile;
import io.github.evergrant.storage.Faults;
import io.github.evergrant.storage.Journal;
import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.file.FileJournal;
import io.github.evergrant.storage.file.StorePlace;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.TokenData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Token data in an SQLite database that Python programs using globus_sdk may share, whichever of its storage classes
 * they use.
 *
 * <p>SQLite keeps all programs apart, Python's too, so nothing is lost between them. A new database has schema 1, which
 * all of them read; one that is there keeps its schema and its journal mode. Keeps a few connections open until it is
 * closed; a storage that is used after that opens one for each use. A JVM must load the driver only once: a second
 * copy in another class loader does not know the first one's locks.
 */
public final class SqliteTokenStorage implements TokenStorage {

    private final StorePlace place;
    private final LockFile lock;
    private final Database database;
    private final TokenTable tokens;
    private final ConfigurationTable configurations;

    private SqliteTokenStorage(Path path, StorageOptions options, Duration patience) {
        this.place = StorePlace.of(path);
        this.lock = place.lock();
        this.database = new Database(place, lock, options, patience);
        this.tokens = new TokenTable(database);
        this.configurations = new ConfigurationTable(database);
    }

    /** A store at a path, where nothing need be yet. */
    public static SqliteTokenStorage open(Path path) {
        return open(path, StorageOptions.DEFAULT);
    }

    public static SqliteTokenStorage open(Path path, StorageOptions options) {
        return open(path, options, Duration.ofSeconds(5));
    }

    /**
     * Whether a file is an SQLite database, or an empty file, which may become one; asked by the driver alone, and not
     * changed.
     *
     * @throws io.github.evergrant.error.StorageFailure when it cannot be looked at
     */
    public static boolean isDatabase(Path path) {
        try (SqliteTokenStorage storage = open(path, StorageOptions.DEFAULT.withWarnings(warning -> {}))) {
            return storage.database.isDatabase();
        }
    }

    /** @param patience how long a program that has locked the database is waited for */
    static SqliteTokenStorage open(Path path, StorageOptions options, Duration patience) {
        return new SqliteTokenStorage(path, options, patience);
    }

    @Override
    public String address() {
        return "sqlite:" + place.given();
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
        return tokens.namespaces();
    }

    @Override
    public boolean holds(String namespace) {
        return tokens.holds(namespace);
    }

    /** {@inheritDoc} An entry that cannot be read is left out; {@link #read(String, String)} names it. */
    @Override
    public Map<String, TokenData> read(String namespace) {
        return tokens.read(namespace);
    }

    /** @throws io.github.evergrant.error.StorageFailure code {@code token_malformed} when the entry cannot be read */
    @Override
    public Optional<TokenData> read(String namespace, String resourceServer) {
        return tokens.read(namespace, resourceServer);
    }

    @Override
    public void forEach(BiConsumer<String, Supplier<Map<String, TokenData>>> visitor) {
        tokens.forEach(visitor);
    }

    /** {@inheritDoc} Nobody writes rows back: one that is missing was deleted, unless the whole database was. */
    @Override
    public boolean missingMeansRemoved(String namespace) {
        // By name and size alone: the driver alone opens the database.
        return place.real().toFile().length() > 0;
    }

    @Override
    public List<StorageFailure> faults(String namespace) {
        Faults faults = new Faults();
        return faults.of(() -> tokens.flaws(namespace).forEach(faults::add)).all();
    }

    @Override
    public boolean replace(String namespace, Map<String, Fingerprint> seen, Map<String, TokenData> next) {
        return tokens.replace(namespace, seen, next);
    }

    @Override
    public boolean remove(String namespace) {
        return tokens.remove(namespace);
    }

    @Override
    public List<String> configurationNames(String namespace) {
        return configurations.names(namespace);
    }

    /** @throws io.github.evergrant.error.StorageFailure code {@code configuration_corrupt} when it is no JSON object */
    @Override
    public Optional<Map<String, @Nullable Object>> configuration(String namespace, String name) {
        return configurations.read(namespace, name);
    }

    @Override
    public void storeConfiguration(String namespace, String name, Map<String, @Nullable Object> value) {
        configurations.store(namespace, name, value);
    }

    @Override
    public boolean removeConfiguration(String namespace, String name) {
        return configurations.remove(namespace, name);
    }

    @Override
    public Journal journal(String namespace) {
        return fileJournal(namespace);
    }

    private FileJournal fileJournal(String namespace) {
        return new FileJournal(place, lock, namespace);
    }

    @Override
    public List<Journal> journals() {
        return FileJournal.all(place, lock);
    }

    /** {@inheritDoc} SQLite looks at its own structures too. */
    @Override
    public List<StorageFailure> faults() {
        Faults faults = new Faults();
        faults.of(database::checkIntegrity);
        if (!faults.all().isEmpty()) {
            return faults.all();
        }
        faults.of(() -> tokens.flaws().forEach(faults::add));
        faults.of(() -> configurations.flaws().forEach(faults::add));
        return faults.of(() -> journals().forEach(journal -> faults.of(journal::read)))
                .all();
    }

    @Override
    public Leases leases() {
        return lock;
    }

    /** {@inheritDoc} Asks for names and times only: the driver alone opens the database. */
    @Override
    public Object sign(String namespace) {
        Path file = place.real();
        return List.of(
                StorePlace.sign(file),
                // Beside the database while it is written; the second one only where another program wanted it so.
                StorePlace.sign(file.resolveSibling(file.getFileName() + "-journal")),
                StorePlace.sign(file.resolveSibling(file.getFileName() + "-wal")),
                fileJournal(namespace).sign());
    }

    @Override
    public <T extends @Nullable Object> T inOneStep(String namespace, Supplier<T> step) {
        return lock.inMutex(namespace, step);
    }

    /** Closes the connections that are kept open. */
    @Override
    public void close() {
        database.close();
    }
}
