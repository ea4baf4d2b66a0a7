package io.github.evergrant.storage.sqlite;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.testing.ForkedJvm;
import io.github.evergrant.token.TokenData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/**
 * Another program that uses the database of a test; does what the lines on standard input say, and answers each.
 *
 * <p>Its arguments: a folder to try the driver in, and the folder that holds the native library, if it shall not unpack
 * its own.
 */
final class SqliteProgram {

    private final BufferedReader in;
    private @Nullable TokenStorage storage;

    private SqliteProgram(BufferedReader in) {
        this.in = in;
    }

    static ForkedJvm start(Path folder) {
        return start(List.of(), folder);
    }

    /** @param before words that stand before the JVM's */
    static ForkedJvm start(List<String> before, Path folder) {
        return ForkedJvm.start(
                before,
                SqliteProgram.class,
                folder.toString(),
                SqliteFiles.library().toString());
    }

    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        SqliteProgram program = new SqliteProgram(in);
        if (arguments.length > 1) {
            System.setProperty("org.sqlite.lib.path", arguments[1]);
        }
        // Before anything is measured or raced: loading the driver takes longest.
        System.out.println("ready " + program.isFree(Path.of(arguments[0], "driver.db")));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(program.answer(List.of(line.split(" "))));
        }
    }

    private String answer(List<String> words) throws IOException {
        try {
            return switch (words.get(0)) {
                case "use" -> use(words.get(1));
                case "store" -> store(words.get(1), words.get(2), Integer.parseInt(words.get(3)));
                case "read" ->
                    storage()
                            .read(words.get(1), words.get(2))
                            .map(data -> data.accessToken().reveal())
                            .orElse("none");
                case "replace" -> String.valueOf(one(words.get(1), words.get(2)));
                case "large" ->
                    String.valueOf(SqliteFiles.store(
                            storage(),
                            words.get(1),
                            token(words.get(2)).withExtra(Map.of("more", "x".repeat(900_000)))));
                case "journal" -> journal(words.get(1), Integer.parseInt(words.get(2)));
                case "free" -> isFree(Path.of(words.get(1)));
                case "hold" -> hold(Path.of(words.get(1)));
                default -> "unknown " + words;
            };
        } catch (EvergrantException e) {
            return e.code();
        }
    }

    private String use(String address) {
        storage = TokenStorages.open(address);
        return "using";
    }

    private TokenStorage storage() {
        if (storage == null) {
            throw new IllegalStateException("nothing is used yet");
        }
        return storage;
    }

    /** Stores one record after the other, saying so each time. */
    private String store(String namespace, String prefix, int count) {
        for (int i = 0; i < count; i++) {
            if (!one(namespace, prefix + "-" + i)) {
                return "lost " + i;
            }
            System.out.println("stored " + i);
        }
        return "done";
    }

    private boolean one(String namespace, String resourceServer) {
        return SqliteFiles.store(storage(), namespace, token(resourceServer));
    }

    private static TokenData token(String resourceServer) {
        return SqliteFiles.token(resourceServer, "at-" + resourceServer);
    }

    private String journal(String namespace, int size) {
        storage().journal(namespace).write(Map.of("answer", "x".repeat(size)));
        return "written";
    }

    /** Whether nobody has the database locked just now. */
    private String isFree(Path file) {
        try (Connection connection = SqliteFiles.connect(file);
                Statement statement = connection.createStatement()) {
            statement.execute("begin immediate");
            statement.execute("rollback");
            return "free";
        } catch (SQLiteException e) {
            return "locked";
        } catch (SQLException e) {
            return "impossible";
        }
    }

    /** Keeps everybody from the database until the next line. */
    private String hold(Path file) throws IOException {
        try (Connection connection = SqliteFiles.connect(file);
                Statement statement = connection.createStatement()) {
            statement.execute("begin exclusive");
            System.out.println("held");
            String line = in.readLine();
            statement.execute("rollback");
            return "let go after " + line;
        } catch (SQLException e) {
            return "not held: " + e.getMessage();
        }
    }
}
