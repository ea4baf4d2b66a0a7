package io.github.evergrant.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorageProvider;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.storage.memory.MemoryTokenStorage;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenStoragesTest {

    @Test
    void known_schemes_open_their_storages() {
        assertThat(TokenStorages.open("json:/tmp/t.json"))
                .isInstanceOf(JsonTokenStorage.class)
                .extracting(TokenStorage::address)
                .isEqualTo("json:/tmp/t.json");
        assertThat(TokenStorages.open("json1:/tmp/t.json").address()).isEqualTo("json1:/tmp/t.json");
        assertThat(TokenStorages.open("memory:")).isInstanceOf(MemoryTokenStorage.class);
        assertThat(TokenStorages.open("memory:x")).isSameAs(TokenStorages.open("memory:x"));
        assertThat(TokenStorages.open("memory:x").address()).isEqualTo("memory:x");
        assertThat(TokenStorages.open("memory:")).isNotSameAs(TokenStorages.open("memory:"));
    }

    @Test
    void the_home_folder_is_that_of_the_environment() {
        assertThat(TokenStorages.open("json:~/t.json").address())
                .isEqualTo("json:" + Path.of(System.getenv("HOME"), "t.json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tokens.json", "jso:/tmp/t.json", "JSON:/tmp/t.json", "nope:secret@host"})
    void an_unknown_scheme_is_refused_with_those_that_are_known(String address) {
        assertThatThrownBy(() -> TokenStorages.open(address))
                .isInstanceOfSatisfying(InvalidInput.class, e -> {
                    assertThat(e.code()).isEqualTo("unknown_store_scheme");
                    assertThat(e.advice()).contains("json:, json1:, memory:");
                })
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json:", "json1:"})
    void a_file_needs_a_path(String address) {
        assertThatThrownBy(() -> TokenStorages.open(address))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("store_path_missing"));
    }

    /** A kind of storage that another module would bring. */
    public static final class Elsewhere implements TokenStorageProvider {

        @Override
        public String scheme() {
            return "elsewhere";
        }

        @Override
        public TokenStorage open(String address, StorageOptions options) {
            assertThat(options.strictPermissions()).isTrue();
            return MemoryTokenStorage.named(address);
        }
    }

    @Test
    void further_schemes_come_from_further_modules(@TempDir Path folder) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(TokenStorageProvider.class.getName()), Elsewhere.class.getName());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader modules =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(modules);
            StorageOptions strict = StorageOptions.DEFAULT.withStrictPermissions(true);
            assertThat(TokenStorages.open("elsewhere://host", strict).address()).isEqualTo("memory:elsewhere://host");
            assertThatThrownBy(() -> TokenStorages.open("nowhere:"))
                    .isInstanceOfSatisfying(
                            InvalidInput.class, e -> assertThat(e.advice()).contains("elsewhere:, json:"));
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
