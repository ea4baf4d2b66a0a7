package io.github.evergrant.storage.sqlite;

import io.github.evergrant.storage.json.Json;
import io.github.evergrant.storage.json.MalformedJson;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of configuration objects, which a database may lack until the first is stored. */
final class ConfigurationTable {

    private final Database database;

    ConfigurationTable(Database database) {
        this.database = database;
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
        String text = Json.text(value);
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
