package io.github.evergrant.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorageContract;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.token.TokenData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Properties;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example does all that a storage does, and what a properties file adds to that. */
final class PropertiesTokenStorageTest extends TokenStorageContract {

    @TempDir
    private Path folder;

    @Override
    protected TokenStorage create() {
        return open();
    }

    @Override
    protected TokenStorage reopen(TokenStorage same) {
        return TokenStorages.open(same.address());
    }

    private Path file() {
        return folder.resolve("sessions.properties");
    }

    private TokenStorage open() {
        return TokenStorages.open("properties:" + file());
    }

    private TokenStorage holding(String text) throws IOException {
        Files.setPosixFilePermissions(Files.writeString(file(), text), PosixFilePermissions.fromString("rw-------"));
        return open();
    }

    private Properties properties() throws IOException {
        Properties all = new Properties();
        try (InputStream in = Files.newInputStream(file())) {
            all.load(in);
        }
        return all;
    }

    private boolean put(TokenStorage storage, String session, TokenData data) {
        return storage.replace(session, Map.of(), Map.of(data.resourceServer(), data));
    }

    private static void assertFails(String code, String words, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContainingAll("sessions.properties", words);
    }

    private static Path source(String folder, Class<?> type) {
        return Path.of(folder, type.getName().replace('.', '/') + ".java");
    }

    @Test
    void it_is_short() throws IOException {
        assertThat(Files.readAllLines(source("src/main/java", PropertiesTokenStorage.class)))
                .hasSizeBetween(20, 79);
    }

    @Test
    void the_page_shows_code_that_is_compiled() throws IOException {
        String page = Files.readString(Path.of("../docs/own-storage.md"));
        String compiled = Files.readString(source("src/main/java", PropertiesTokenStorage.class))
                + Files.readString(source("src/test/java", PropertiesTokenStorageTest.class));
        String[] parts = page.split("```java\n|```\n");
        assertThat(parts).hasSize(4);
        assertThat(compiled).contains(parts[1].indent(4), parts[3].split("```")[0]);
    }

    @Test
    void a_session_is_one_property_with_a_token_object_for_each_resource_server() throws IOException {
        put(open(), "my session", full("api", "at-1"));
        put(open(), "my session", full("other", "at-2"));
        assertThat(properties()).containsOnlyKeys("my session");
        assertThat(properties().getProperty("my session"))
                .startsWith("{\"api\": {\"resource_server\": \"api\", \"identity_id\": \"11111111-")
                .contains("\"scope\": \"openid all\", \"access_token\": \"at-1\", \"refresh_token\": \"rt-at-1\"")
                .contains("\"expires_at_seconds\": 1767398400, \"token_type\": \"Bearer\"}, \"other\": {");
    }

    @Test
    void a_property_that_is_no_session_is_kept_and_named_to_whoever_asks_for_it() throws IOException {
        TokenStorage storage = holding("# by hand\ncolour = blue\nhalf = {\"api\": {\n");
        assertThat(storage.read("tour")).isEmpty();
        assertFails("token_malformed", "\"colour\"", () -> storage.read("colour"));
        assertFails("token_malformed", "\"half\"", () -> put(storage, "half", full("api", "at")));
        assertThat(put(storage, "tour", full("api", "at"))).isTrue();
        assertThat(properties()).containsEntry("colour", "blue").containsEntry("half", "{\"api\": {");
        assertThat(storage.remove("half")).isTrue();
        assertThat(properties()).containsOnlyKeys("colour", "tour");
    }

    @Test
    void a_record_that_cannot_be_read_hides_no_other() throws IOException {
        put(open(), "tour", full("api", "at"));
        String session = properties().getProperty("tour");
        TokenStorage storage =
                holding("tour = " + session.substring(0, session.length() - 1) + ", \"bad\": {\"scope\": 3}}");
        assertThat(storage.read("tour")).isEqualTo(Map.of("api", full("api", "at")));
        assertFails("token_malformed", "\"bad\"", () -> storage.read("tour", "bad"));
        assertThat(put(storage, "tour", full("bad", "mended"))).isTrue();
        assertThat(storage.read("tour")).hasSize(2);
    }

    @Test
    void what_is_no_properties_file_is_reported_and_not_touched() throws IOException {
        String text = "tour = \\u12";
        TokenStorage storage = holding(text);
        assertFails("store_corrupt", "it is no properties file", () -> storage.read("tour"));
        assertFails("store_corrupt", "it is no properties file", () -> put(storage, "tour", full("api", "at")));
        assertThat(file()).hasContent(text);
    }
}
