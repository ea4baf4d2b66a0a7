package io.github.evergrant.storage.file;

import static io.github.evergrant.storage.file.JsonFiles.file;
import static io.github.evergrant.storage.file.JsonFiles.golden;
import static io.github.evergrant.storage.file.JsonFiles.text;
import static io.github.evergrant.storage.file.JsonFiles.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.StorageFailure;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are bad or odd: what is reported, and that they are left alone. */
final class NegativeJsonTest {

    @TempDir
    private Path folder;

    private static void assertFails(String code, Path path, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(StorageFailure.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.advice()).isNotEmpty();
                })
                .hasMessageContaining(path.getFileName().toString())
                .hasMessageNotContaining("FAKE");
    }

    @ParameterizedTest
    @CsvSource({
        "empty-file, store_corrupt",
        "not-json, store_corrupt",
        "truncated, store_corrupt",
        "v2-trailing-garbage, store_corrupt",
        "v2-utf8-bom, store_corrupt",
        "empty-object, store_format_unknown",
        "root-list, store_format_unknown",
        "root-string, store_format_unknown",
        "v1-by_rs-list, store_format_unknown",
        "v1-no-by_rs, store_format_unknown",
        "v2-data-list, store_format_unknown",
        "v2-no-data, store_format_unknown",
        "v2-no-sdk-version, store_format_unknown",
        "version-1.1, store_format_unknown",
        "version-list, store_format_unknown",
        "version-missing, store_format_unknown",
        "version-number-2.0, store_format_unknown"
    })
    @DisplayName("10, 11, 12, 13: a file that is no store is reported and never touched")
    void a_file_that_is_no_store_is_reported_and_never_touched(String name, String code) {
        String golden = golden("negative/" + name + ".json");
        Path path = file(folder, golden);
        JsonTokenStorage storage = JsonTokenStorage.open(path);
        assertFails(code, path, () -> storage.read("DEFAULT"));
        assertFails(code, path, () -> storage.read("DEFAULT", "rs"));
        assertFails(code, path, storage::namespaces);
        assertFails(code, path, () -> storage.replace("DEFAULT", Map.of(), Map.of("rs", token("rs", "at"))));
        assertFails(code, path, () -> storage.remove("DEFAULT"));
        assertFails(code, path, storage::upgrade);
        assertThat(storage.faults()).extracting(StorageFailure::code).containsExactly(code);
        assertThat(text(path)).isEqualTo(golden);
    }

    @ParameterizedTest
    @CsvSource({
        "v2-one-good-one-bad, token_malformed",
        "v2-namespace-list, token_malformed",
        "v1-token-not-object, token_malformed"
    })
    void an_entry_that_cannot_be_read_is_a_fault(String name, String code) {
        Path path = file(folder, golden("negative/" + name + ".json"));
        assertThat(JsonTokenStorage.open(path).faults()).singleElement().satisfies(fault -> {
            assertThat(fault.code()).isEqualTo(code);
            assertThat(fault.session()).contains("DEFAULT");
            assertThat(fault).hasMessageContaining(path.getFileName().toString());
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version-1.1 | its format_version is \"1.1\"",
                "version-list | its format_version is [\"2.0\"]",
                "version-missing | its format_version is missing",
                "version-number-2.0 | its format_version is 2.0",
                "root-list | it does not hold a JSON object",
                "v1-no-by_rs | by_rs is not an object",
                "v2-no-sdk-version | globus-sdk.version is not a string"
            })
    @DisplayName("W35: the message says what is wrong with the file")
    void the_message_says_what_is_wrong(String name, String words) {
        Path path = file(folder, golden("negative/" + name + ".json"));
        assertThatThrownBy(() -> JsonTokenStorage.open(path).read("DEFAULT")).hasMessageContaining(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1-no-sdk-version",
                "v1-sdk-version-int",
                "v1-token-missing-expiry",
                "v2-duplicate-keys",
                "v2-trailing-newline-pretty",
                "v2-one-good-one-bad"
            })
    @DisplayName("13: an odd file is read, one of format 1.0 also without the version of its writer")
    void an_odd_file_is_read(String name) {
        JsonTokenStorage storage = JsonTokenStorage.open(file(folder, golden("negative/" + name + ".json")));
        assertThat(storage.read("DEFAULT")).containsOnlyKeys("rs");
        assertThat(storage.read("DEFAULT", "rs")).isPresent();
    }

    @Test
    @DisplayName("11: white space is no document")
    void white_space_is_no_document() {
        Path path = file(folder, " \n\t");
        assertFails("store_corrupt", path, () -> JsonTokenStorage.open(path).read("DEFAULT"));
    }

    @Test
    @DisplayName("23: of duplicate keys the last counts")
    void of_duplicate_keys_the_last_counts() {
        JsonTokenStorage storage = JsonTokenStorage.open(file(folder, golden("negative/v2-duplicate-keys.json")));
        assertThat(storage.read("DEFAULT", "rs"))
                .get()
                .extracting(data -> data.accessToken().reveal())
                .isEqualTo("second");
    }

    @Test
    void the_key_of_an_entry_counts_and_not_the_name_inside() {
        JsonTokenStorage storage = JsonTokenStorage.open(file(folder, golden("negative/v2-key-mismatch.json")));
        assertThat(storage.read("DEFAULT")).containsOnlyKeys("keyA");
        assertThat(storage.read("DEFAULT", "keyA"))
                .get()
                .extracting(data -> data.resourceServer())
                .isEqualTo("keyA");
        assertThat(storage.read("DEFAULT", "rsB")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "v1-token-not-object, rs, it is not an object",
        "v2-token-bad-type, rs, expires_at_seconds",
        "v2-one-good-one-bad, bad, resource_server"
    })
    void a_bad_entry_is_named_only_when_asked_for_and_can_be_replaced(String name, String entry, String flaw) {
        String golden = golden("negative/" + name + ".json");
        Path path = file(folder, golden);
        JsonTokenStorage storage = JsonTokenStorage.open(path);
        assertThat(storage.read("DEFAULT")).doesNotContainKey(entry);
        assertThat(storage.read("DEFAULT", "absent")).isEmpty();
        assertFails("token_malformed", path, () -> storage.read("DEFAULT", entry));
        assertThatThrownBy(() -> storage.read("DEFAULT", entry)).hasMessageContaining("\"DEFAULT\"", flaw);
        assertThat(text(path)).isEqualTo(golden);
        assertThat(JsonFiles.store(storage, "DEFAULT", token("new", "at"))).isTrue();
        assertFails("token_malformed", path, () -> storage.read("DEFAULT", entry));
        assertThat(JsonFiles.store(storage, "DEFAULT", token(entry, "mended"))).isTrue();
        assertThat(storage.read("DEFAULT", entry)).isPresent();
    }

    @Test
    void a_namespace_that_is_no_object_is_named_and_can_be_removed() {
        Path path = file(folder, golden("negative/v2-namespace-list.json"));
        JsonTokenStorage storage = JsonTokenStorage.open(path);
        assertFails("token_malformed", path, () -> storage.read("DEFAULT"));
        storage.forEach((name, way) -> assertFails("token_malformed", path, way::get));
        assertThat(storage.read("other")).isEmpty();
        assertThat(JsonFiles.store(storage, "other", token("rs", "at"))).isTrue();
        assertThat(text(path)).contains("\"DEFAULT\": []");
        assertThat(storage.remove("DEFAULT")).isTrue();
        assertThat(storage.namespaces()).containsExactly("other");
    }
}
