package io.github.evergrant.bench.store;

import io.github.evergrant.bench.subject.Ours;
import io.github.evergrant.bench.subject.Tokens;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.token.TokenData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** Stores with so many namespaces, each with one record. Made by the storages themselves, then multiplied. */
public final class Filled {

    /** The namespace that is read and written: none of the first, where it is found at once. */
    public static final String NAMESPACE = "session-000000";

    private Filled() {}

    public static TokenData record() {
        return Ours.record(Tokens.fresh());
    }

    private static void one(String address) {
        try (TokenStorage storage = TokenStorages.open(address)) {
            TokenData first = record();
            storage.replace(NAMESPACE, Map.of(), Map.of(first.resourceServer(), first));
        }
    }

    /** A JSON file. */
    public static Path json(Path folder, int namespaces) throws IOException {
        Path file = folder.resolve("sessions-" + namespaces + ".json");
        one("json:" + file);
        String text = Files.readString(file);
        String name = "\"" + NAMESPACE + "\": ";
        int begin = text.indexOf(name);
        int end = text.indexOf("}}", begin) + 2;
        String value = text.substring(begin + name.length(), end);
        StringBuilder all = new StringBuilder(text.substring(0, begin));
        for (int i = 1; i < namespaces; i++) {
            all.append(String.format("\"session-%06d\": ", i)).append(value).append(", ");
        }
        all.append(text, begin, text.length());
        write(file, all.toString().getBytes(StandardCharsets.UTF_8));
        return file;
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** An SQLite database. */
    public static Path sqlite(Path folder, int namespaces) throws SQLException {
        Path file = folder.resolve("sessions-" + namespaces + ".db");
        one("sqlite:" + file);
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < %d)
                    insert into token_storage select printf('session-%%06d', n), resource_server, token_data_json
                    from token_storage, numbers where n < %d""".formatted(namespaces, namespaces));
        }
        return file;
    }

    static Connection connect(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }
}
