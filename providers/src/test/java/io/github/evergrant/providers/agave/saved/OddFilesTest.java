package io.github.evergrant.providers.agave.saved;

import static io.github.evergrant.providers.agave.saved.Saved.CLOCK;
import static io.github.evergrant.providers.agave.saved.Saved.access;
import static io.github.evergrant.providers.agave.saved.Saved.in;
import static io.github.evergrant.providers.agave.saved.Saved.sd2e;
import static io.github.evergrant.providers.agave.saved.Saved.session;
import static io.github.evergrant.providers.agave.saved.Saved.text;
import static io.github.evergrant.providers.agave.saved.Saved.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.StorageFailure;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as they are met: from a manual, damaged, odd, large. */
final class OddFilesTest {

    /** As the manual of the Python library shows it: the address with a slash and without, two different pairs. */
    private static final String MANUAL = """
            {
                "current": {
                    "my_super_cool_client": {
                        "tenantid": "sd2e",
                        "baseurl": "https://api.sd2e.org",
                        "devurl": "",
                        "apisecret": "some-secret",
                        "apikey": "some-key",
                        "username": "your-username",
                        "access_token": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                        "refresh_token": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                        "created_at": "1539708516",
                        "expires_in": 14400,
                        "expires_at": "Tue Oct 16 20:48:36 UTC 2018"
                    }
                },
                "sessions": {
                    "sd2e": {
                        "your-username": {
                            "my_super_cool_client": {
                                "tenantid": "sd2e",
                                "baseurl": "https://api.sd2e.org/",
                                "devurl": "",
                                "apisecret": "some-secret",
                                "apikey": "some-key",
                                "username": "your-username",
                                "access_token": "xxxxxxxxxxxxxxxxxxxxxxxxx",
                                "refresh_token": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                                "created_at": "1539706810",
                                "expires_in": 14400,
                                "expires_at": "Tue Oct 16 20:20:10 UTC 2018"
                            }
                        }
                    }
                }
            }
            """;

    @TempDir
    private Path temporary;

    private Path config;
    private AgaveTokenStorage storage;

    @BeforeEach
    void open() {
        config = temporary.resolve("agave/config.json");
        storage = Saved.open(temporary.resolve("agave"));
    }

    @Test
    @DisplayName("57, Q28: what the manual shows is loaded, and after a save nothing of it is lost")
    void the_manual() {
        write(config, MANUAL);
        SavedSession found = storage.find(new Selection("sd2e", "your-username", "my_super_cool_client"));
        assertThat(Objects.requireNonNull(found.tokens()).createdAt()).isEqualTo("1539708516");
        assertThat(storage.saved()).containsExactly(found);
        storage.save(sd2e("another", 1, CLOCK + 1));
        assertThat(storage.saved("sd2e/your-username/my_super_cool_client")).contains(found);
        assertThat(in(config, "sessions", "sd2e", "your-username", "my_super_cool_client", "refresh_token"))
                .isEqualTo("x".repeat(31));
        storage.use(found.name());
        assertThat(storage.current()).contains(found);
        assertThat(storage.saved()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body>502 Bad Gateway</body></html>",
                "{\"current\": {\"c\": {\"tenantid\": \"sd",
                "{} trailing",
                "\u0000\u0000",
                "nonsense",
                "{\"sessions\": 5}"
            })
    @DisplayName("46, 69: without a current beside it, a file that is something else is reported, and stays as it is")
    void something_else(String content) {
        write(config, content);
        assertThatThrownBy(() -> storage.saved())
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo("store_corrupt"))
                .hasMessageContaining(config.toString());
        assertThatThrownBy(() -> storage.save(sd2e("c1", 1, CLOCK))).isInstanceOf(StorageFailure.class);
        assertThat(text(config)).isEqualTo(content);
    }

    @Test
    @DisplayName("40: one client's name in two tenants is two sessions")
    void one_client_name_in_two_tenants() {
        storage.save(sd2e("laptop", 1, CLOCK));
        storage.save(session("tacc.prod", "https://api.tacc.utexas.edu", "ada", "laptop", 2, CLOCK));
        assertThat(access(storage, "sd2e/ada/laptop")).isEqualTo("acc-0001");
        assertThat(access(storage, "tacc.prod/ada/laptop")).isEqualTo("acc-0002");
        storage.use("sd2e/ada/laptop");
        assertThat(access(storage.find(Selection.CURRENT))).isEqualTo("acc-0001");
        assertThat(access(storage, "tacc.prod/ada/laptop")).isEqualTo("acc-0002");
    }

    @Test
    @DisplayName("42: names of any characters come back, and the files are ASCII")
    void names_of_any_characters() {
        SavedSession odd =
                session("t/%é", "https://api.sd2e.org", "zoë \"q\" \\ \ud83d\ude00\u007f", "中/\u2028x", 1, CLOCK);
        storage.save(odd);
        assertThat(storage.current()).contains(odd);
        assertThat(storage.namespaces()).containsExactly(odd.name());
        assertThat(odd.name()).startsWith("t%2F%25é/zoë");
        assertThat(text(config)).matches("(?s)\\p{ASCII}*").contains("t/%\\u00e9");
        try (AgavePython python = new AgavePython()) {
            assertThat(python.load("a.load", config.getParent(), odd.tenant(), odd.username(), odd.client()))
                    .containsEntry("access_token", "acc-0001");
        }
    }

    @Test
    @DisplayName("Q43: 50 MB of sessions are read, and one of them is renewed")
    void many_sessions() throws IOException {
        Files.createDirectories(Objects.requireNonNull(config.getParent()));
        String token = "x".repeat(2000);
        int count = 12_000;
        try (Writer out = Files.newBufferedWriter(config)) {
            out.write("{\"current\": {}, \"sessions\": {\"sd2e\": {");
            for (int i = 0; i < count; i++) {
                out.write((i == 0 ? "" : ", ") + "\"user-" + i
                        + "\": {\"c\": {\"tenantid\": \"sd2e\", \"username\": \"user-" + i
                        + "\", \"apikey\": \"k\", \"access_token\": \"a" + i + token + "\", \"refresh_token\": \"r"
                        + token
                        + "\", \"created_at\": \"1\", \"expires_in\": 14400, \"baseurl\": \"https://api.sd2e.org\"}}");
            }
            out.write("}}}");
        }
        assertThat(Files.size(config)).isBetween(50_000_000L, 64_000_000L);
        assertThat(storage.namespaces()).hasSize(count);
        SavedSession last = storage.saved("sd2e/user-11999/c").orElseThrow();
        storage.save(last.withTokens(Saved.tokens(1, CLOCK, 14400L)));
        assertThat(access(storage.find(Selection.CURRENT))).isEqualTo("acc-0001");
        assertThat(storage.saved()).hasSize(count);
    }
}
