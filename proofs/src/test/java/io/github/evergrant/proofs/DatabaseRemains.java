package io.github.evergrant.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** An SQLite database. */
final class DatabaseRemains extends Remains {

    private final Path store;

    DatabaseRemains(Path store) {
        super(
                store,
                store.resolveSibling(""),
                Stream.of("-journal", "-wal", "-shm")
                        .map(ending -> beside(store, ending))
                        .toList());
        this.store = store;
    }

    @Override
    JsonNode record(String session, String resourceServer) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store);
                Statement statement = connection.createStatement()) {
            try (ResultSet check = statement.executeQuery("pragma integrity_check")) {
                assertThat(check.next()).isTrue();
                assertThat(check.getString(1)).isEqualTo("ok");
                assertThat(check.next()).isFalse();
            }
            List<JsonNode> rows = new ArrayList<>();
            try (ResultSet found =
                    statement.executeQuery("select namespace, resource_server, token_data_json from token_storage")) {
                while (found.next()) {
                    assertThat(found.getString(1)).isEqualTo(session);
                    assertThat(found.getString(2)).isEqualTo(resourceServer);
                    rows.add(STRICT.readTree(found.getString(3)));
                }
            }
            assertThat(rows).hasSize(1);
            assertThat(rows.get(0).path("resource_server").asString("")).isEqualTo(resourceServer);
            return rows.get(0);
        }
    }

    /** A transaction, to be undone by whoever opens the database next. */
    @Override
    List<String> unfinished() {
        return Files.exists(beside(store, "-journal")) ? List.of("in a transaction") : List.of();
    }
}
