package io.github.evergrant.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.oauth.Golden;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.testing.ForkedJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide to storage adapters does, done by our programs. */
final class StoredTokensTest {

    private static final String TRANSFER = "transfer.api.globus.org";
    private static final String TUTORIAL = "6c54cade-bde5-45c1-bdea-f4bd71dba2cc";

    @TempDir
    private Path home;

    private GlobusPlay play;

    @BeforeEach
    void open() {
        play = new GlobusPlay(home);
    }

    @AfterEach
    void close() {
        play.close();
    }

    @Test
    void the_first_run_logs_in_and_stores_the_tokens_in_format_1() throws Exception {
        assertThat(play.runAndLogIn(StoredTokens.class)).containsExactly(TUTORIAL);

        Path file = home.resolve("mytokens.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Map<String, @Nullable Object> document = Json.readObject(Files.readString(file));
        assertThat(document).containsOnlyKeys("by_rs", "format_version", "globus-sdk.version");
        assertThat(document).containsEntry("format_version", "1.0");
        assertThat(tokens("mytokens.json"))
                .containsEntry("resource_server", TRANSFER)
                .containsEntry("scope", "urn:globus:auth:scope:transfer.api.globus.org:all")
                .containsKeys("access_token", "refresh_token", "expires_at_seconds", "token_type");
    }

    @Test
    void the_next_run_loads_them_and_asks_nobody() throws Exception {
        play.runAndLogIn(StoredTokens.class);
        String before = Files.readString(home.resolve("mytokens.json"));

        assertThat(play.run(StoredTokens.class)).containsExactly(TUTORIAL);

        assertThat(Files.readString(home.resolve("mytokens.json"))).isEqualTo(before);
        assertThat(play.requests("token.refresh")).isZero();
    }

    @Test
    void what_is_fetched_later_is_in_the_file() throws Exception {
        play.runAndLogIn(StoredTokens.class);
        Object before = tokens("mytokens.json").get("access_token");
        play.expire();

        assertThat(play.run(StoredTokens.class)).containsExactly(TUTORIAL);

        assertThat(play.requests("token.refresh")).isEqualTo(1);
        assertThat(tokens("mytokens.json").get("access_token")).isNotEqualTo(before);
        assertThat(play.run(StoredTokens.class)).containsExactly(TUTORIAL);
        assertThat(play.requests("token.refresh")).isEqualTo(1);
    }

    @Test
    void a_file_of_a_python_program_is_used_and_renewed_as_it_is() throws Exception {
        play.runAndLogIn(StoredTokens.class);
        Path file = home.resolve("mytokens.json");
        Map<String, @Nullable Object> tokens = tokens("mytokens.json");
        Path theirs = Files.createDirectory(home.resolve("theirs"));
        String text = "{\"by_rs\": {\"" + TRANSFER + "\": {\"scope\": \"" + tokens.get("scope")
                + "\", \"access_token\": \"" + tokens.get("access_token") + "\", \"refresh_token\": \""
                + tokens.get("refresh_token") + "\", \"token_type\": \"Bearer\", \"expires_at_seconds\": 1700000000, "
                + "\"resource_server\": \"" + TRANSFER + "\"}}, \"format_version\": \"1.0\", "
                + "\"globus-sdk.version\": \"3.65.0\"}";
        Files.setPosixFilePermissions(
                Files.writeString(theirs.resolve("mytokens.json"), text), Files.getPosixFilePermissions(file));

        try (ForkedJvm program = play.startIn(theirs, StoredTokens.class)) {
            assertThat(Play.ending(program, 0)).containsExactly(TUTORIAL);
        }

        assertThat(play.requests("token.refresh")).isEqualTo(1);
        assertThat(Files.readString(theirs.resolve("mytokens.json")))
                .startsWith("{\"by_rs\": {\"" + TRANSFER + "\": {\"scope\": ")
                .endsWith("\"format_version\": \"1.0\", \"globus-sdk.version\": \"3.65.0\"}")
                .doesNotContain("1700000000", String.valueOf(tokens.get("access_token")));
    }

    @Test
    void a_machine_logs_in_by_itself_and_fetches_the_next_by_itself() throws Exception {
        assertThat(play.run(StoredMachineTokens.class)).containsExactly(TUTORIAL);
        Object before = tokens("mymachinetokens.json").get("access_token");
        assertThat(tokens("mymachinetokens.json")).containsEntry("refresh_token", null);
        assertThat(play.run(StoredMachineTokens.class)).containsExactly(TUTORIAL);
        assertThat(play.requests("token.client_credentials")).isEqualTo(1);

        play.expire();

        assertThat(play.run(StoredMachineTokens.class)).containsExactly(TUTORIAL);
        assertThat(play.requests("token.client_credentials")).isEqualTo(2);
        assertThat(tokens("mymachinetokens.json").get("access_token")).isNotEqualTo(before);
    }

    @Test
    void a_database_keeps_several_logins_apart_and_settings_beside_them() {
        List<String> first = play.runAndLogIn(Profiles.class, "work");
        assertThat(first).hasSize(1);
        assertThat(first.get(0)).matches("work, made at 20\\S+Z, for \\[" + TRANSFER + "\\]");

        List<String> both = play.runAndLogIn(Profiles.class, "at home");
        assertThat(both)
                .hasSize(2)
                .contains(first.get(0))
                .anySatisfy(line -> assertThat(line).startsWith("at home, made at "));
        assertThat(play.run(Profiles.class, "work")).isEqualTo(both);
    }

    private Map<String, @Nullable Object> tokens(String name) throws Exception {
        Golden document = new Golden(Json.readObject(Files.readString(home.resolve(name))));
        assertThat(document.at("by_rs").has(TRANSFER)).isTrue();
        return document.at("by_rs").at(TRANSFER).object();
    }
}
