package io.github.evergrant.cli.quick;

import com.google.gson.stream.JsonReader;
import io.github.evergrant.cli.frame.SessionNames;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a store has of one session.
 *
 * @param session its name
 * @param records what is stored for each resource server, as JSON values
 */
record SeenStore(String session, Map<?, ?> records) {

    private static final String DATA = "data";

    /**
     * Reads the whole text of a JSON store of format 2.0 (docs/protocols/globus.md section 5).
     *
     * @param name which session is meant, or null for the only one
     * @return null when there is none, or no only one, or the text is of another format
     * @throws IOException when it is no plain JSON
     */
    static @Nullable SeenStore read(byte[] text, @Nullable String name) throws IOException {
        JsonReader reader = PlainJson.reader(text);
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String property = reader.nextName();
            PlainJson.put(root, property, property.equals(DATA) ? sessions(reader, name) : PlainJson.value(reader));
        }
        reader.endObject();
        PlainJson.end(reader);
        boolean known = "2.0".equals(root.get("format_version")) && root.get("globus-sdk.version") instanceof String;
        return known && root.get(DATA) instanceof Map<?, ?> sessions ? only(sessions) : null;
    }

    /** Those that are meant; the others have a name here, and nothing more. */
    private static Map<String, @Nullable Object> sessions(JsonReader reader, @Nullable String name) throws IOException {
        Map<String, @Nullable Object> sessions = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String each = reader.nextName();
            Object value = PlainJson.value(reader);
            PlainJson.put(sessions, each, name == null || name.equals(each) ? value : null);
        }
        reader.endObject();
        return sessions;
    }

    /** Without the records, which hold tokens. */
    @Override
    public String toString() {
        return "SeenStore[" + session + "]";
    }

    private static @Nullable SeenStore only(Map<?, ?> sessions) {
        SeenStore found = null;
        for (Map.Entry<?, ?> each : sessions.entrySet()) {
            boolean none = each.getValue() == null || (each.getValue() instanceof Map<?, ?> map && map.isEmpty());
            if (!none) {
                if (found != null || !(each.getValue() instanceof Map<?, ?> records)) {
                    return null;
                }
                found = new SeenStore(SessionNames.known((String) each.getKey()), records);
            }
        }
        return found;
    }
}
