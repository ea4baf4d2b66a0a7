package io.github.evergrant.providers.globus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.oauth.Golden;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where programs of Globus' keep their tokens, as they say themselves. */
final class GlobusStoresTest {

    private static final String CLIENT = "61338d24-54d5-408f-a10d-66c06b59f6d2";

    @TempDir
    private Path folder;

    private static GlobusStores linux(String... namesAndValues) {
        Map<String, String> variables = new HashMap<>(Map.of("HOME", "/home/example"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            variables.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new GlobusStores(variables, "Linux");
    }

    @Test
    @DisplayName("90: what an app calls its folder is what the Python library calls it")
    void every_captured_app_name_is_ours_too() {
        int compared = 0;
        for (Golden one : Golden.read("globus/vectors/app_name_slug.json").items()) {
            String input = one.at("input").text();
            if (one.has("ok")) {
                assertThat(GlobusStores.appFolder(input))
                        .as(input)
                        .isEqualTo(one.at("ok").text());
            } else {
                assertThatThrownBy(() -> GlobusStores.appFolder(input))
                        .as(input)
                        .isInstanceOfSatisfying(
                                InvalidInput.class, e -> assertThat(e.code()).isEqualTo("bad_app_name"));
            }
            compared++;
        }
        assertThat(compared).isEqualTo(31);
    }

    @Test
    @DisplayName("89: the file of an app is where the Python library has it")
    void every_captured_path_is_ours_too() {
        int compared = 0;
        for (Golden one : Golden.read("globus/vectors/default_paths_linux.json").items()) {
            GlobusStores stores = linux("HOME", one.at("HOME").text());
            for (String extension : new String[] {"json", "db"}) {
                Path path = stores.app(
                        one.at("client_id").text(),
                        one.at("app_name").text(),
                        one.at("environment").text(),
                        extension);
                assertThat(path).hasToString(one.at("path_without_suffix").text() + "." + extension);
                assertThat(stores.app(path)).hasValueSatisfying(app -> {
                    assertThat(app.clientId()).isEqualTo(one.at("client_id").text());
                    assertThat(app.environment())
                            .isEqualTo(one.at("environment").text());
                });
            }
            compared++;
        }
        assertThat(compared).isEqualTo(14);
    }

    @Test
    @DisplayName("1.12: globus-cli, by environment and profile")
    void the_place_of_globus_cli() {
        assertThat(linux().cli()).isEqualTo(Path.of("/home/example/.globus/cli/storage.db"));
        assertThat(linux().cliNamespace()).isEqualTo("userprofile/production");
        assertThat(linux("GLOBUS_PROFILE", "work").cliNamespace()).isEqualTo("userprofile/production/work");
        assertThat(linux("GLOBUS_PROFILE", "work", "GLOBUS_SDK_ENVIRONMENT", "preview")
                        .cliNamespace())
                .isEqualTo("userprofile/preview/work");
    }

    @Test
    @DisplayName("1.12: globus-compute, and the folder that its variable names")
    void the_place_of_globus_compute() {
        assertThat(linux().compute()).isEqualTo(Path.of("/home/example/.globus_compute/storage.db"));
        assertThat(linux("GLOBUS_COMPUTE_USER_DIR", "/data/gc").compute()).isEqualTo(Path.of("/data/gc/storage.db"));
        assertThat(linux("GLOBUS_SDK_ENVIRONMENT", "sandbox").computeNamespace())
                .isEqualTo("user/sandbox");
    }

    @Test
    @DisplayName("1.11: on Windows LOCALAPPDATA counts if it is set, even to nothing")
    void the_places_on_windows() {
        Map<String, String> variables = new HashMap<>(
                Map.of("USERPROFILE", "/Users/ada", "HOME", "/elsewhere", "APPDATA", "/Users/ada/Roaming"));
        assertThat(new GlobusStores(variables, "Windows 11").cli())
                .isEqualTo(Path.of("/Users/ada/Roaming/globus/cli/storage.db"));
        variables.put("LOCALAPPDATA", "");
        assertThat(new GlobusStores(variables, "Windows 11").cli())
                .isEqualTo(Path.of("/Users/ada/AppData/Local/globus/cli/storage.db"));
        variables.put("LOCALAPPDATA", "/Users/ada/Local");
        assertThat(new GlobusStores(variables, "Windows 11").app(CLIENT, "My App", "production", "json"))
                .isEqualTo(Path.of("/Users/ada/Local/globus/app/" + CLIENT + "/my-app/tokens.json"));
        assertThat(new GlobusStores(variables, "Windows 11").compute())
                .isEqualTo(Path.of("/Users/ada/.globus_compute/storage.db"));
    }

    @Test
    void all_apps_of_a_home_are_found() throws IOException {
        assertThat(linux("HOME", folder.toString()).allApps()).isEmpty();
        for (String file : new String[] {
            CLIENT + "/my-app--v1/tokens.json",
            CLIENT + "/refresh-app/tokens.json",
            CLIENT + "/refresh-app/tokens.before-refresh.json",
            CLIENT + "/sqlite-app/sandbox-tokens.db",
            "aaaaaaaa-0000-4000-8000-000000000001/svc/tokens.json"
        }) {
            Path path = folder.resolve(".globus/app").resolve(file);
            Files.createDirectories(path.getParent());
            try (InputStream in = Objects.requireNonNull(
                    GlobusStoresTest.class.getResourceAsStream("/golden/globus/app_home/.globus/app/" + file), file)) {
                Files.copy(in, path);
            }
        }
        Files.writeString(folder.resolve(".globus/app/stray.txt"), "");
        Path apps = folder.resolve(".globus/app");
        assertThat(linux("HOME", folder.toString()).allApps())
                .containsExactly(
                        new GlobusStores.App(
                                apps.resolve(CLIENT + "/my-app--v1/tokens.json"), CLIENT, "my-app--v1", "production"),
                        new GlobusStores.App(
                                apps.resolve(CLIENT + "/refresh-app/tokens.json"), CLIENT, "refresh-app", "production"),
                        new GlobusStores.App(
                                apps.resolve(CLIENT + "/sqlite-app/sandbox-tokens.db"),
                                CLIENT,
                                "sqlite-app",
                                "sandbox"),
                        new GlobusStores.App(
                                apps.resolve("aaaaaaaa-0000-4000-8000-000000000001/svc/tokens.json"),
                                "aaaaaaaa-0000-4000-8000-000000000001",
                                "svc",
                                "production"));
    }

    @Test
    void a_file_is_known_by_whatever_link() throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        Path file = linux("HOME", home.toString()).app(CLIENT, "App", "production", "json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{}");
        Path link = Files.createSymbolicLink(folder.resolve("link"), home);
        assertThat(linux("HOME", link.toString()).app(file)).isPresent();
        assertThat(linux("HOME", home.toString()).app(folder.resolve("tokens.json")))
                .isEmpty();
    }
}
