package io.github.evergrant.bench.store;

import io.github.evergrant.bench.subject.Tokens;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The floors: what no durable store can do without. */
public final class Bare {

    private Bare() {}

    /** Bytes beside their place, synced, renamed. */
    public static void write(Path file, byte[] bytes) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
            out.write(bytes);
            out.getFD().sync();
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The same, and the folder, so that a power failure does not undo the renaming. */
    public static void writeDurably(Path file, byte[] bytes) throws IOException {
        write(file, bytes);
        try (FileChannel folder = FileChannel.open(file.resolveSibling(""), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** One row of a database, by statements that were prepared before. */
    public static final class Row implements AutoCloseable {

        private final Connection connection;
        private final PreparedStatement update;
        private final PreparedStatement select;
        private final String text;
        private int number;

        public Row(Path file) throws SQLException {
            connection = Filled.connect(file);
            connection.setAutoCommit(false);
            update = connection.prepareStatement("""
                    update token_storage set token_data_json = ? where namespace = ? and resource_server = ?""");
            select = connection.prepareStatement("""
                    select token_data_json from token_storage where namespace = ? and resource_server = ?""");
            text = read();
        }

        /** One update, one commit. */
        public void write() throws SQLException {
            update.setString(1, text.replace("refresh-0", "refresh-" + number++));
            update.setString(2, Filled.NAMESPACE);
            update.setString(3, Filled.record().resourceServer());
            update.executeUpdate();
            connection.commit();
        }

        /** One select. */
        public String read() throws SQLException {
            select.setString(1, Filled.NAMESPACE);
            select.setString(2, Filled.record().resourceServer());
            String found;
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLException("the row is missing");
                }
                found = rows.getString(1);
            }
            connection.commit();
            return found;
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    /** A pair that was not there before. */
    static Tokens next(long number) {
        Tokens fresh = Tokens.fresh();
        return new Tokens(fresh.access(), "refresh-" + number, fresh.issuedAt(), fresh.expiresAt());
    }
}
