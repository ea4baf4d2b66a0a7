package io.github.evergrant.storage.sqlite;

import io.github.evergrant.storage.Names;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Names as keys of rows. */
final class Keys {

    private Keys() {}

    /** SQLite keeps UTF-8, so a name must be one of whole characters. */
    static void bind(PreparedStatement statement, int index, String name) throws SQLException {
        statement.setString(index, Names.require(name));
    }
}
