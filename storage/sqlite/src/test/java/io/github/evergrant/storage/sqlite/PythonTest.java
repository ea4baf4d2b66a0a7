package io.github.evergrant.storage.sqlite;

import static io.github.evergrant.storage.sqlite.SqliteFiles.renew;
import static io.github.evergrant.storage.sqlite.SqliteFiles.store;
import static io.github.evergrant.storage.sqlite.SqliteFiles.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.testing.PythonProgram;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Python program on the same database, with the statements that globus_sdk uses and nothing but sqlite3. */
final class PythonTest {

    private static final boolean FULL = "full".equals(System.getProperty("evergrant.loops"));

    private static final String PROGRAM = """
            import json, os, sqlite3, sys
            path = sys.argv[1]
            fresh = not os.path.exists(path)
            db = sqlite3.connect(path)
            if fresh:
                db.executescript('''
                    CREATE TABLE config_storage (namespace VARCHAR NOT NULL, config_name VARCHAR NOT NULL,
                        config_data_json VARCHAR NOT NULL, PRIMARY KEY (namespace, config_name));
                    CREATE TABLE token_storage (namespace VARCHAR NOT NULL, resource_server VARCHAR NOT NULL,
                        token_data_json VARCHAR NOT NULL, PRIMARY KEY (namespace, resource_server));
                    CREATE TABLE sdk_storage_adapter_internal (attribute VARCHAR NOT NULL, value VARCHAR NOT NULL,
                        PRIMARY KEY (attribute));''')
                db.execute("INSERT INTO sdk_storage_adapter_internal VALUES ('globus-sdk.version', '4.9.0')")
                db.commit()
            def store(rs, access):
                data = {"scope": "s", "access_token": access, "refresh_token": None, "token_type": "Bearer",
                    "expires_at_seconds": 1767398400, "resource_server": rs}
                db.execute("REPLACE INTO token_storage(namespace, resource_server, token_data_json) VALUES(?, ?, ?)",
                    ("DEFAULT", rs, json.dumps(data)))
                db.commit()
            print("ready", flush=True)
            for line in sys.stdin:
                words = line.split()
                if words[0] == "store":
                    store(words[1], words[2])
                    print("stored", flush=True)
                elif words[0] == "many":
                    for i in range(int(words[1])):
                        store("python-%d" % i, "at")
                    print("done", flush=True)
                elif words[0] == "read":
                    rows = db.execute("SELECT token_data_json FROM token_storage WHERE namespace=? AND resource_server=?",
                        ("DEFAULT", words[1])).fetchall()
                    print(json.loads(rows[0][0])["access_token"] if rows else "none", flush=True)
                elif words[0] == "remove":
                    count = db.execute("DELETE FROM token_storage WHERE namespace=? AND resource_server=?",
                        ("DEFAULT", words[1])).rowcount
                    db.commit()
                    print(count, flush=True)
            """;

    @TempDir
    private Path folder;

    private Path path() {
        return folder.resolve("tokens.db");
    }

    private PythonProgram python() {
        return PythonProgram.start(PROGRAM, path().toString());
    }

    @Test
    @DisplayName("100: Python reads, renews and removes what Java made, and Java sees it")
    void python_reads_renews_and_removes_what_we_made() {
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path())) {
            store(storage, "DEFAULT", token("a", "a-1"));
            store(storage, "DEFAULT", token("b", "b-1"));
            try (PythonProgram python = python()) {
                assertThat(python.ask("read a")).isEqualTo("a-1");
                assertThat(python.ask("store a a-2")).isEqualTo("stored");
                assertThat(storage.read("DEFAULT", "a")
                                .orElseThrow()
                                .accessToken()
                                .reveal())
                        .isEqualTo("a-2");
                assertThat(renew(storage, "DEFAULT", token("a", "a-3"))).isTrue();
                assertThat(python.ask("read a")).isEqualTo("a-3");
                assertThat(python.ask("remove a")).isEqualTo("1");
                assertThat(python.ask("remove a")).isEqualTo("0");
                assertThat(storage.read("DEFAULT")).containsOnlyKeys("b");
            }
        }
    }

    @Test
    void a_renewal_by_python_makes_ours_lose() {
        try (PythonProgram python = python();
                SqliteTokenStorage storage = SqliteTokenStorage.open(path())) {
            python.ask("store rs theirs-1");
            var seen = storage.read("DEFAULT", "rs").orElseThrow();
            python.ask("store rs theirs-2");
            assertThat(storage.replace(
                            "DEFAULT",
                            java.util.Map.of("rs", seen.fingerprint()),
                            java.util.Map.of("rs", token("rs", "ours"))))
                    .isFalse();
            assertThat(python.ask("read rs")).isEqualTo("theirs-2");
        }
    }

    @Test
    @DisplayName("101: Python and Java take turns storing entries, then store at the same time: all are there")
    void no_entry_is_lost_between_python_and_java() {
        int turns = FULL ? 500 : 50;
        int each = FULL ? 500 : 150;
        try (PythonProgram python = python();
                SqliteTokenStorage storage = SqliteTokenStorage.open(path())) {
            for (int i = 0; i < turns; i++) {
                assertThat(python.ask("store turn-python-" + i + " at")).isEqualTo("stored");
                assertThat(store(storage, "DEFAULT", token("turn-java-" + i, "at")))
                        .isTrue();
            }
            python.say("many " + each);
            for (int i = 0; i < each; i++) {
                assertThat(store(storage, "DEFAULT", token("java-" + i, "at"))).isTrue();
            }
            assertThat(python.hear()).isEqualTo("done");
            assertThat(storage.read("DEFAULT")).hasSize(2 * turns + 2 * each);
        }
    }
}
