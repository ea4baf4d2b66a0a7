package io.github.evergrant.providers.spatiafi.saved;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CredentialsFolderTest {

    @Test
    @DisplayName("spatiafi 12: on Linux the files are in .config, the package's before the tutorial's")
    void on_linux_they_are_in_config() {
        CredentialsFolder folder = new CredentialsFolder(Map.of("HOME", "/home/ada"), "Linux");

        assertThat(folder.all())
                .containsExactly(
                        Path.of("/home/ada/.config/spatiafi/app_credentials.json"),
                        Path.of("/home/ada/.config/spatiafi/app_credentials"));
        assertThat(folder.packageFile()).isEqualTo(folder.all().get(0));
        assertThat(folder.tutorialFile()).isEqualTo(folder.all().get(1));
    }

    @ParameterizedTest
    @DisplayName("spatiafi 13, spatiafi 14: XDG_CONFIG_HOME counts if it is set, not blank and absolute")
    @CsvSource({
        "/x,/x/spatiafi",
        "'',/home/ada/.config/spatiafi",
        "'  ',/home/ada/.config/spatiafi",
        "x/y,/home/ada/.config/spatiafi"
    })
    void xdg_counts_if_it_says_something(String xdg, String path) {
        assertThat(new CredentialsFolder(Map.of("HOME", "/home/ada", "XDG_CONFIG_HOME", xdg), "Linux").path())
                .isEqualTo(Path.of(path));
    }

    @Test
    @DisplayName("spatiafi 15: on macOS they are in Application Support, and were in Preferences")
    void on_macos_they_are_in_application_support() {
        assertThat(new CredentialsFolder(Map.of("HOME", "/Users/ada"), "Mac OS X").all())
                .containsExactly(
                        Path.of("/Users/ada/Library/Application Support/spatiafi/app_credentials.json"),
                        Path.of("/Users/ada/Library/Application Support/spatiafi/app_credentials"),
                        Path.of("/Users/ada/Library/Preferences/spatiafi/app_credentials.json"),
                        Path.of("/Users/ada/Library/Preferences/spatiafi/app_credentials"));
        assertThat(new CredentialsFolder(Map.of("HOME", "/Users/ada", "XDG_CONFIG_HOME", "/x"), "Mac OS X").path())
                .isEqualTo(Path.of("/x/spatiafi"));
    }

    @Test
    @DisplayName("spatiafi 16: on Windows they are in LOCALAPPDATA, the name twice")
    void on_windows_the_name_stands_twice() {
        assertThat(new CredentialsFolder(Map.of("LOCALAPPDATA", "/local", "XDG_CONFIG_HOME", "/x"), "Windows 11")
                        .path())
                .isEqualTo(Path.of("/local/spatiafi/spatiafi"));
        assertThat(new CredentialsFolder(
                                Map.of("LOCALAPPDATA", "/local", "WIN_PD_OVERRIDE_LOCAL_APPDATA", "/other"),
                                "Windows 11")
                        .path())
                .isEqualTo(Path.of("/other/spatiafi/spatiafi"));
        assertThat(new CredentialsFolder(Map.of(), "Windows 11").path())
                .isEqualTo(Path.of(System.getProperty("user.home"), "AppData", "Local", "spatiafi", "spatiafi"));
    }
}
