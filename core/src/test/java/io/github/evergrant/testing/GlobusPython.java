package io.github.evergrant.storage.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.storage.json.Json;
import io.github.evergrant.storage.json.MalformedJson;
import io.github.evergrant.testing.PythonProgram;
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
import org.jspecify.annotations.Nullable;

/** A Python program that uses a JSON store as both generations of globus_sdk do; its text is {@code globus_json.py}. */
final class GlobusPython implements AutoCloseable {

    private static final String TEXT = text();

    private final PythonProgram program;

    GlobusPython(Path store) {
        this.program = PythonProgram.start(TEXT, store.toString());
    }

    private static String text() {
        try (InputStream in =
                Objects.requireNonNull(GlobusPython.class.getResourceAsStream("/python/globus_json.py"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void say(@Nullable Object... words) {
        program.say(Json.text(Arrays.asList(words)));
    }

    /** What it did: its result. */
    @Nullable
    Object hear() {
        Map<String, @Nullable Object> answer = answer();
        assertThat(answer).as("%s", answer).containsKey("ok");
        return answer.get("ok");
    }

    @Nullable
    Object ask(@Nullable Object... words) {
        say(words);
        return hear();
    }

    /** The kind of error that it ended in. */
    Object fails(@Nullable Object... words) {
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

    /** All records as the first generation gives them: unchecked. */
    @SuppressWarnings("unchecked")
    Map<String, Map<String, @Nullable Object>> readFirst() {
        return (Map<String, Map<String, @Nullable Object>>) Objects.requireNonNull(ask("v1.read"));
    }

    /** All records of a namespace, each checked by Python for its fields and their types. */
    @SuppressWarnings("unchecked")
    Map<String, Map<String, @Nullable Object>> read(String namespace) {
        return (Map<String, Map<String, @Nullable Object>>) Objects.requireNonNull(ask("v2.read", namespace));
    }

    /** A record as Python holds it in memory. */
    static Map<String, @Nullable Object> record(TokenData data) {
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
