package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Files as programs of Globus' write them, and how they read them. */
final class GlobusPrograms {

    /** What globus-cli does to read its tokens, with nothing but Python's own library. */
    private static final String READER = """
            import json, sqlite3, sys
            db = sqlite3.connect(sys.argv[1])
            rows = db.execute("SELECT token_data_json FROM token_storage WHERE namespace=? AND resource_server=?",
                (sys.argv[2], sys.argv[3])).fetchall()
            data = json.loads(rows[0][0])
            print(data["access_token"], data["refresh_token"], type(data["expires_at_seconds"]).__name__)
            """;

    private GlobusPrograms() {}

    /** The database of globus-cli (schema 1), empty. */
    static Path database(Path path) {
        try {
            Files.createDirectories(path.getParent());
            execute(
                    path,
                    "CREATE TABLE config_storage (namespace VARCHAR NOT NULL, config_name VARCHAR NOT NULL,"
                            + " config_data_json VARCHAR NOT NULL, PRIMARY KEY (namespace, config_name))",
                    "CREATE TABLE token_storage (namespace VARCHAR NOT NULL, resource_server VARCHAR NOT NULL,"
                            + " token_data_json VARCHAR NOT NULL, PRIMARY KEY (namespace, resource_server))",
                    "CREATE TABLE sdk_storage_adapter_internal (attribute VARCHAR NOT NULL, value VARCHAR NOT NULL,"
                            + " PRIMARY KEY (attribute))",
                    "INSERT INTO sdk_storage_adapter_internal VALUES ('globus-sdk.version', '3.65.0')",
                    "INSERT INTO sdk_storage_adapter_internal VALUES ('globus-sdk.database_schema_version', '1')");
            return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps a token reply as globus-cli does. */
    static void keep(Path database, String namespace, String reply, Instant now) {
        Map<String, @Nullable Object> token = Shell.object(reply);
        long end = now.getEpochSecond() + ((Number) Objects.requireNonNull(token.get("expires_in"))).longValue();
        String refresh = token.get("refresh_token") == null ? "null" : "\"" + token.get("refresh_token") + "\"";
        insert(
                database,
                "REPLACE INTO token_storage VALUES (?, ?, ?)",
                namespace,
                String.valueOf(token.get("resource_server")),
                "{\"scope\": \"" + token.get("scope") + "\", \"access_token\": \"" + token.get("access_token")
                        + "\", \"refresh_token\": " + refresh + ", \"token_type\": \"Bearer\", \"expires_at_seconds\": "
                        + end + ", \"resource_server\": \"" + token.get("resource_server") + "\"}");
    }

    /** Keeps the client that globus-cli registered for itself, and who logged in. */
    static void keepClient(Path database, String namespace, String id, String secret, String person) {
        insert(
                database,
                "REPLACE INTO config_storage VALUES (?, ?, ?)",
                namespace,
                "auth_client_data",
                "{\"client_id\": \"" + id + "\", \"client_secret\": \"" + secret + "\"}");
        insert(
                database,
                "REPLACE INTO config_storage VALUES (?, ?, ?)",
                namespace,
                "auth_user_data",
                "{\"sub\": \"" + person + "\"}");
    }

    static void execute(Path database, String... all) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            for (String each : all) {
                statement.execute(each);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void insert(Path database, String sql, String... values) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean isPythonThere() {
        try {
            return new ProcessBuilder("python3", "-c", "import sqlite3").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Access token, refresh token and type of the expiry, as a Python program reads them. */
    static String[] readByPython(Path database, String namespace, String resourceServer) {
        try {
            Process python = new ProcessBuilder("python3", "-c", READER, database.toString(), namespace, resourceServer)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(python.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return said.strip().split(" ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A file of the golden data, put somewhere with the mode that the program gives it. */
    static Path golden(String name, Path path) {
        try (InputStream in =
                Objects.requireNonNull(GlobusPrograms.class.getResourceAsStream("/golden/globus/" + name), name)) {
            Files.createDirectories(path.getParent());
            Files.copy(in, path);
            return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folders of the GlobusApps that were captured, in a home folder. */
    static void apps(Path home) {
        for (String file : new String[] {
            "61338d24-54d5-408f-a10d-66c06b59f6d2/my-app--v1/tokens.json",
            "61338d24-54d5-408f-a10d-66c06b59f6d2/refresh-app/tokens.json",
            "61338d24-54d5-408f-a10d-66c06b59f6d2/sqlite-app/sandbox-tokens.db",
            "aaaaaaaa-0000-4000-8000-000000000001/svc/tokens.json"
        }) {
            golden("app_home/.globus/app/" + file, home.resolve(".globus/app").resolve(file));
        }
    }
}
