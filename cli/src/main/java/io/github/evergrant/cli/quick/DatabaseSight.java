package io.github.evergrant.cli.quick;

import io.github.evergrant.cli.frame.SessionNames;
import io.github.evergrant.storage.sqlite.SqliteGlance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An SQLite database. */
record DatabaseSight(SqliteGlance database) implements Sight {

    /** Null when it is not plain. */
    static @Nullable Sight at(Path store) throws IOException {
        SqliteGlance database = SqliteGlance.at(store);
        return database == null ? null : new DatabaseSight(database);
    }

    @Override
    public @Nullable SeenStore stored(@Nullable String name) throws IOException {
        String session = name == null ? database.onlyNamespace() : name;
        Map<String, String> texts = session == null ? null : database.texts(SessionNames.known(session));
        if (session == null || texts == null || texts.isEmpty()) {
            return null;
        }
        Map<String, @Nullable Object> records = new LinkedHashMap<>();
        for (Map.Entry<String, String> each : texts.entrySet()) {
            PlainJson.put(
                    records, each.getKey(), PlainJson.object(each.getValue().getBytes(StandardCharsets.UTF_8)));
        }
        return new SeenStore(session, records);
    }

    @Override
    public @Nullable List<byte[]> journals(String session) throws IOException {
        return database.journals(session);
    }

    @Override
    public void close() throws IOException {
        database.close();
    }
}
