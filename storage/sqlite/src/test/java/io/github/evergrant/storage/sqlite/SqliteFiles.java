package io.github.evergrant.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.sqlite.SQLiteConfig;
import org.sqlite.util.LibraryLoaderUtil;
import org.sqlite.util.OSInfo;

/** Databases as tests make and look at them. */
final class SqliteFiles {

    private SqliteFiles() {}

    /** A file of the golden data. */
    static byte[] golden(String name) {
        try (InputStream in =
                Objects.requireNonNull(SqliteFiles.class.getResourceAsStream("/golden/globus/" + name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String goldenText(String name) {
        return new String(golden(name), StandardCharsets.UTF_8);
    }

    /** A folder that holds the driver's native library, so that a program starts without unpacking it. */
    static Path library() {
        String name = LibraryLoaderUtil.getNativeLibName();
        String resource = "/org/sqlite/native/" + OSInfo.getNativeLibFolderPathForCurrentOS() + "/" + name;
        try (InputStream in = Objects.requireNonNull(SQLiteConfig.class.getResourceAsStream(resource), resource)) {
            Path folder = Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), "sqlite-library"));
            if (Files.notExists(folder.resolve(name))) {
                Files.copy(in, folder.resolve(name));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A store with these bytes, 0600. */
    static Path file(Path folder, byte[] bytes) {
        try {
            Path file = Files.write(folder.resolve("tokens.db"), bytes);
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Only when nobody holds a lock on it: this drops all of them. */
    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection as any program would open one, which waits for nobody. */
    static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(0);
        return config.createConnection("jdbc:sqlite:" + file.toUri());
    }

    static void execute(Path file, String... all) {
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement()) {
            for (String each : all) {
                statement.execute(each);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column. */
    static List<String> query(Path file, String sql) {
        List<String> values = new ArrayList<>();
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<String> tables(Path file) {
        return query(file, "select name from sqlite_master where type = 'table' order by name");
    }

    static TokenData token(String resourceServer, String access) {
        return TokenData.bearer(resourceServer, Secret.of(access), Expiry.at(Instant.ofEpochSecond(1767398400)));
    }

    /** Stores a record that is new there. */
    static boolean store(TokenStorage storage, String namespace, TokenData data) {
        return storage.replace(namespace, Map.of(), Map.of(data.resourceServer(), data));
    }

    /** Puts a record in the place of the one stored. */
    static boolean renew(TokenStorage storage, String namespace, TokenData data) {
        TokenData seen = storage.read(namespace, data.resourceServer()).orElseThrow();
        return storage.replace(
                namespace, Map.of(data.resourceServer(), seen.fingerprint()), Map.of(data.resourceServer(), data));
    }

    static void assertFails(String code, Path path, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(StorageFailure.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.advice()).isNotEmpty();
                })
                .hasMessageContaining(path.getFileName().toString())
                .hasMessageNotContaining("FAKE");
    }
}
