package io.github.evergrant.storage.file;

import static io.github.evergrant.storage.file.JsonFiles.asWrittenBy;
import static io.github.evergrant.storage.file.JsonFiles.file;
import static io.github.evergrant.storage.file.JsonFiles.golden;
import static io.github.evergrant.storage.file.JsonFiles.openFormat1;
import static io.github.evergrant.storage.file.JsonFiles.renew;
import static io.github.evergrant.storage.file.JsonFiles.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.storage.json.Json;
import io.github.evergrant.storage.json.MalformedJson;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that the Python library wrote: read as it reads them, and written as it wrote them. */
final class GoldenJsonTest {

    private static final List<String> FIELDS = List.of(
            "resource_server",
            "identity_id",
            "scope",
            "access_token",
            "refresh_token",
            "expires_at_seconds",
            "token_type");

    @TempDir
    private Path folder;

    private static String version(String golden) {
        return golden.substring(1, golden.indexOf('-'));
    }

    static Stream<String> goldens() {
        return JsonFiles.goldenFiles("json", "app_home");
    }

    @Test
    void all_files_are_looked_at() {
        assertThat(goldens()).hasSize(37 + 4);
    }

    @ParameterizedTest
    @MethodSource("goldens")
    @DisplayName("99: every record is read as Python wrote it, and reading changes no byte")
    void every_record_is_read_as_python_wrote_it(String name) throws MalformedJson {
        String golden = golden(name);
        Map<String, ?> root = Json.readObject(golden.getBytes(StandardCharsets.UTF_8));
        boolean format1 = "1.0".equals(root.get("format_version"));
        Map<?, ?> namespaces = format1
                ? Map.of("DEFAULT", Objects.requireNonNull(root.get("by_rs")))
                : (Map<?, ?>) Objects.requireNonNull(root.get("data"));
        Path path = file(folder, golden);
        JsonTokenStorage storage = JsonTokenStorage.open(path);
        assertThat(storage.namespaces())
                .containsExactlyElementsOf(namespaces.entrySet().stream()
                        .filter(each -> !Map.of().equals(each.getValue()))
                        .map(each -> String.valueOf(each.getKey()))
                        .toList());
        for (Map.Entry<?, ?> namespace : namespaces.entrySet()) {
            Map<?, ?> objects = (Map<?, ?>) namespace.getValue();
            assertThat(storage.read((String) namespace.getKey()).keySet())
                    .isEqualTo(objects.keySet().stream()
                            .filter(each -> objects.get(each) instanceof Map<?, ?>)
                            .collect(Collectors.toSet()));
            for (Map.Entry<?, ?> each : objects.entrySet()) {
                if (!(each.getValue() instanceof Map<?, ?>)) {
                    // In one file, a record that Python could not read either.
                    assertThat(each.getValue()).isEqualTo("not even a dict");
                    continue;
                }
                assertSame(
                        storage.read((String) namespace.getKey(), (String) each.getKey())
                                .orElseThrow(),
                        (Map<?, ?>) each.getValue());
            }
        }
        assertThat(text(path)).isEqualTo(golden);
    }

    private static void assertSame(TokenData data, Map<?, ?> object) {
        assertThat(data.resourceServer()).isEqualTo(object.get("resource_server"));
        assertThat(data.accessToken().reveal()).isEqualTo(object.get("access_token"));
        assertThat(data.refresh().map(Secret::reveal).orElse(null)).isEqualTo(object.get("refresh_token"));
        assertThat(data.scopes().text()).isEqualTo(object.get("scope"));
        assertThat(data.tokenType()).isEqualTo(object.get("token_type"));
        assertThat(data.identityId()).isEqualTo(object.get("identity_id"));
        assertThat(data.expiry().epochSecond()).isEqualTo(object.get("expires_at_seconds"));
        Map<Object, Object> unknown = new LinkedHashMap<>(object);
        unknown.keySet().removeAll(FIELDS);
        assertThat(data.extra()).isEqualTo(unknown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v3.0.0-legacy-1.0-access-only",
                "v3.0.0-legacy-1.0-after-refresh",
                "v3.0.0-legacy-1.0-initial-refresh",
                "v3.42.0-2.0-two-namespaces",
                "v3.65.0-2.0-after-refresh-plain",
                "v4.9.0-2.0-after-refresh-plain",
                "v4.9.0-2.0-after-remove",
                "v4.9.0-2.0-client-credentials",
                "v4.9.0-2.0-dependent-tokens",
                "v4.9.0-2.0-two-namespaces",
                "v4.9.0-legacy-1.0-access-only",
                "v4.9.0-legacy-1.0-initial-refresh",
                "v4.9.0-migrate-1.0-before"
            })
    void the_same_records_are_written_byte_for_byte_as_python_writes_them(String name) {
        String golden = golden("json/" + name + ".json");
        JsonTokenStorage theirs = JsonTokenStorage.open(file(folder, golden));
        Path path = folder.resolve("ours.json");
        JsonTokenStorage ours =
                golden.contains("\"format_version\": \"1.0\"") ? openFormat1(path) : JsonTokenStorage.open(path);
        for (String namespace : theirs.namespaces()) {
            assertThat(ours.replace(namespace, Map.of(), theirs.read(namespace)))
                    .isTrue();
        }
        assertThat(asWrittenBy(version(name), text(path))).isEqualTo(golden);
    }

    @Test
    void a_renewal_changes_the_bytes_that_pythons_renewal_changes() {
        Path path = file(folder, golden("json/v4.9.0-2.0-two-namespaces.json"));
        JsonTokenStorage storage = JsonTokenStorage.open(path);
        TokenData before = storage.read("DEFAULT", "transfer.api.globus.org").orElseThrow();
        TokenData next = new TokenData(
                before.resourceServer(),
                Secret.of("FAKE-AT-transfer.api.globus.org-0006"),
                before.refreshToken(),
                "Bearer",
                before.scopes(),
                Expiry.at(Instant.ofEpochSecond(1767571200)),
                null,
                Map.of());
        assertThat(renew(storage, "DEFAULT", next)).isTrue();
        assertThat(asWrittenBy("4.9.0", text(path))).isEqualTo(golden("json/v4.9.0-2.0-after-refresh-plain.json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3.0.0", "v3.65.0", "v4.9.0"})
    void a_renewal_in_format_1_changes_the_bytes_that_pythons_renewal_changes(String version) {
        Path path = file(folder, golden("json/" + version + "-legacy-1.0-initial-refresh.json"));
        String after = golden("json/" + version + "-legacy-1.0-after-refresh.json");
        TokenData next = JsonTokenStorage.open(file(folder, "after.json", after))
                .read("DEFAULT", "transfer.api.globus.org")
                .orElseThrow();
        assertThat(renew(JsonTokenStorage.open(path), "DEFAULT", next)).isTrue();
        assertThat(text(path)).isEqualTo(after);
    }

    @Test
    void a_renewal_by_a_whole_app_changes_the_bytes_that_ours_does() {
        String app = "app_home/.globus/app/61338d24-54d5-408f-a10d-66c06b59f6d2/refresh-app/";
        Path path = file(folder, golden(app + "tokens.before-refresh.json"));
        String after = golden(app + "tokens.json");
        TokenData next = JsonTokenStorage.open(file(folder, "after.json", after))
                .read("DEFAULT", "transfer.api.globus.org")
                .orElseThrow();
        assertThat(renew(JsonTokenStorage.open(path), "DEFAULT", next)).isTrue();
        assertThat(asWrittenBy("4.9.0", text(path))).isEqualTo(after);
    }

    @Test
    void a_removal_changes_the_bytes_that_pythons_removal_changes() {
        Path path = file(folder, golden("json/v4.9.0-2.0-two-namespaces.json"));
        JsonTokenStorage storage = JsonTokenStorage.open(path);
        TokenData groups = storage.read("DEFAULT", "groups.api.globus.org").orElseThrow();
        assertThat(storage.replace("DEFAULT", Map.of("groups.api.globus.org", groups.fingerprint()), Map.of()))
                .isTrue();
        assertThat(text(path)).isEqualTo(golden("json/v4.9.0-2.0-after-remove.json"));
    }

    @Test
    void an_upgrade_and_a_store_write_what_python_writes() {
        Path path = file(folder, golden("json/v4.9.0-migrate-1.0-before.json"));
        JsonTokenStorage storage = JsonTokenStorage.open(path);
        assertThat(storage.upgrade()).isTrue();
        assertThat(storage.upgrade()).isFalse();
        JsonTokenStorage after =
                JsonTokenStorage.open(file(folder, "after.json", golden("json/v4.9.0-migrate-2.0-after-store.json")));
        assertThat(storage.replace("other", Map.of(), after.read("other"))).isTrue();
        assertThat(asWrittenBy("4.9.0", text(path))).isEqualTo(text(after.path()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3.42.0", "v3.65.0", "v4.9.0"})
    void unknown_fields_survive_where_python_loses_them(String version) {
        Path path = file(folder, golden("json/" + version + "-2.0-extras-before.json"));
        JsonTokenStorage storage = JsonTokenStorage.open(path);
        TokenData rs1 = storage.read("DEFAULT", "rs1").orElseThrow();
        assertThat(renew(storage, "DEFAULT", rs1.withExtra(Map.of()))).isTrue();
        String python = golden("json/" + version + "-2.0-extras-after-restore-rs1.json");
        assertThat(asWrittenBy(version.substring(1), text(path)))
                .isEqualTo(python.replace(
                        "\"token_type\": \"Bearer\"}", "\"token_type\": \"Bearer\", \"x_unknown\": {\"k\": [1]}}"));
    }
}
