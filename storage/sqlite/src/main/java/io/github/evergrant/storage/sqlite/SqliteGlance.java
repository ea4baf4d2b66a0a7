package io.github.evergrant.storage.sqlite;

import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.file.FileGlance;
import io.github.evergrant.storage.file.FileTrust;
import io.github.evergrant.storage.file.StorePlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A database and its journals as they stand, for a program that has no time to load what reads them in full. Nothing is waited
 * for, mended or warned of, and nothing made but what SQLite makes beside a database with a write-ahead log for whoever opens
 * it: whatever is not plain is nothing, or a failure, and asked of the storage itself.
 *
 * <p>For one thread.
 */
public final class SqliteGlance implements AutoCloseable {

    private static final String WRITE_AHEAD = "wal";

    private final StorePlace place;
    private final BareDatabase database;

    private SqliteGlance(StorePlace place, BareDatabase database) {
        this.place = place;
        this.database = database;
    }

    /**
     * Opens a database; it must be closed.
     *
     * @return null unless it is a private file of ours whose changes are all in it
     * @throws io.github.evergrant.error.StorageFailure when it is somebody else's, or no file
     * @throws IOException when it cannot be read now
     */
    public static @Nullable SqliteGlance at(Path store) throws IOException {
        StorePlace place = StorePlace.of(store);
        FileTrust trust = new FileTrust(place, StorageOptions.DEFAULT);
        FileTrust.Seen seen = trust.look();
        if (seen == null || seen.openToOthers() || Files.exists(log(place.real()))) {
            return null;
        }
        SqliteGlance glance = new SqliteGlance(place, BareDatabase.open(place.real()));
        boolean plain = false;
        try {
            FileTrust.Seen still = trust.look();
            plain = still != null && still.key().equals(seen.key()) && glance.isPlain();
            return plain ? glance : null;
        } finally {
            if (!plain) {
                glance.close();
            }
        }
    }

    /** What SQLite writes ahead where another program wanted it so. */
    private static Path log(Path file) {
        return file.resolveSibling(file.getFileName() + "-" + WRITE_AHEAD);
    }

    /**
     * A database with such a log is left to the storage, which opens it for writing and so removes the log: who only reads, as
     * we did to know, leaves it there. Otherwise read as the storage reads it.
     */
    private boolean isPlain() throws IOException {
        database.rows(1, Connections.TRUST_NO_SCHEMA);
        List<String[]> mode = database.rows(1, "pragma journal_mode");
        return mode.size() == 1 && !mode.get(0)[0].equals(WRITE_AHEAD);
    }

    /**
     * The only namespace that has token data; null when there is none, or there are several.
     *
     * @throws IOException when the database cannot be read now
     */
    public @Nullable String onlyNamespace() throws IOException {
        List<String[]> names = database.rows(2, TokenTable.NAMESPACES);
        return names.size() == 1 ? names.get(0)[0] : null;
    }

    /**
     * The token data of a namespace, at one moment.
     *
     * @return JSON texts by resource server, perhaps none; null when one of them is not plain
     * @throws IOException when the database cannot be read now
     */
    public @Nullable Map<String, String> texts(String namespace) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String[] row : database.rows(Integer.MAX_VALUE, TokenTable.OF_NAMESPACE, namespace)) {
            // Tables that other programs made may compare names in ways of their own, or have a row twice.
            if (!row[0].equals(namespace) || texts.put(row[1], row[2]) != null) {
                return null;
            }
        }
        return texts;
    }

    /** As {@link FileGlance#journals(String)}. */
    public @Nullable List<byte[]> journals(String namespace) throws IOException {
        return FileGlance.journals(place, namespace);
    }

    @Override
    public void close() throws IOException {
        database.close();
    }
}
