package io.github.evergrant.storage.sqlite;

import static io.github.evergrant.storage.sqlite.SqliteFiles.renew;
import static io.github.evergrant.storage.sqlite.SqliteFiles.store;
import static io.github.evergrant.storage.sqlite.SqliteFiles.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.evergrant.token.Secret;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred thousand sessions in one database, or a thousand records in one session. */
final class ManyNamespacesTest {

    private static final int MANY = 100_000;

    @TempDir
    private Path folder;

    @Test
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
        assertThat(plan(path, TokenTable.NAMESPACES)).contains("COVERING INDEX").doesNotContain("TEMP B-TREE");
        assertThat(plan(path, TokenTable.ONE))
                .contains("SEARCH token_storage USING INDEX", "(namespace=? AND resource_server=?)");
        assertThat(plan(path, TokenTable.OF_NAMESPACE)).contains("SEARCH token_storage USING INDEX", "(namespace=?)");
        assertThat(plan(path, TokenTable.BETWEEN_NAMESPACES))
                .contains("SEARCH token_storage USING INDEX", "(namespace>? AND namespace<?)");
    }

    @Test
    @DisplayName("W22: of a thousand records of one session the one that is asked for is read, and no other")
    void of_a_thousand_records_the_one_that_is_asked_for_is_read() {
        Path path = folder.resolve("tokens.db");
        String large = "x".repeat(10_000);
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path)) {
            store(storage, "DEFAULT", token("rs-0", "at").withExtra(Map.of("large", large)));
            SqliteFiles.execute(path, """
                    with recursive n (i) as (select 1 union all select i + 1 from n where i < 999)
                    insert into token_storage
                    select 'DEFAULT', 'rs-' || i, replace(token_data_json, '"at"', '"at-' || i || '"')
                    from n, token_storage""");
            long one = allocated(() -> assertThat(
                            storage.read("DEFAULT", "rs-500").orElseThrow().accessToken())
                    .isEqualTo(Secret.of("at-500")));
            long all = allocated(() -> assertThat(storage.read("DEFAULT")).hasSize(1000));
            assertThat(all).isGreaterThan(1000L * large.length());
            assertThat(one).isLessThan(all / 10);
            SqliteFiles.execute(
                    path, "update token_storage set token_data_json = '{}' where resource_server <> 'rs-500'");
            assertThat(storage.read("DEFAULT", "rs-500")).isPresent();
            assertThat(storage.read("DEFAULT")).containsOnlyKeys("rs-500");
        }
    }

    /** The bytes of all objects that something makes. */
    private static long allocated(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        // The first time, classes are loaded.
        work.run();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
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
