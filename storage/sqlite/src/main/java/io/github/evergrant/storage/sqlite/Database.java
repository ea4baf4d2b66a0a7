package io.github.evergrant.storage.sqlite;

import io.github.evergrant.lease.LockFile;
import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.file.FileTrust;
import io.github.evergrant.storage.file.StorePlace;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The database file: whether it may be used, how it is reached, made and mended, and what its failures mean.
 *
 * <p>Safe for many threads.
 */
final class Database {

    private static final int OPEN_ATTEMPTS = 10;

    private final StorePlace place;
    private final LockFile lock;
    private final FileTrust trust;
    private final Connections connections;
    private final SqliteFailures failures;

    Database(StorePlace place, LockFile lock, StorageOptions options, Duration patience) {
        this.place = place;
        this.lock = lock;
        this.trust = new FileTrust(place, options);
        this.connections = new Connections(patience);
        this.failures = new SqliteFailures(place, patience);
    }

    /** What is done with a connection. */
    interface Work<T extends @Nullable Object> {
        T on(Connection connection) throws SQLException;
    }

    /** Where the database is, for messages. */
    Path file() {
        return place.real();
    }

    /**
     * Reads with one statement, whose time alone SQLite keeps writers waiting.
     *
     * @param absent what is read where there is no database or no such table
     */
    <T extends @Nullable Object> T read(Schema.Table table, T absent, Work<T> work) {
        try (Connections.Lent lent = take()) {
            if (lent == null) {
                return absent;
            }
            T result = readOr(absent, table, lent.connection(), work);
            lent.isInOrder();
            return result;
        } catch (SQLException e) {
            throw failures.reading(e);
        }
    }

    /** Whether there is a file that SQLite takes for its own. */
    boolean isDatabase() {
        try (Connections.Lent lent = take()) {
            if (lent != null) {
                Schema.has(lent.connection(), Schema.Table.TOKENS);
            }
            return lent != null;
        } catch (SQLException e) {
            if (SqliteFailures.isNoDatabase(e)) {
                return false;
            }
            throw failures.reading(e);
        }
    }

    /** @throws io.github.evergrant.error.StorageFailure code {@code store_corrupt} when SQLite finds its file damaged */
    void checkIntegrity() {
        String words = read(Schema.Table.TOKENS, "ok", connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("pragma integrity_check(1)")) {
                return rows.next() ? String.valueOf(rows.getString(1)) : "ok";
            }
        });
        if (!words.equals("ok")) {
            throw failures.corrupt(null);
        }
    }

    /** Asks for the table only when the reading failed: nearly always it is there. */
    private static <T extends @Nullable Object> T readOr(
            T absent, Schema.Table table, Connection connection, Work<T> work) throws SQLException {
        try {
            return work.on(connection);
        } catch (SQLException e) {
            if (!SqliteFailures.isError(e) || Schema.has(connection, table)) {
                throw e;
            }
            return absent;
        }
    }

    /**
     * Changes something in one transaction, while no other program of ours is in the store's mutex.
     *
     * @param absent the result where there is no database or no such table, which then is not made either
     */
    <T extends @Nullable Object> T change(String namespace, Schema.Table table, T absent, Work<T> work) {
        if (trust.look() == null) {
            return absent;
        }
        return lock.inMutex(
                namespace,
                () -> inPlace(() -> {
                    try (Connections.Lent lent = take()) {
                        // Asked before the transaction: to begin one in an empty file makes it a database.
                        return lent == null || !Schema.has(lent.connection(), table)
                                ? new Written<>(absent)
                                : write(lent, work);
                    }
                }));
    }

    /** As {@link #change}, and makes the database and the table if they are not there. */
    <T extends @Nullable Object> T store(String namespace, Schema.Table table, Work<T> work) {
        return lock.inMutex(
                namespace,
                () -> inPlace(() -> {
                    try (Connections.Lent lent = takeOrMake()) {
                        Schema.awaitMaker(lent.connection());
                        return write(lent, connection -> {
                            Schema.complete(connection, table);
                            return work.on(connection);
                        });
                    }
                }));
    }

    /** What came of a transaction; null in the place of this when the file is not where it was. */
    private record Written<T extends @Nullable Object>(T result) {}

    private interface Attempt<T extends @Nullable Object> {
        @Nullable
        Written<T> run() throws SQLException;
    }

    /** What went into a file that was deleted or replaced meanwhile is gone, so it is done again with what is there now. */
    private <T extends @Nullable Object> T inPlace(Attempt<T> attempt) {
        for (int i = 0; i < OPEN_ATTEMPTS; i++) {
            try {
                Written<T> written = attempt.run();
                if (written != null) {
                    return written.result();
                }
            } catch (SQLException e) {
                throw failures.writing(e);
            }
        }
        throw failures.restless();
    }

    private <T extends @Nullable Object> @Nullable Written<T> write(Connections.Lent lent, Work<T> work)
            throws SQLException {
        try {
            T result = commit(lent, work);
            return isStill(lent.key()) ? new Written<>(result) : null;
        } catch (SQLException e) {
            if (isStill(lent.key())) {
                throw e;
            }
            return null;
        }
    }

    private <T extends @Nullable Object> T commit(Connections.Lent lent, Work<T> work) throws SQLException {
        try (Statement statement = lent.connection().createStatement()) {
            statement.execute("begin immediate");
            T result = work.on(lent.connection());
            FileTrust.Seen seen = trust.look();
            if (seen != null && seen.openToOthers()) {
                trust.makePrivate();
            }
            statement.execute("commit");
            lent.isInOrder();
            return result;
        }
    }

    private Connections.Lent takeOrMake() throws SQLException {
        for (int attempt = 0; attempt < OPEN_ATTEMPTS; attempt++) {
            Connections.Lent lent = take();
            if (lent != null) {
                return lent;
            }
            place.makeStore(this::fill);
        }
        throw failures.restless();
    }

    private void fill(Path file) {
        try (Connection connection = connections.single(file);
                Statement statement = connection.createStatement()) {
            // It is nobody's yet: if we die now it is not missed, and nothing must be left beside it.
            statement.execute("pragma journal_mode = memory");
            statement.execute("begin immediate");
            Schema.complete(connection, Schema.Table.TOKENS);
            statement.execute("commit");
        } catch (SQLException e) {
            throw failures.writing(e);
        }
    }

    /** A connection to the file that stands at the path now, judged; null when there is none. */
    private Connections.@Nullable Lent take() throws SQLException {
        for (int attempt = 0; attempt < OPEN_ATTEMPTS; attempt++) {
            FileTrust.Seen seen = trust.look();
            if (seen == null) {
                return null;
            }
            Connections.Lent lent = connections.idle(seen.key());
            if (lent == null) {
                lent = open(seen);
            }
            if (lent != null) {
                return seen.openToOthers() ? judged(lent) : lent;
            }
        }
        throw failures.restless();
    }

    /** Null when the file was removed or replaced meanwhile, so that it is not known to what the connection leads. */
    private Connections.@Nullable Lent open(FileTrust.Seen seen) throws SQLException {
        Connections.Lent lent;
        try {
            lent = connections.open(place.real(), seen.key());
        } catch (SQLException e) {
            if (isStill(seen.key())) {
                throw e;
            }
            return null;
        }
        if (isStill(seen.key())) {
            return lent;
        }
        lent.close();
        return null;
    }

    private boolean isStill(Object key) {
        FileTrust.Seen now = trust.look();
        return now != null && now.key().equals(key);
    }

    private Connections.Lent judged(Connections.Lent lent) throws SQLException {
        boolean trusted = false;
        try {
            trust.judgeOpen(Schema.isWrittenByEvergrant(lent.connection()));
            trusted = true;
            return lent;
        } finally {
            if (!trusted) {
                lent.close();
            }
        }
    }

    void close() {
        try {
            connections.close();
        } catch (SQLException e) {
            throw failures.reading(e);
        }
    }
}
