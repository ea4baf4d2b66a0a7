package io.github.evergrant.storage.sqlite;

import io.github.evergrant.lease.Pause;
import io.github.evergrant.storage.file.Writer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/** The tables, as globus_sdk's first storage class makes them (schema 1); its later one makes no table of configuration. */
final class Schema {

    private static final int MAKER_ATTEMPTS = 10;
    private static final long MAKER_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** A table that is used. */
    enum Table {
        TOKENS("token_storage"),
        CONFIGURATIONS("config_storage"),
        INTERNAL("sdk_storage_adapter_internal");

        private final String title;

        Table(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    private Schema() {}

    static boolean has(Connection connection, Table table) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select 1 from sqlite_master where type = 'table' and name = ?")) {
            statement.setString(1, table.title());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /**
     * Python makes a database in four steps and fails if one is already done: a database without tables is given a
     * moment, since Python may be making them just now.
     */
    static void awaitMaker(Connection connection) throws SQLException {
        for (int attempt = 1; attempt < MAKER_ATTEMPTS && !has(connection, Table.TOKENS); attempt++) {
            Pause.nanos(MAKER_PAUSE_NANOS);
        }
    }

    /** Makes a table that is missing; if it is that of the tokens, the others too. Only in a transaction. */
    static void complete(Connection connection, Table needed) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!has(connection, Table.TOKENS)) {
                makeTokens(statement);
                makeConfigurations(statement);
                makeInternal(connection, statement);
            } else if (needed == Table.CONFIGURATIONS) {
                makeConfigurations(statement);
            }
        }
    }

    private static void makeTokens(Statement statement) throws SQLException {
        statement.execute("""
                CREATE TABLE IF NOT EXISTS token_storage (
                    namespace VARCHAR NOT NULL,
                    resource_server VARCHAR NOT NULL,
                    token_data_json VARCHAR NOT NULL,
                    PRIMARY KEY (namespace, resource_server)
                )""");
    }

    private static void makeConfigurations(Statement statement) throws SQLException {
        statement.execute("""
                CREATE TABLE IF NOT EXISTS config_storage (
                    namespace VARCHAR NOT NULL,
                    config_name VARCHAR NOT NULL,
                    config_data_json VARCHAR NOT NULL,
                    PRIMARY KEY (namespace, config_name)
                )""");
    }

    private static void makeInternal(Connection connection, Statement statement) throws SQLException {
        statement.execute("""
                CREATE TABLE IF NOT EXISTS sdk_storage_adapter_internal (
                    attribute VARCHAR NOT NULL,
                    value VARCHAR NOT NULL,
                    PRIMARY KEY (attribute)
                )""");
        try (PreparedStatement insert =
                connection.prepareStatement("insert or ignore into sdk_storage_adapter_internal values (?, ?)")) {
            insert.setString(1, "globus-sdk.version");
            insert.setString(2, Writer.NAME);
            insert.executeUpdate();
            insert.setString(1, "globus-sdk.database_schema_version");
            insert.setString(2, "1");
            insert.executeUpdate();
        }
    }

    static boolean isWrittenByEvergrant(Connection connection) throws SQLException {
        if (!has(connection, Table.INTERNAL)) {
            return false;
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select value from sdk_storage_adapter_internal where attribute = 'globus-sdk.version'""")) {
            String writer = rows.next() ? rows.getString(1) : null;
            return writer != null && Writer.isEvergrant(writer);
        }
    }
}
