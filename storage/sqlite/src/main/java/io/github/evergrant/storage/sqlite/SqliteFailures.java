package io.github.evergrant.storage.sqlite;

import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.file.StorePlace;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.storage.json.MalformedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/** What the driver's failures mean to whoever uses the store. */
final class SqliteFailures {

    private final StorePlace place;
    private final Duration patience;

    SqliteFailures(StorePlace place, Duration patience) {
        this.place = place;
        this.patience = patience;
    }

    /** A failure to read. */
    StorageFailure reading(SQLException e) {
        StorageFailure either = either(e);
        return either != null
                ? either
                : of(
                        "store_unreadable",
                        "The token store " + place.real() + " cannot be read.",
                        "Check who may read it.",
                        e);
    }

    /** A failure to write; the transaction is rolled back, or will be by whoever opens the database next. */
    StorageFailure writing(SQLException e) {
        StorageFailure either = either(e);
        if (either != null) {
            return either;
        }
        Path file = place.real();
        if (isFull(e, file)) {
            return of(
                    "disk_full",
                    "There is no room left to write " + file + "; what it held is intact.",
                    "Free some space, then try again.",
                    e);
        }
        return of(
                "store_unwritable",
                file + " cannot be written; what it held is intact.",
                "Check who may write it, and in " + file.getParent() + ".",
                e);
    }

    /** By SQLite's primary result codes. */
    private @Nullable StorageFailure either(SQLException e) {
        Path file = place.real();
        if (!(e instanceof SQLiteException)) {
            return of(
                    "sqlite_missing",
                    "The SQLite library, which the token store " + file + " needs, cannot be loaded.",
                    "Set the system property java.io.tmpdir to a folder that programs may be run from,"
                            + " or org.sqlite.lib.path to one that holds the library.",
                    e);
        }
        return switch (primaryCode(e)) {
            case Code.ERROR, Code.SCHEMA, Code.FORMAT, Code.MISMATCH, Code.CONSTRAINT ->
                of(
                        "store_format_unknown",
                        "The SQLite database " + file + " is no token store: its tables are other ones.",
                        "Check the path; the file was not touched.",
                        e);
            case Code.NOT_A_DATABASE ->
                of(
                        "store_format_unknown",
                        "The file " + file + " is no SQLite database.",
                        "Check the path; the file was not touched.",
                        e);
            case Code.CORRUPT -> corrupt(e);
            case Code.BUSY, Code.LOCKED, Code.PROTOCOL ->
                of(
                        "store_locked",
                        "For " + patience.toSeconds() + " s another program has held the token store " + file + ".",
                        "Look for a stopped or hanging program that uses this store, and end it.",
                        e);
            default -> null;
        };
    }

    StorageFailure corrupt(@Nullable SQLException e) {
        return of(
                "store_corrupt",
                "The token store " + place.real() + " is damaged.",
                "Set the file aside, then log in again; it was not touched.",
                e);
    }

    /** The file is removed or replaced each time it is looked at. */
    StorageFailure restless() {
        return of(
                "store_busy",
                "Another program keeps replacing the token store " + place.real() + ".",
                "End that program.",
                null);
    }

    static StorageFailure malformed(Path file, String namespace, String resourceServer, String flaw) {
        return new StorageFailure(Problem.of(
                        "token_malformed",
                        "In the token store " + file + ", session " + Json.shown(namespace) + ", the tokens of "
                                + Json.shown(resourceServer) + " cannot be read: " + flaw + ".")
                .withAdvice("Log in again to replace it, or remove the session.")
                .withSession(namespace));
    }

    static StorageFailure badConfiguration(Path file, String namespace, String name, MalformedJson e) {
        return new StorageFailure(Problem.of(
                        "configuration_corrupt",
                        "In the token store " + file + ", session " + Json.shown(namespace) + ", the configuration "
                                + Json.shown(name) + " is damaged: " + e.getMessage() + ".")
                .withAdvice("Remove it, or store it again.")
                .withSession(namespace)
                .withCause(e));
    }

    static boolean isError(SQLException e) {
        return primaryCode(e) == Code.ERROR;
    }

    static boolean isNoDatabase(SQLException e) {
        return primaryCode(e) == Code.NOT_A_DATABASE;
    }

    private static int primaryCode(SQLException e) {
        return e.getErrorCode() & 0xff;
    }

    private static boolean isFull(SQLException e, Path file) {
        if (primaryCode(e) == Code.FULL) {
            return true;
        }
        try {
            return Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace() < 4096;
        } catch (IOException unknown) {
            return false;
        }
    }

    private static StorageFailure of(String code, String message, String advice, @Nullable SQLException cause) {
        return new StorageFailure(Problem.of(code, message).withAdvice(advice).withCause(cause));
    }

    /** SQLite's primary result codes (https://sqlite.org/rescode.html). */
    private static final class Code {
        static final int ERROR = 1;
        static final int BUSY = 5;
        static final int LOCKED = 6;
        static final int CORRUPT = 11;
        static final int FULL = 13;
        static final int PROTOCOL = 15;
        static final int SCHEMA = 17;
        static final int CONSTRAINT = 19;
        static final int MISMATCH = 20;
        static final int FORMAT = 24;
        static final int NOT_A_DATABASE = 26;

        private Code() {}
    }
}
