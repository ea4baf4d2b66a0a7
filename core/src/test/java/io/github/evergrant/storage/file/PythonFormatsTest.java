package io.github.evergrant.storage.file;

import static io.github.evergrant.storage.file.JsonFiles.file;
import static io.github.evergrant.storage.file.JsonFiles.golden;
import static io.github.evergrant.storage.file.JsonFiles.openFormat1;
import static io.github.evergrant.storage.file.JsonFiles.renew;
import static io.github.evergrant.storage.file.JsonFiles.store;
import static io.github.evergrant.storage.file.JsonFiles.text;
import static io.github.evergrant.storage.file.JsonFiles.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.storage.json.Json;
import io.github.evergrant.testing.GlobusPython;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both generations of Python programs read what we write and change it, and we see what they changed. */
final class PythonFormatsTest {

    private static final boolean FULL = "full".equals(System.getProperty("evergrant.loops"));

    private static final List<String> NAMESPACES =
            List.of("DEFAULT", "userprofile/production/work", "Žofie/中 😀", "", " ", "a\"b\\c/\u0000\u007f\u0085");

    @TempDir
    private Path folder;

    private Path path() {
        return folder.resolve("tokens.json");
    }

    private JsonTokenStorage open() {
        return JsonTokenStorage.open(path());
    }

    private static TokenData odd(String resourceServer, String access) {
        Map<String, @Nullable Object> extra = new LinkedHashMap<>();
        extra.put("id_token", "a.b.c");
        extra.put("", null);
        extra.put("nested/é", Map.of("list", Arrays.asList(1L, -2.5, null, true, List.of(), "\u2028\"\\")));
        extra.put("large", BigInteger.TEN.pow(40));
        extra.put("strange", Double.POSITIVE_INFINITY);
        return token(resourceServer, access)
                .withRefreshToken(Secret.of("rt-" + access))
                .withIdentityId("11111111-2222-4333-8444-555555555555")
                .withScopes(Scopes.of("openid", "urn:é"))
                .withExtra(extra);
    }

    private static List<TokenData> records() {
        return List.of(
                odd("transfer.api.globus.org", "at-1"),
                token("never", "at-2").withExpiry(Expiry.never()),
                token("before 1970", "at-3").withExpiry(Expiry.ofEpochSecond(-5)),
                new TokenData(
                        "rs/é\n",
                        Secret.of("at\u0001"),
                        null,
                        null,
                        Scopes.NONE,
                        Expiry.ofEpochSecond(0),
                        null,
                        Map.of()));
    }

    private static void assertReads(GlobusPython python, JsonTokenStorage storage, String namespace) {
        Map<String, Map<String, @Nullable Object>> read = python.read(namespace);
        Map<String, TokenData> ours = storage.read(namespace);
        assertThat(read.keySet()).containsExactlyElementsOf(ours.keySet());
        ours.forEach((resourceServer, data) -> assertThat(Json.text(read.get(resourceServer)))
                // As text, since a number may come back as another kind of number.
                .isEqualTo(Json.text(GlobusPython.record(data))));
    }

    private static void assertIsAscii(Path path) {
        assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(text(path))).isTrue();
        assertThat(JsonFiles.mode(path)).isEqualTo("rw-------");
    }

    @Test
    @DisplayName(
            "100: every record of a 2.0 file that we made is read by Python, whatever the namespaces and extra fields")
    void a_file_of_format_2_that_we_made_is_read() {
        for (String namespace : NAMESPACES) {
            records().forEach(data -> assertThat(store(open(), namespace, data)).isTrue());
        }
        try (GlobusPython python = GlobusPython.json(path())) {
            assertThat(python.ask("v2.namespaces")).isEqualTo(NAMESPACES);
            for (String namespace : NAMESPACES) {
                assertThat(open().read(namespace)).hasSize(4);
                assertReads(python, open(), namespace);
            }
            assertThat(python.fails("v1.read")).isEqualTo("ValueError");
        }
        assertIsAscii(path());
    }

    @Test
    @DisplayName("100: every record of a 1.0 file that we made is read by both generations")
    void a_file_of_format_1_that_we_made_is_read() {
        records()
                .forEach(data ->
                        assertThat(store(openFormat1(path()), "DEFAULT", data)).isTrue());
        try (GlobusPython python = GlobusPython.json(path())) {
            assertReads(python, open(), "DEFAULT");
            Map<String, Map<String, @Nullable Object>> read = python.readFirst();
            assertThat(read.keySet())
                    .isEqualTo(openFormat1(path()).read("DEFAULT").keySet());
            assertThat(read.get("never")).containsEntry("refresh_token", null);
        }
        assertIsAscii(path());
    }

    @Test
    @DisplayName("100: a file of Python's that we have rewritten is read by the generations that read it before")
    void a_file_of_pythons_that_we_have_rewritten_is_read() {
        List<String> all = JsonFiles.goldenFiles("json", "app_home").toList();
        assertThat(all).hasSizeGreaterThan(40);
        try (GlobusPython python = GlobusPython.json(path())) {
            for (int i = 0; i < all.size(); i++) {
                Path path = file(folder, "golden-" + i + ".json", golden(all.get(i)));
                python.ask("use", path.toString());
                assertRewritten(python, path);
            }
        }
    }

    private static void assertRewritten(GlobusPython python, Path path) {
        boolean format1 = text(path).contains("\"format_version\": \"1.0\"");
        JsonTokenStorage storage = JsonTokenStorage.open(path);
        for (String namespace : storage.namespaces()) {
            for (TokenData each : storage.read(namespace).values()) {
                assertThat(renew(storage, namespace, odd(each.resourceServer(), "renewed")))
                        .isTrue();
            }
        }
        store(storage, "DEFAULT", token("new", "at"));
        for (String namespace : storage.namespaces()) {
            if (storage.read(namespace).isEmpty()) {
                // In the one with a record that is none, which we leave as it is.
                assertThat(text(path)).contains("\"rs9\": \"not even a dict\"");
                assertThat(python.fails("v2.read", namespace)).isEqualTo("AttributeError");
            } else {
                assertReads(python, storage, namespace);
            }
        }
        if (format1) {
            assertThat(python.readFirst()).hasSize(storage.read("DEFAULT").size());
        }
    }

    @Test
    @DisplayName("100: the first generation renews in a 1.0 file of ours, and each sees what the other did")
    void the_first_generation_renews_in_a_file_of_ours() {
        JsonTokenStorage storage = openFormat1(path());
        store(storage, "DEFAULT", odd("a", "a-1"));
        store(storage, "DEFAULT", token("b", "b-1"));
        try (GlobusPython python = GlobusPython.json(path())) {
            python.ask("v1.refresh", "a", "a-2", "rt-2");
            TokenData theirs = storage.read("DEFAULT", "a").orElseThrow();
            assertThat(theirs.accessToken()).isEqualTo(Secret.of("a-2"));
            assertThat(theirs.refresh()).contains(Secret.of("rt-2"));
            assertThat(storage.replace(
                            "DEFAULT", Map.of("a", odd("a", "a-1").fingerprint()), Map.of("a", token("a", "stale"))))
                    .isFalse();
            assertThat(renew(storage, "DEFAULT", odd("a", "a-3"))).isTrue();
            Map<String, Map<String, @Nullable Object>> read = python.readFirst();
            assertThat(read.get("a")).containsEntry("access_token", "a-3");
            python.ask("v1.refresh", "new", "new-1", null);
            assertThat(storage.read("DEFAULT")).containsOnlyKeys("a", "b", "new");
        }
    }

    @Test
    @DisplayName("100: the second generation stores and removes in a file of ours, and each sees what the other did")
    void the_second_generation_stores_and_removes_in_a_file_of_ours() {
        String namespace = "Žofie/中 😀";
        store(open(), namespace, odd("a", "a-1"));
        store(open(), namespace, token("b", "b-1"));
        store(open(), "other", odd("a", "kept"));
        try (GlobusPython python = GlobusPython.json(path())) {
            python.ask("v2.restore", namespace, "a");
            // It drops what it does not know, of that record alone.
            assertThat(open().read(namespace, "a")).contains(odd("a", "a-1").withExtra(Map.of()));
            assertThat(open().read("other", "a").orElseThrow().extra()).containsKey("id_token");
            python.ask(
                    "v2.store",
                    namespace,
                    Map.of("resource_server", "a", "scope", "", "access_token", "a-2", "expires_at_seconds", 5L));
            assertThat(open().read(namespace, "a").orElseThrow().accessToken()).isEqualTo(Secret.of("a-2"));
            assertThat(renew(open(), namespace, token("a", "a-3"))).isTrue();
            assertThat(python.read(namespace).get("a")).containsEntry("access_token", "a-3");
            assertThat(python.ask("v2.remove", namespace, "a")).isEqualTo(true);
            assertThat(python.ask("v2.remove", namespace, "a")).isEqualTo(false);
            assertThat(open().read(namespace)).containsOnlyKeys("b");
            assertThat(python.ask("v2.remove", namespace, "b")).isEqualTo(true);
            assertThat(open().namespaces()).containsExactly("other");
            assertThat(open().remove("other")).isTrue();
            assertThat(python.read("other")).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "6: a 1.0 file of ours that the second generation stores in is 2.0 from then on, with all that it held")
    void an_upgrade_by_the_second_generation_is_followed() {
        JsonTokenStorage storage = openFormat1(path());
        store(storage, "DEFAULT", odd("a", "a-1"));
        TokenData before = storage.read("DEFAULT", "a").orElseThrow();
        try (GlobusPython python = GlobusPython.json(path())) {
            python.ask(
                    "v2.store",
                    "X",
                    Map.of("resource_server", "b", "scope", "s", "access_token", "b-1", "expires_at_seconds", 5L));
            assertThat(storage.namespaces()).containsExactly("DEFAULT", "X");
            assertThat(storage.read("DEFAULT")).isEqualTo(Map.of("a", before));
            assertThat(storage.read("X", "b").orElseThrow().accessToken()).isEqualTo(Secret.of("b-1"));
            assertThat(renew(storage, "DEFAULT", token("a", "a-2"))).isTrue();
            assertThat(store(storage, "Y", token("c", "c-1"))).isTrue();
            assertThat(text(path())).contains("\"format_version\": \"2.0\"");
            for (String namespace : storage.namespaces()) {
                assertReads(python, storage, namespace);
            }
        }
    }

    @Test
    @DisplayName("7: a removal that removes nothing makes a 1.0 file 2.0 all the same, and we go on with it")
    void an_upgrade_by_a_removal_is_followed() {
        JsonTokenStorage storage = openFormat1(path());
        store(storage, "DEFAULT", token("a", "a-1"));
        try (GlobusPython python = GlobusPython.json(path())) {
            assertThat(python.ask("v2.remove", "DEFAULT", "none")).isEqualTo(false);
            assertThat(text(path())).contains("\"format_version\": \"2.0\"");
            assertThat(storage.read("DEFAULT")).isEqualTo(Map.of("a", token("a", "a-1")));
            assertThat(renew(storage, "DEFAULT", token("a", "a-2"))).isTrue();
            assertReads(python, storage, "DEFAULT");
            assertThat(python.fails("v1.read")).isEqualTo("ValueError");
        }
    }

    @Test
    @DisplayName("8: the first generation refuses a 2.0 file of ours and leaves it alone")
    void the_first_generation_refuses_format_2() {
        store(open(), "DEFAULT", token("a", "a-1"));
        String before = text(path());
        try (GlobusPython python = GlobusPython.json(path())) {
            assertThat(python.fails("v1.read")).isEqualTo("ValueError");
            assertThat(python.fails("v1.refresh", "a", "a-2", null)).isEqualTo("ValueError");
        }
        assertThat(text(path())).isEqualTo(before);
    }

    @Test
    @DisplayName("9: an empty document that a removal left behind is an empty store, and we store in it")
    void an_empty_document_is_an_empty_store() {
        try (GlobusPython python = GlobusPython.json(path())) {
            assertThat(python.ask("v2.remove", "DEFAULT", "a")).isEqualTo(false);
            assertThat(open().exists()).isTrue();
            assertThat(open().namespaces()).isEmpty();
            assertThat(store(open(), "DEFAULT", token("a", "a-1"))).isTrue();
            assertReads(python, open(), "DEFAULT");
        }
    }

    @Test
    @DisplayName(
            "13: a 1.0 file without a writer's version, which one generation reads, is one that both read after our store")
    void a_missing_version_is_mended_by_our_store() {
        for (String name : List.of("v1-no-sdk-version", "v1-sdk-version-int")) {
            Path path = file(folder, golden("negative/" + name + ".json"));
            try (GlobusPython python = GlobusPython.json(path)) {
                assertThat(python.fails("v1.read")).isEqualTo("ValueError");
                assertThat(store(open(), "DEFAULT", token("new", "at"))).isTrue();
                assertThat(python.readFirst()).hasSize(2);
                assertReads(python, open(), "DEFAULT");
            }
        }
    }

    @Test
    @DisplayName(
            "13: a record without a time, which the first generation reads, is one that both read once we renewed it")
    void a_missing_time_is_mended_by_our_renewal() {
        Path path = file(folder, golden("negative/v1-token-missing-expiry.json"));
        try (GlobusPython python = GlobusPython.json(path)) {
            assertThat(python.readFirst().get("rs")).containsEntry("access_token", "a");
            assertThat(python.fails("v2.read", "DEFAULT")).isEqualTo("ValueError");
            assertThat(open().read("DEFAULT", "rs").orElseThrow().expiry()).isEqualTo(Expiry.never());
            assertThat(renew(open(), "DEFAULT", token("rs", "renewed"))).isTrue();
            assertReads(python, open(), "DEFAULT");
        }
    }

    @Test
    @DisplayName("16: a namespace that Python cannot read for one bad record is readable after we have replaced that")
    void a_bad_record_that_we_replaced_is_read_by_python() {
        Path path = file(folder, golden("negative/v2-one-good-one-bad.json"));
        try (GlobusPython python = GlobusPython.json(path)) {
            assertThat(python.fails("v2.read", "DEFAULT")).isEqualTo("ValueError");
            assertThat(store(open(), "DEFAULT", token("bad", "mended"))).isTrue();
            assertReads(python, open(), "DEFAULT");
        }
    }

    @Test
    @DisplayName("102: reads beside a Python program that rewrites a 1.0 store in place see a whole document each time")
    void reads_beside_a_program_that_rewrites_in_place_see_whole_documents() throws IOException {
        JsonTokenStorage storage = openFormat1(path());
        store(storage, "DEFAULT", token("ours", "at"));
        store(storage, "DEFAULT", token("python", "at-0"));
        Path stop = folder.resolve("stop");
        try (GlobusPython python = GlobusPython.json(path())) {
            python.say("rewrite", stop.toString(), "python");
            int last = 0;
            try {
                for (int i = 0; i < (FULL ? 1000 : 200) || last < 3; i++) {
                    Map<String, TokenData> seen = storage.read("DEFAULT");
                    assertThat(seen).containsOnlyKeys("ours", "python");
                    String access = Objects.requireNonNull(seen.get("python"))
                            .accessToken()
                            .reveal();
                    int now = Integer.parseInt(access.substring("at-".length()));
                    assertThat(now).isGreaterThanOrEqualTo(last);
                    last = now;
                }
            } finally {
                Files.createFile(stop);
            }
            assertThat((Long) python.hear()).isGreaterThanOrEqualTo(last);
        }
    }
}
