package io.github.evergrant.providers.agave.saved;

import static io.github.evergrant.providers.agave.saved.Saved.CLOCK;
import static io.github.evergrant.providers.agave.saved.Saved.bytes;
import static io.github.evergrant.providers.agave.saved.Saved.golden;
import static io.github.evergrant.providers.agave.saved.Saved.sd2e;
import static io.github.evergrant.providers.agave.saved.Saved.session;
import static io.github.evergrant.providers.agave.saved.Saved.tacc;
import static io.github.evergrant.providers.agave.saved.Saved.text;
import static io.github.evergrant.providers.agave.saved.Saved.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.token.Secret;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the strict writer leaves, byte for byte what the Python library leaves. */
final class StrictWriterTest {

    @TempDir
    private Path temporary;

    private Path folder;
    private AgaveTokenStorage storage;

    @BeforeEach
    void open() {
        folder = temporary.resolve("agave");
        storage = Saved.open(folder);
    }

    private void assertEquals(String golden) {
        for (String each : List.of("config.json", "current")) {
            assertThat(text(folder.resolve(each)))
                    .as(each)
                    .isEqualTo(text(golden("py-0.8-0.9/" + golden + "/" + each)));
            assertThat(bytes(folder.resolve(each))).isEqualTo(bytes(golden("py-0.8-0.9/" + golden + "/" + each)));
        }
    }

    @Test
    @DisplayName(
            "36, 44, Q21: the first session is written as Python writes it, refresh token and all, into folders that are made for it")
    void the_first_session() {
        storage.saveAsPython(sd2e("my_super_cool_client", 1, CLOCK));
        assertEquals("a-one-session");
    }

    @Test
    @DisplayName("37: saved again unchanged, the files are the same")
    void the_same_session_twice() {
        storage.saveAsPython(sd2e("my_super_cool_client", 1, CLOCK));
        storage.saveAsPython(sd2e("my_super_cool_client", 1, CLOCK));
        assertEquals("a2-same-session-saved-twice");
    }

    @Test
    @DisplayName("38: refreshed and saved, the former pair is left under sessions")
    void after_a_refresh() {
        SavedSession session = sd2e("my_super_cool_client", 1, CLOCK);
        storage.saveAsPython(session);
        storage.saveAsPython(session.withTokens(tokens(2, CLOCK + 14341, 14400L)));
        assertEquals("c-after-refresh-and-save");
    }

    @Test
    @DisplayName("39, Q38: three sessions in turn, then the first again")
    void two_tenants() {
        storage.saveAsPython(sd2e("client-one", 1, CLOCK));
        assertEquals("b-two-tenants/1-after-first-save");
        storage.saveAsPython(tacc("client-two", 2, CLOCK + 1000));
        assertEquals("b-two-tenants/2-after-second-save");
        storage.saveAsPython(sd2e("client-three", 3, CLOCK + 2000));
        assertEquals("b-two-tenants/3-after-third-save-same-user-new-client");
        storage.saveAsPython(storage.find(new Selection("sd2e", "ada", "client-one")));
        assertEquals("b-two-tenants/4-after-loading-first-and-saving-switch-back");
    }

    @Test
    @DisplayName("41, Q14: of a client without tokens five fields are empty")
    void a_client_without_tokens() {
        String name = clientIn(golden("py-0.8-0.9/d-client-without-token/config.json"));
        storage.saveAsPython(sd2e(name, 1, CLOCK).withTokens(null));
        assertEquals("d-client-without-token");
    }

    @ParameterizedTest
    @CsvSource({
        "UTC, 1538352000",
        "America_Chicago, 1530890375",
        "America_Sao_Paulo, 1539708516",
        "Asia_Kathmandu, 1539708516",
        "Europe_Berlin, 1546300800"
    })
    @DisplayName("24, 36, Q46: wherever it was written, only the words for the end differ, which are in UTC here")
    void time_zones(String zone, long createdAt) {
        String client = clientIn(golden("py-0.8-0.9/f-timezones/" + zone + "/config.json"));
        storage.saveAsPython(sd2e(client, 1, createdAt));
        if (zone.equals("UTC")) {
            assertEquals("f-timezones/UTC");
            assertThat(text(folder.resolve("current"))).contains("Mon Oct 1 04:00:00 UTC 2018");
        }
        for (String each : List.of("config.json", "current")) {
            assertThat(withoutWords(text(folder.resolve(each))))
                    .isEqualTo(withoutWords(text(golden("py-0.8-0.9/f-timezones/" + zone + "/" + each))));
        }
    }

    /** The client's name under current. */
    private static String clientIn(Path config) {
        Map<?, ?> current = (Map<?, ?>) Objects.requireNonNull(Saved.in(config, "current"));
        return String.valueOf(current.keySet().iterator().next());
    }

    private static String withoutWords(String text) {
        return text.replaceAll("\"expires_at\": \"[^\"]*\"", "\"expires_at\": \"\"");
    }

    @Test
    @DisplayName("36: the development line of 2019 wrote the same bytes")
    void the_development_line() {
        storage.saveAsPython(sd2e("c1", 1, CLOCK));
        assertThat(text(folder.resolve("config.json"))).isEqualTo(text(golden("py-dev-2019/save/config.json")));
        assertThat(text(folder.resolve("current"))).isEqualTo(text(golden("py-dev-2019/save/current")));
    }

    /** Saves with Python by the rule of section 4.3.3, and with us, each into a folder of its own. */
    private void assertWritesAsPython(SavedSession... sessions) {
        Path theirs = temporary.resolve("theirs");
        try (AgavePython python = new AgavePython()) {
            for (SavedSession each : sessions) {
                python.ask("a.save", theirs, each.client(), each.fields());
                storage.saveAsPython(each);
                for (String file : List.of("config.json", "current")) {
                    assertThat(text(folder.resolve(file))).isEqualTo(text(theirs.resolve(file)));
                }
            }
        }
    }

    @Test
    @DisplayName("40: one client's name in two tenants, against Python by the rule of section 4.3.3")
    void the_same_client_in_two_tenants() {
        assertWritesAsPython(
                sd2e("laptop", 1, CLOCK),
                session("tacc.prod", "https://api.tacc.utexas.edu", "ada", "laptop", 2, CLOCK + 1000),
                sd2e("laptop", 3, CLOCK + 2000));
    }

    @Test
    @DisplayName("42: odd characters, against Python's own json by the rule of section 4.3.2")
    void odd_characters() {
        assertWritesAsPython(
                session(
                        "t\u007f/\u001f",
                        "https://api.sd2e.org",
                        "zoë \"q\" \\ / \ud83d\ude00\u007f\u001f\t\b\f\r\n",
                        "näme/\u2028x",
                        1,
                        CLOCK),
                sd2e("{\"a\": [\"\\\"]}", 2, CLOCK + 1));
    }

    @Test
    @DisplayName(
            "43, Q26: what the server says of the lifetime keeps its type, against Python by the rule of section 4.2")
    void types_of_lifetimes() {
        SavedSession session = sd2e("c1", 1, CLOCK);
        assertWritesAsPython(
                session.withTokens(tokens(1, CLOCK, 1L)),
                session.withTokens(tokens(2, CLOCK, "3600")),
                session.withTokens(tokens(3, CLOCK, new BigDecimal("3600.5"))));
        assertThat(storage.current().orElseThrow().expiry().orElseThrow().epochSecond())
                .isEqualTo(CLOCK + 3600);
    }

    @Test
    @DisplayName("45: fields that have no name here survive, at the top and in other sessions")
    void foreign_keys() throws Exception {
        Saved.write(folder.resolve("config.json"), """
                {"version": 7, "current": {"c1": {"tenantid": "sd2e", "username": "ada", "apikey": "k", "mine": 1.50}},
                 "sessions": {"t": {"u": {"c": {"apikey": "x", "deep": {"list": [null, true]}}}}}, "last": "é"}
                """);
        storage.saveAsPython(sd2e("c2", 2, CLOCK));
        assertThat(Saved.in(folder.resolve("config.json"), "version")).isEqualTo(7L);
        assertThat(Saved.in(folder.resolve("config.json"), "last")).isEqualTo("é");
        assertThat(Saved.in(folder.resolve("config.json"), "sessions", "t", "u", "c", "deep", "list"))
                .isNotNull();
        assertThat(Saved.in(folder.resolve("config.json"), "sessions", "sd2e", "ada", "c1", "mine"))
                .isEqualTo(new BigDecimal("1.50"));
        try (AgavePython python = new AgavePython()) {
            Map<String, @Nullable Object> loaded = python.load("a.load", folder);
            assertThat(loaded).containsEntry("client", "c2").containsEntry("access_token", "acc-0002");
        }
    }

    @Test
    @DisplayName("46, Q20: what is no JSON is not written over")
    void damaged_files_stay() throws Exception {
        for (String damaged :
                List.of("{\"current\": {", "", "<html>502 Bad Gateway</html>", "\ufeff{}", "[]", "null")) {
            Saved.write(folder.resolve("config.json"), damaged);
            assertThatThrownBy(() -> storage.saveAsPython(sd2e("c1", 1, CLOCK)))
                    .as(damaged)
                    .isInstanceOfSatisfying(
                            StorageFailure.class, e -> assertThat(e.code()).isEqualTo("store_corrupt"))
                    .hasMessageContaining("config.json");
            assertThat(text(folder.resolve("config.json"))).isEqualTo(damaged);
            assertThat(Files.exists(folder.resolve("current"))).isFalse();
        }
    }

    @Test
    @DisplayName("Q44: a client without a name is not saved")
    void a_client_needs_a_name() {
        SavedSession nameless = new SavedSession("sd2e", "", "ada", "", "k", Secret.of("s"), null);
        assertThatThrownBy(() -> storage.saveAsPython(nameless)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> storage.save(nameless))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("client_name_missing"));
        assertThat(folder).doesNotExist();
    }
}
