package io.github.evergrant.storage.sqlite;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.storage.json.TokenObject;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.TokenData;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The table of token data: a row for each namespace and resource server. */
final class TokenTable {

    static final String NAMESPACES = "select distinct namespace from token_storage order by namespace";

    /** One record. */
    static final String ONE = "select token_data_json from token_storage where namespace = ? and resource_server = ?";

    /** By number: a row keeps its number, and so its place, when it is written anew. */
    static final String OF_NAMESPACE = "select namespace, resource_server, token_data_json from token_storage"
            + " where namespace = ? order by rowid";

    static final String BETWEEN_NAMESPACES = "select namespace, resource_server, token_data_json from token_storage"
            + " where namespace >= ? and namespace <= ? order by rowid";

    private static final int AT_A_TIME = 500;

    private final Database database;

    TokenTable(Database database) {
        this.database = database;
    }

    /** Straight from the index of the primary key, which is in this order. */
    List<String> namespaces() {
        return database.read(Schema.Table.TOKENS, List.of(), connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(NAMESPACES)) {
                List<String> names = new ArrayList<>();
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
                return names;
            }
        });
    }

    boolean holds(String namespace) {
        return database.read(Schema.Table.TOKENS, false, connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select 1 from token_storage where namespace = ? limit 1")) {
                Keys.bind(select, 1, namespace);
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next();
                }
            }
        });
    }

    /** The rows that can be read: a bad one does not hide the good. */
    Map<String, TokenData> read(String namespace) {
        return readable(rows(OF_NAMESPACE, namespace).getOrDefault(namespace, List.of()));
    }

    /**
     * All, some hundred namespaces at a time: a statement keeps writers waiting, and one for each namespace takes long. What
     * is removed meanwhile has no rows.
     */
    void forEach(BiConsumer<String, Supplier<Map<String, TokenData>>> visitor) {
        List<String> names = namespaces();
        for (int from = 0; from < names.size(); from += AT_A_TIME) {
            List<String> some = names.subList(from, Math.min(names.size(), from + AT_A_TIME));
            Map<String, List<Row>> rows = rows(BETWEEN_NAMESPACES, some.get(0), some.get(some.size() - 1));
            for (String name : some) {
                visitor.accept(name, () -> readable(rows.getOrDefault(name, List.of())));
            }
        }
    }

    private static Map<String, TokenData> readable(List<Row> rows) {
        Map<String, TokenData> all = new LinkedHashMap<>();
        for (Row row : rows) {
            StoredToken stored = StoredToken.parse(row.text());
            if (stored.flaw() == null) {
                all.put(row.resourceServer(), stored.data(row.resourceServer()));
            }
        }
        return all;
    }

    /** The rows that cannot be read. */
    List<StorageFailure> flaws() {
        return database.read(Schema.Table.TOKENS, List.of(), connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("""
                            select namespace, resource_server, token_data_json from token_storage
                            order by namespace, rowid""")) {
                List<StorageFailure> all = new ArrayList<>();
                while (rows.next()) {
                    String flaw = StoredToken.parse(rows.getString(3)).flaw();
                    if (flaw != null) {
                        all.add(SqliteFailures.malformed(database.file(), rows.getString(1), rows.getString(2), flaw));
                    }
                }
                return all;
            }
        });
    }

    /** Those of one namespace. */
    List<StorageFailure> flaws(String namespace) {
        List<StorageFailure> all = new ArrayList<>();
        for (Row row : rows(OF_NAMESPACE, namespace).getOrDefault(namespace, List.of())) {
            String flaw = StoredToken.parse(row.text()).flaw();
            if (flaw != null) {
                all.add(SqliteFailures.malformed(database.file(), namespace, row.resourceServer(), flaw));
            }
        }
        return all;
    }

    private record Row(String resourceServer, @Nullable String text) {}

    private Map<String, List<Row>> rows(String sql, String... names) {
        return database.read(Schema.Table.TOKENS, Map.of(), connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                for (int i = 0; i < names.length; i++) {
                    Keys.bind(select, i + 1, names[i]);
                }
                try (ResultSet found = select.executeQuery()) {
                    Map<String, List<Row>> rows = new HashMap<>();
                    while (found.next()) {
                        rows.computeIfAbsent(found.getString(1), name -> new ArrayList<>())
                                .add(new Row(found.getString(2), found.getString(3)));
                    }
                    return rows;
                }
            }
        });
    }

    /** @throws io.github.evergrant.error.StorageFailure when there is a row that cannot be read */
    Optional<TokenData> read(String namespace, String resourceServer) {
        StoredToken stored = database.<@Nullable StoredToken>read(
                Schema.Table.TOKENS, null, connection -> select(connection, namespace, resourceServer));
        if (stored == null) {
            return Optional.empty();
        }
        String flaw = stored.flaw();
        if (flaw != null) {
            throw SqliteFailures.malformed(database.file(), namespace, resourceServer, flaw);
        }
        return Optional.of(stored.data(resourceServer));
    }

    private static @Nullable StoredToken select(Connection connection, String namespace, String resourceServer)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ONE)) {
            Keys.bind(select, 1, namespace);
            Keys.bind(select, 2, resourceServer);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? StoredToken.parse(rows.getString(1)) : null;
            }
        }
    }

    /**
     * As {@link io.github.evergrant.storage.TokenStorage#replace}. A row that cannot be read cannot have been seen, so it
     * counts as absent and may be written over: that is how a login mends it.
     */
    boolean replace(String namespace, Map<String, Fingerprint> seen, Map<String, TokenData> next) {
        if (seen.isEmpty() && next.isEmpty()) {
            return true;
        }
        Database.Work<Boolean> work = connection -> replace(connection, namespace, seen, next);
        return seen.isEmpty()
                ? database.store(namespace, Schema.Table.TOKENS, work)
                : database.change(namespace, Schema.Table.TOKENS, false, work);
    }

    private static boolean replace(
            Connection connection, String namespace, Map<String, Fingerprint> seen, Map<String, TokenData> next)
            throws SQLException {
        Map<String, @Nullable StoredToken> stored = new LinkedHashMap<>();
        Set<String> named = new HashSet<>(seen.keySet());
        named.addAll(next.keySet());
        for (String resourceServer : named) {
            StoredToken row = select(connection, namespace, resourceServer);
            stored.put(resourceServer, row);
            Fingerprint expected = seen.get(resourceServer);
            Fingerprint found = row == null || row.flaw() != null
                    ? null
                    : row.data(resourceServer).fingerprint();
            if (expected == null ? found != null : !expected.equals(found)) {
                return false;
            }
        }
        for (String resourceServer : seen.keySet()) {
            if (!next.containsKey(resourceServer)) {
                delete(connection, namespace, resourceServer);
            }
        }
        for (Map.Entry<String, TokenData> each : next.entrySet()) {
            StoredToken former = stored.get(each.getKey());
            put(connection, namespace, each.getKey(), each.getValue(), former == null ? null : former.value());
        }
        return true;
    }

    private static void delete(Connection connection, String namespace, String resourceServer) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("""
                delete from token_storage where namespace = ? and resource_server = ?""")) {
            Keys.bind(delete, 1, namespace);
            Keys.bind(delete, 2, resourceServer);
            delete.executeUpdate();
        }
    }

    private static void put(
            Connection connection, String namespace, String resourceServer, TokenData data, @Nullable Object former)
            throws SQLException {
        try (PreparedStatement put = connection.prepareStatement("""
                insert into token_storage (namespace, resource_server, token_data_json) values (?, ?, ?)
                on conflict (namespace, resource_server) do update set token_data_json = excluded.token_data_json""")) {
            Keys.bind(put, 1, namespace);
            Keys.bind(put, 2, resourceServer);
            put.setString(3, Json.text(TokenObject.writeForBoth(data, former)));
            put.executeUpdate();
        }
    }

    /** Whether there was anything, readable or not. */
    boolean remove(String namespace) {
        return database.change(namespace, Schema.Table.TOKENS, false, connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from token_storage where namespace = ?")) {
                Keys.bind(delete, 1, namespace);
                return delete.executeUpdate() > 0;
            }
        });
    }
}
