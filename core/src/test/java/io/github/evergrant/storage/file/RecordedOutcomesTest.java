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
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

    /** Of the files that Python reads in neither generation and can repair: the records that are good all the same. */
    private static final Map<String, Set<String>> GOOD_ALL_THE_SAME =
            Map.of("v2-one-good-one-bad.json", Set.of("rs"), "v2-token-bad-type.json", Set.of());

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
        } else if (first != null) {
            assertReads(path, (Map<?, ?>) first);
        } else if (repaired != null) {
            Map<Object, @Nullable Object> entries = new LinkedHashMap<>(entries(Json.readObject(text(path))));
            Set<String> good = Objects.requireNonNull(GOOD_ALL_THE_SAME.get(name), name);
            entries.replaceAll((key, entry) -> good.contains(key) ? entry : null);
            assertReads(path, entries);
        } else {
            assertRefuses(path);
        }
        if (repaired != null) {
            assertRepairs(path, (String) repaired);
        }
    }

    /** Each record has the values that Python gave, to the letter; what is no record is named to whoever asks for it. */
    private static void assertReads(Path path, Map<?, ?> recorded) {
        String before = text(path);
        JsonTokenStorage storage = JsonTokenStorage.open(path);
        assertThat(storage.namespaces()).containsExactly("DEFAULT");
        Map<String, TokenData> read = storage.read("DEFAULT");
        List<String> good = new ArrayList<>();
        recorded.forEach((key, entry) -> {
            String name = (String) key;
            if (entry instanceof Map<?, ?> fields) {
                good.add(name);
                assertSame(Objects.requireNonNull(read.get(name), name), fields);
                assertThat(storage.read("DEFAULT", name)).contains(read.get(name));
            } else {
                assertFails(path, () -> storage.read("DEFAULT", name), entry == null ? "" : "it is not an object");
            }
        });
        assertThat(read.keySet()).containsExactlyElementsOf(good);
        assertThat(text(path)).isEqualTo(before);
    }

    private static void assertSame(TokenData data, Map<?, ?> fields) {
        assertThat(data.accessToken().reveal()).isEqualTo(fields.get("access_token"));
        assertThat(data.refresh().map(Secret::reveal).orElse(null)).isEqualTo(fields.get("refresh_token"));
        assertThat(data.scopes().text()).isEqualTo(fields.get("scope"));
        assertThat(data.tokenType()).isEqualTo(fields.get("token_type"));
        assertThat(data.identityId()).isEqualTo(fields.get("identity_id"));
        assertThat(data.expiry())
                .isEqualTo(
                        fields.get("expires_at_seconds") instanceof Long seconds
                                ? Expiry.ofEpochSecond(seconds)
                                : Expiry.never());
        assertThat(data.extra()).isEmpty();
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
