package io.github.evergrant.storage.sqlite;

import static io.github.evergrant.storage.sqlite.SqliteFiles.renew;
import static io.github.evergrant.storage.sqlite.SqliteFiles.store;
import static io.github.evergrant.storage.sqlite.SqliteFiles.token;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred thousand sessions in one database. */
final class ManyNamespacesTest {

    private static final int MANY = 100_000;

    @TempDir
    private Path folder;

    @Test
    @DisplayName("W22: one session of 100,000 is found by its key, and listing them sorts nothing")
    void one_session_of_many_is_found_by_its_key() throws Exception {
        Path path = folder.resolve("tokens.db");
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path)) {
            store(storage, "first", token("rs", "at"));
            SqliteFiles.execute(path, """
                    with recursive n (i) as (select 1 union all select i + 1 from n where i < 100000)
                    insert into token_storage
                    select printf('session-%06d', i), 'rs', replace(token_data_json, '"at"', '"at-' || i || '"')
                    from n, token_storage where namespace = 'first'""");
            assertThat(storage.read("session-054321")).containsOnlyKeys("rs");
            assertThat(renew(storage, "session-099999", token("rs", "renewed"))).isTrue();
            assertThat(storage.read("session-099999", "rs")).contains(token("rs", "renewed"));
            List<String> names = storage.namespaces();
            assertThat(names).hasSize(MANY + 1).startsWith("first", "session-000001");
            List<String> handedOut = new ArrayList<>();
            storage.forEach((name, way) -> {
                if (way.get().containsKey("rs")) {
                    handedOut.add(name);
                }
            });
            assertThat(handedOut).isEqualTo(names);
        }
        assertThat(plan(path, "select distinct namespace from token_storage order by namespace"))
                .contains("COVERING INDEX")
                .doesNotContain("TEMP B-TREE");
        assertThat(plan(path, "select token_data_json from token_storage where namespace = ? and resource_server = ?"))
                .contains("SEARCH token_storage USING INDEX", "(namespace=? AND resource_server=?)");
        assertThat(plan(
                        path,
                        "select namespace, resource_server, token_data_json from token_storage"
                                + " where namespace = ? order by rowid"))
                .contains("SEARCH token_storage USING INDEX", "(namespace=?)");
        assertThat(plan(
                        path,
                        "select namespace, resource_server, token_data_json from token_storage"
                                + " where namespace >= ? and namespace <= ? order by rowid"))
                .contains("SEARCH token_storage USING INDEX", "(namespace>? AND namespace<?)");
    }

    private static String plan(Path path, String sql) throws Exception {
        try (Connection connection = SqliteFiles.connect(path);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("explain query plan " + sql)) {
            StringBuilder plan = new StringBuilder();
            while (rows.next()) {
                plan.append(rows.getString("detail")).append('\n');
            }
            return plan.toString();
        }
    }
}
