package io.github.evergrant.login.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are started as browsers are. */
final class SystemBrowserTest {

    private static final URI ADDRESS = URI.create("https://a.example/?x=$(touch%20pwned)&y=%22;z");

    private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();

    @TempDir
    private Path folder;

    @Test
    void it_gets_the_address_as_one_argument_and_nothing_to_read() throws Exception {
        Path seen = folder.resolve("seen");
        Path script = Files.writeString(
                folder.resolve("my browser"),
                "#!/bin/sh\necho \"$#|$1|$2|$(cat)|\" >'" + seen + ".new' && mv '" + seen + ".new' '" + seen + "'\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        SystemBrowser.command("'" + script + "' --new").open(ADDRESS, failures::add);

        Awaitility.await().until(() -> Files.exists(seen));
        assertThat(Files.readString(seen)).isEqualTo("2|--new|" + ADDRESS + "||\n");
        assertThat(failures).isEmpty();
    }

    @Test
    void it_inherits_no_secret() {
        assertThat(Stream.of(
                        "EVERGRANT_REFRESH_TOKEN",
                        "EVERGRANT_HOME",
                        "CLIENT_SECRET",
                        "GLOBUS_CLI_CLIENT_SECRET",
                        "SPATIAFI_CLIENT_SECRET",
                        "GLOBUS_ACCESS_TOKEN",
                        "TAPIS_TOKEN",
                        "AGAVE_PASSWORD",
                        "TT_SECRET",
                        "TT_REFRESH"))
                .allMatch(SystemBrowser::isSecret);
        assertThat(Stream.of(
                        "PATH",
                        "HOME",
                        "DISPLAY",
                        "WAYLAND_DISPLAY",
                        "XDG_ACTIVATION_TOKEN",
                        "DBUS_SESSION_BUS_ADDRESS",
                        "GLOBUS_SDK_ENVIRONMENT"))
                .noneMatch(SystemBrowser::isSecret);
    }

    @Test
    void one_that_ends_in_failure_is_told_of() throws Exception {
        SystemBrowser.command("sh -c 'exit 3'").open(ADDRESS, failures::add);

        assertThat(failures.poll(30, TimeUnit.SECONDS)).isEqualTo("the browser 'sh' ended with 3");
    }

    @Test
    void one_that_is_not_there_cannot_be_started() {
        assertThatThrownBy(() -> SystemBrowser.command("/nowhere/firefox").open(ADDRESS, failures::add))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("browser_unusable"))
                .hasMessage("the browser 'firefox' cannot be started");
    }
}
