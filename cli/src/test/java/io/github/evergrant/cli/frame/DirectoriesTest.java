package io.github.evergrant.cli.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoriesTest {

    @Test
    void linux_has_the_xdg_folders() {
        assertThat(on("Linux", Map.of("HOME", "/home/ada")))
                .isEqualTo(folders(
                        "/home/ada/.config/evergrant",
                        "/home/ada/.local/state/evergrant",
                        "/home/ada/.cache/evergrant"));
        assertThat(on("Linux", Map.of("HOME", "/home/ada", "XDG_STATE_HOME", "/state", "XDG_CACHE_HOME", "relative")))
                .isEqualTo(folders("/home/ada/.config/evergrant", "/state/evergrant", "/home/ada/.cache/evergrant"));
    }

    @Test
    void the_mac_has_its_library() {
        assertThat(on("Mac OS X", Map.of("HOME", "/Users/ada", "XDG_CONFIG_HOME", "/config")))
                .isEqualTo(folders(
                        "/config/evergrant",
                        "/Users/ada/Library/Application Support/evergrant",
                        "/Users/ada/Library/Caches/evergrant"));
    }

    @Test
    void one_variable_puts_all_under_one_folder() {
        assertThat(on("Linux", Map.of("HOME", "/home/ada", "EVERGRANT_HOME", "~/eg")))
                .isEqualTo(folders("/home/ada/eg/config", "/home/ada/eg/state", "/home/ada/eg/cache"));
    }

    @Test
    void folders_are_made_for_their_owner_alone(@TempDir Path home) throws IOException {
        Path folder = home.resolve("a").resolve("b");

        Directories.make(folder);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("a"))))
                .isEqualTo("rwx------");
    }

    private static Directories on(String system, Map<String, String> variables) {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        return Directories.of(
                new Outside(
                        InstantSource.system(),
                        new ByteArrayInputStream(new byte[0]),
                        nowhere,
                        nowhere,
                        variables,
                        new SystemTerminal(),
                        Path.of("/work")),
                system);
    }

    private static Directories folders(String config, String state, String cache) {
        return new Directories(Path.of(config), Path.of(state), Path.of(cache));
    }
}
