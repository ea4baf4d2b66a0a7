package io.github.evergrant.storage.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * Connections to a database file: opened when none is idle, a few of them kept for the next use.
 *
 * <p>Each is lent to one thread at a time and belongs to one file, whatever stands at its path later. Safe for many
 * threads.
 */
final class Connections {

    /** A database that others wrote may call functions from its schema. */
    static final String TRUST_NO_SCHEMA = "pragma trusted_schema = off";

    private static final int KEPT = 4;

    private final SQLiteConfig config = new SQLiteConfig();
    private final ConcurrentLinkedDeque<Lent> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger room = new AtomicInteger(KEPT);
    private volatile boolean closed;

    /** @param patience how long a lock of another program is waited for */
    Connections(Duration patience) {
        config.setBusyTimeout(Math.toIntExact(patience.toMillis()));
        config.setGetGeneratedKeys(false);
    }

    /** A connection in use; closing it gives it back, or ends it unless it was said to be in order. */
    final class Lent implements AutoCloseable {

        private final Object key;
        private final Connection connection;
        private boolean inOrder;

        private Lent(Object key, Connection connection) {
            this.key = key;
            this.connection = connection;
        }

        Connection connection() {
            return connection;
        }

        /** Which file it leads to. */
        Object key() {
            return key;
        }

        /** Nothing is open on it, so that it may be used again. */
        void isInOrder() {
            inOrder = true;
        }

        @Override
        public void close() throws SQLException {
            if (inOrder && !closed && room.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                inOrder = false;
                idle.addFirst(this);
                if (closed) {
                    Connections.this.close();
                }
            } else {
                // SQLite rolls back what was not committed.
                connection.close();
            }
        }
    }

    /** An idle connection to the file of that key; null when there is none. */
    @Nullable
    Lent idle(Object key) throws SQLException {
        for (Lent each = poll(); each != null; each = poll()) {
            if (each.key.equals(key)) {
                return each;
            }
            // Its file was deleted or replaced.
            each.connection.close();
        }
        return null;
    }

    private @Nullable Lent poll() {
        Lent first = idle.pollFirst();
        if (first != null) {
            room.incrementAndGet();
        }
        return first;
    }

    /** A new connection to a file that is there. */
    Lent open(Path file, Object key) throws SQLException {
        return new Lent(key, connect(config, file));
    }

    private static Connection connect(SQLiteConfig config, Path file) throws SQLException {
        Connection connection = create(config, file);
        boolean ready = false;
        try (Statement statement = connection.createStatement()) {
            statement.execute(TRUST_NO_SCHEMA);
            // A token that was replaced or removed must not be left in the file's free pages.
            statement.execute("pragma secure_delete = on");
            ready = true;
            return connection;
        } finally {
            if (!ready) {
                connection.close();
            }
        }
    }

    private static Connection create(SQLiteConfig config, Path file) throws SQLException {
        try {
            // As an address nothing in the path has a meaning of its own, and a file that is missing is not made.
            return config.createConnection("jdbc:sqlite:" + file.toUri() + "?mode=rw");
        } catch (LinkageError e) {
            // The driver says only once in words that its native library cannot be loaded.
            throw new SQLException("the native library cannot be loaded", e);
        }
    }

    /** A connection that is not kept. */
    Connection single(Path file) throws SQLException {
        return connect(config, file);
    }

    /** Ends those that are idle; those in use end when they are given back. */
    void close() throws SQLException {
        closed = true;
        for (Lent each = poll(); each != null; each = poll()) {
            each.connection.close();
        }
    }
}
