package io.github.evergrant.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.oauth.Golden;
import io.github.evergrant.providers.agave.saved.AgaveTokenStorage;
import io.github.evergrant.providers.agave.saved.SavedSession;
import io.github.evergrant.providers.agave.saved.SavedTokens;
import io.github.evergrant.providers.agave.saved.Selection;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The very document that the guide to saving a session prints, loaded, changed and saved. */
final class SavedDocumentTest {

    private static final String DOCUMENT = Pycon.block(Port.guide("agavepy/saving-your-session.rst"), "json");
    private static final String CLIENT = "my_super_cool_client";
    private static final String NAME = "sd2e/your-username/" + CLIENT;
    private static final Instant LATER = Instant.ofEpochSecond(1539722916);

    @TempDir
    private Path folder;

    private AgaveTokenStorage storage;

    @BeforeEach
    void open() throws Exception {
        Files.writeString(folder.resolve("config.json"), DOCUMENT);
        storage = AgaveTokenStorage.open(folder);
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private static Golden read(String text) throws Exception {
        return new Golden(Json.readObject(text));
    }

    private Golden config() throws Exception {
        return read(Files.readString(folder.resolve("config.json")));
    }

    private static Golden inUse(Golden config) {
        return config.at("current").at(CLIENT);
    }

    private static Golden filed(Golden config) {
        return config.at("sessions").at("sd2e").at("your-username").at(CLIENT);
    }

    private static SavedTokens granted() {
        return SavedTokens.granted(Secret.of("acc-new"), Secret.of("ref-new"), LATER, 14400L);
    }

    /** What agavepy would have in its record after a refresh at {@link #LATER}. */
    private static Map<String, @Nullable Object> refreshed(Golden record) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(record.object());
        fields.put("access_token", "acc-new");
        fields.put("refresh_token", "ref-new");
        fields.put("created_at", "1539722916");
        fields.put("expires_in", 14400L);
        fields.put("expires_at", "Wed Oct 17 00:48:36 UTC 2018");
        return fields;
    }

    @Test
    @DisplayName(
            "agave 54, agave 57, Q1: all that it says is loaded, and of the two copies the one of 1539708516 counts")
    void all_that_it_says_is_loaded() throws Exception {
        Golden record = inUse(read(DOCUMENT));
        assertThat(record.at("created_at").text()).isEqualTo("1539708516");

        for (Selection each : List.of(Selection.CURRENT, new Selection("sd2e", "your-username", CLIENT))) {
            SavedSession saved = storage.find(each);
            SavedTokens tokens = Objects.requireNonNull(saved.tokens());
            assertThat(saved.name()).isEqualTo(NAME);
            assertThat(saved.client()).isEqualTo(CLIENT);
            assertThat(saved.tenant()).isEqualTo(record.at("tenantid").text());
            assertThat(saved.baseUrl()).isEqualTo(record.at("baseurl").text());
            assertThat(Objects.requireNonNull(saved.clientSecret()).reveal())
                    .isEqualTo(record.at("apisecret").text());
            assertThat(saved.clientKey()).isEqualTo(record.at("apikey").text());
            assertThat(saved.username()).isEqualTo(record.at("username").text());
            assertThat(tokens.accessToken().reveal())
                    .isEqualTo(record.at("access_token").text());
            assertThat(Objects.requireNonNull(tokens.refreshToken()).reveal())
                    .isEqualTo(record.at("refresh_token").text());
            assertThat(tokens.createdAt()).isEqualTo("1539708516");
            assertThat(tokens.expiresIn()).isEqualTo(14400L);
            assertThat(tokens.expiresAt()).isEqualTo("Tue Oct 16 20:48:36 UTC 2018");
            assertThat(tokens.expiry().epochSecond()).isEqualTo(1539708516L + 14400);
        }
        assertThat(storage.saved()).hasSize(1);
        TokenData data = storage.read(NAME, "agave").orElseThrow();
        assertThat(data.accessToken().reveal())
                .isEqualTo(record.at("access_token").text());
        assertThat(data.identity()).contains("your-username");
        assertThat(Files.readString(folder.resolve("config.json"))).isEqualTo(DOCUMENT);
    }

    @Test
    @DisplayName("agave 47: with a new pair saved, both copies have it, and everything else is as it was")
    void a_new_pair_is_saved_and_nothing_is_lost() throws Exception {
        storage.save(storage.find(Selection.CURRENT).withTokens(granted()));

        Map<String, @Nullable Object> expected = refreshed(inUse(read(DOCUMENT)));
        assertThat(expected).hasSize(11);
        assertThat(inUse(config()).object()).containsExactlyEntriesOf(expected);
        assertThat(filed(config()).object()).containsExactlyEntriesOf(expected);
        assertThat(config().object()).containsOnlyKeys("current", "sessions");
        // Bytes, too: two records, each with a pair of its own, and the slash that one of the addresses had.
        String text = Files.readString(folder.resolve("config.json"));
        assertThat(text.lines().map(SavedDocumentTest::withoutValue))
                .containsExactlyElementsOf(
                        DOCUMENT.lines().map(SavedDocumentTest::withoutValue).toList());
        assertThat(text).doesNotEndWith("\n");
    }

    /** A line without what may have changed in it. */
    private static String withoutValue(String line) {
        return line.replaceFirst(
                "(\"(?:baseurl|access_token|refresh_token|created_at|expires_at)\": )\"[^\"]*\"", "$1\"\"");
    }

    @Test
    void another_session_is_saved_and_this_one_is_kept_whole_with_its_freshest_pair() throws Exception {
        storage.save(new SavedSession(
                "tacc.prod", "https://api.tacc.utexas.edu", "grace", "c2", "k2", Secret.of("s2"), granted()));

        assertThat(filed(config())).isEqualTo(inUse(read(DOCUMENT)));
        assertThat(config().at("current").object()).containsOnlyKeys("c2");
        assertThat(storage.find(new Selection("sd2e", null, null))
                        .expiry()
                        .orElseThrow()
                        .epochSecond())
                .isEqualTo(1539708516L + 14400);
        assertThat(storage.saved()).hasSize(2);
    }

    @Test
    @DisplayName(
            "agave 37, agave 38: the strict writer does what agavepy does: the copy in use is filed, the new pair is in use")
    void the_strict_writer_files_the_copy_in_use() throws Exception {
        SavedSession saved = storage.find(Selection.CURRENT);

        storage.saveAsPython(saved);

        Golden before = inUse(read(DOCUMENT));
        assertThat(inUse(config()).object()).containsExactlyEntriesOf(before.object());
        assertThat(filed(config()).object()).containsExactlyEntriesOf(before.object());
        String same = Files.readString(folder.resolve("config.json"));
        storage.saveAsPython(saved);
        assertThat(Files.readString(folder.resolve("config.json"))).isEqualTo(same);

        storage.saveAsPython(saved.withTokens(granted()));

        assertThat(inUse(config()).object()).containsExactlyEntriesOf(refreshed(before));
        assertThat(filed(config()).object()).containsExactlyEntriesOf(before.object());
        assertThat(read(Files.readString(folder.resolve("current"))).object())
                .containsExactlyInAnyOrderEntriesOf(refreshed(before));
        assertThat(storage.find(Selection.CURRENT).tokens()).isEqualTo(granted());
    }
}
