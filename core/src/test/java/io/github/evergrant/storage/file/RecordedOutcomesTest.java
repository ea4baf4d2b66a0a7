package io.github.evergrant.storage.file;

import static io.github.evergrant.storage.file.JsonFiles.asWrittenBy;
import static io.github.evergrant.storage.file.JsonFiles.file;
import static io.github.evergrant.storage.file.JsonFiles.golden;
import static io.github.evergrant.storage.file.JsonFiles.store;
import static io.github.evergrant.storage.file.JsonFiles.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.storage.json.MalformedJson;
import io.github.evergrant.storage.json.TokenObject;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bad and odd files, beside what the Python library was recorded to do with each: what either of its generations reads, we
 * read; what it can repair, we can; a bad record hides no good one; all else is refused by name and not touched.
 */
final class RecordedOutcomesTest {

    private static final String READ_2 = "JSONTokenStorage.get_token_data_by_resource_server";
    private static final String STORE_2 = "JSONTokenStorage.store(new) -> file text";
    private static final String READ_1 = "SimpleJSONFileAdapter.get_by_resource_server";

    /** What the recorded store stored. */
    private static final TokenData NEW =
            new TokenData("new", Secret.of("a"), null, null, Scopes.of("s"), Expiry.ofEpochSecond(5), null, Map.of());

    @TempDir
    private Path folder;

    static Stream<String> files() {
        return JsonFiles.goldenFiles("negative")
                .map(name -> name.substring("negative/".length()))
                .filter(name -> !name.equals("expected_outcomes.json"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, @Nullable Object>> recorded(String name) throws MalformedJson {
        return (Map<String, Map<String, @Nullable Object>>) Objects.requireNonNull(
                Json.readObject(golden("negative/expected_outcomes.json")).get(name), name);
    }

    private static @Nullable Object done(String name, String operation) throws MalformedJson {
        return Objects.requireNonNull(recorded(name).get(operation)).get("ok");
    }

    private static Map<?, ?> entries(Object document) {
        Map<?, ?> root = (Map<?, ?>) document;
        return root.get("by_rs") instanceof Map<?, ?> entries
                ? entries
                : (Map<?, ?>)
                        Objects.requireNonNull(((Map<?, ?>) Objects.requireNonNull(root.get("data"))).get("DEFAULT"));
    }

    @Test
    void every_file_has_a_recorded_outcome_and_the_other_way_round() throws MalformedJson {
        assertThat(files())
                .hasSize(27)
                .containsExactlyInAnyOrderElementsOf(
                        Json.readObject(golden("negative/expected_outcomes.json")).keySet().stream()
                                .filter(name -> name.endsWith(".json"))
                                .toList());
    }

    @ParameterizedTest
    @MethodSource("files")
    void what_python_was_recorded_to_do_we_do_no_worse(String name) throws MalformedJson {
        Object second = done(name, READ_2);
        Object first = done(name, READ_1);
        Object repaired = done(name, STORE_2);
        Path path = file(folder, golden("negative/" + name));
        if (second != null) {
            assertReads(path, (Map<?, ?>) second);
        } else if (first != null || repaired != null) {
            assertReads(path, entries(Json.readObject(text(path))));
        } else {
            assertRefuses(path);
        }
        if (repaired != null) {
            assertRepairs(path, (String) repaired);
        }
    }

    /** The good records are read, and each bad one is named to whoever asks for it. */
    private static void assertReads(Path path, Map<?, ?> entries) {
        String before = text(path);
        JsonTokenStorage storage = JsonTokenStorage.open(path);
        Map<String, TokenData> good = new LinkedHashMap<>();
        entries.forEach((name, entry) -> {
            String flaw = TokenObject.flaw(entry);
            if (flaw == null) {
                good.put((String) name, TokenObject.read((String) name, (Map<?, ?>) entry));
            } else {
                assertFails(path, () -> storage.read("DEFAULT", (String) name), flaw);
            }
        });
        assertThat(storage.namespaces()).containsExactly("DEFAULT");
        assertThat(storage.read("DEFAULT")).isEqualTo(good);
        good.forEach((name, data) -> assertThat(storage.read("DEFAULT", name)).contains(data));
        assertThat(text(path)).isEqualTo(before);
    }

    private static void assertRefuses(Path path) {
        String before = text(path);
        JsonTokenStorage storage = JsonTokenStorage.open(path);
        for (ThrowingCallable each : List.<ThrowingCallable>of(
                () -> storage.read("DEFAULT"),
                () -> storage.read("DEFAULT", "rs"),
                () -> store(storage, "DEFAULT", NEW))) {
            assertFails(path, each, "");
        }
        assertThat(text(path)).isEqualTo(before);
    }

    /** The store that Python could do, we can do: in format 2.0 to the byte, while a 1.0 file stays one. */
    private static void assertRepairs(Path path, String python) throws MalformedJson {
        boolean format1 = text(path).contains("\"format_version\": \"1.0\"");
        assertThat(store(JsonTokenStorage.open(path), "DEFAULT", NEW)).isTrue();
        if (format1) {
            assertThat(text(path)).contains("\"format_version\": \"1.0\"", "\"globus-sdk.version\": \"");
            assertThat(entries(Json.readObject(text(path))).keySet())
                    .isEqualTo(entries(Json.readObject(python)).keySet());
        } else {
            assertThat(asWrittenBy("4.9.0", text(path))).isEqualTo(python);
        }
    }

    private static void assertFails(Path path, ThrowingCallable call, String flaw) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.advice()).isNotEmpty())
                .hasMessageContaining(path.toString())
                .hasMessageContaining(flaw);
    }
}
