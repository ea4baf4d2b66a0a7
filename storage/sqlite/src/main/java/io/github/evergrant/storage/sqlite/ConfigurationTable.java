package io.github.evergrant.storage.sqlite;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.storage.json.JsonValues;
import io.github.evergrant.storage.json.MalformedJson;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of configuration objects, which a database may lack until the first is stored. */
final class ConfigurationTable {

    private final Database database;

    ConfigurationTable(Database database) {
        this.database = database;
    }

    /** Straight from the index of the primary key, which is in this order. */
    List<String> names(String namespace) {
        return database.read(Schema.Table.CONFIGURATIONS, List.of(), connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                    select config_name from config_storage where namespace = ? order by config_name""")) {
                Keys.bind(select, 1, namespace);
                try (ResultSet rows = select.executeQuery()) {
                    List<String> names = new ArrayList<>();
                    while (rows.next()) {
                        names.add(rows.getString(1));
                    }
                    return names;
                }
            }
        });
    }

    /** The objects that cannot be read. */
    List<StorageFailure> flaws() {
        return database.read(Schema.Table.CONFIGURATIONS, List.of(), connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("""
                            select namespace, config_name, config_data_json from config_storage
                            order by namespace, config_name""")) {
                List<StorageFailure> all = new ArrayList<>();
                while (rows.next()) {
                    try {
                        Json.readObject(String.valueOf(rows.getString(3)));
                    } catch (MalformedJson e) {
                        all.add(SqliteFailures.badConfiguration(
                                database.file(), rows.getString(1), rows.getString(2), e));
                    }
                }
                return all;
            }
        });
    }

    Optional<Map<String, @Nullable Object>> read(String namespace, String name) {
        Optional<String> text = database.read(Schema.Table.CONFIGURATIONS, Optional.empty(), connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                    select config_data_json from config_storage where namespace = ? and config_name = ?""")) {
                Keys.bind(select, 1, namespace);
                Keys.bind(select, 2, name);
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next() ? Optional.of(String.valueOf(rows.getString(1))) : Optional.empty();
                }
            }
        });
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Json.readObject(text.get()));
        } catch (MalformedJson e) {
            throw SqliteFailures.badConfiguration(database.file(), namespace, name, e);
        }
    }

    void store(String namespace, String name, Map<String, @Nullable Object> value) {
        String text = Json.text(JsonValues.requireStorable(name, value));
        database.store(namespace, Schema.Table.CONFIGURATIONS, connection -> {
            try (PreparedStatement put = connection.prepareStatement("""
                    insert into config_storage (namespace, config_name, config_data_json) values (?, ?, ?)
                    on conflict (namespace, config_name) do update set config_data_json = excluded.config_data_json""")) {
                Keys.bind(put, 1, namespace);
                Keys.bind(put, 2, name);
                put.setString(3, text);
                return put.executeUpdate();
            }
        });
    }

    boolean remove(String namespace, String name) {
        return database.change(namespace, Schema.Table.CONFIGURATIONS, false, connection -> {
            try (PreparedStatement delete = connection.prepareStatement("""
                    delete from config_storage where namespace = ? and config_name = ?""")) {
                Keys.bind(delete, 1, namespace);
                Keys.bind(delete, 2, name);
                return delete.executeUpdate() > 0;
            }
        });
    }
}
