package io.github.evergrant.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.storage.json.Json;
import io.github.evergrant.storage.json.MalformedJson;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Python program that uses a store as both generations of globus_sdk do. It is told a command and its arguments, and says
 * what it did or how it failed; which commands there are stands in its text.
 */
public final class GlobusPython implements AutoCloseable {

    private static final String RECORDS = "globus_records.py";

    private final PythonProgram program;

    private GlobusPython(String name, String... arguments) {
        this.program = PythonProgram.start(text(RECORDS) + text(name), arguments);
    }

    /** On a JSON file, which need not be there. */
    public static GlobusPython json(Path store) {
        return new GlobusPython("globus_json.py", store.toString());
    }

    /** On an SQLite database, which is made in a schema if it is not there: the tests of that storage have the text. */
    public static GlobusPython sqlite(Path store, int schema) {
        return new GlobusPython("globus_sqlite.py", store.toString(), Integer.toString(schema));
    }

    private static String text(String name) {
        try (InputStream in = Objects.requireNonNull(GlobusPython.class.getResourceAsStream("/python/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void say(@Nullable Object... words) {
        program.say(Json.text(Arrays.asList(words)));
    }

    /** What it did: its result. */
    public @Nullable Object hear() {
        Map<String, @Nullable Object> answer = answer();
        assertThat(answer).as("%s", answer).containsKey("ok");
        return answer.get("ok");
    }

    public @Nullable Object ask(@Nullable Object... words) {
        say(words);
        return hear();
    }

    /** The kind of error that it ended in. */
    public Object fails(@Nullable Object... words) {
        say(words);
        Map<String, @Nullable Object> answer = answer();
        assertThat(answer).as("%s", answer).containsKey("error");
        return ((List<?>) Objects.requireNonNull(answer.get("error"))).get(0);
    }

    private Map<String, @Nullable Object> answer() {
        try {
            return Json.readObject(program.hear());
        } catch (MalformedJson e) {
            throw new AssertionError(e);
        }
    }

    /** All records as the first generation gives them. */
    @SuppressWarnings("unchecked")
    public Map<String, Map<String, @Nullable Object>> readFirst(String... namespace) {
        Object[] words =
                Stream.concat(Stream.of("v1.read"), Stream.of(namespace)).toArray();
        return (Map<String, Map<String, @Nullable Object>>) Objects.requireNonNull(ask(words));
    }

    /** All records of a namespace, each checked by Python for its fields and their types. */
    @SuppressWarnings("unchecked")
    public Map<String, Map<String, @Nullable Object>> read(String namespace) {
        return (Map<String, Map<String, @Nullable Object>>) Objects.requireNonNull(ask("v2.read", namespace));
    }

    /** A record as Python holds it in memory. */
    public static Map<String, @Nullable Object> record(TokenData data) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("resource_server", data.resourceServer());
        fields.put("identity_id", data.identityId());
        fields.put("scope", data.scopes().text());
        fields.put("access_token", data.accessToken().reveal());
        fields.put("refresh_token", data.refresh().map(Secret::reveal).orElse(null));
        fields.put("expires_at_seconds", data.expiry().epochSecond());
        fields.put("token_type", data.tokenType());
        fields.put("extra", data.extra());
        return fields;
    }

    @Override
    public void close() {
        program.close();
    }
}
