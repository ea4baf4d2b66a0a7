package io.github.evergrant.login.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Whether somebody sits at this machine, whose browser could come back to it.
 *
 * @param environment the environment variables
 * @param system the operating system's name
 * @param exists whether there is such a file
 */
record Desktop(Map<String, String> environment, String system, Predicate<Path> exists) {

    /** Programs that show an address in whatever browser the person has chosen. */
    private static final List<String> OPENERS = List.of("xdg-open", "wslview", "sensible-browser", "x-www-browser");

    static Desktop ofThisMachine(Map<String, String> environment) {
        return new Desktop(environment, System.getProperty("os.name", ""), Files::exists);
    }

    /** What is done with an address here. */
    BrowserChoice choice() {
        String own = environment.getOrDefault("EVERGRANT_BROWSER", "").strip();
        if (!own.isEmpty() && !own.equals(SystemBrowser.NONE)) {
            return BrowserChoice.named(own);
        }
        Optional<String> obstacle = obstacle();
        if (obstacle.isPresent()) {
            return new BrowserChoice.Nowhere(obstacle.get());
        }
        String common = environment.getOrDefault("BROWSER", "").strip();
        if (own.equals(SystemBrowser.NONE) || common.equals(SystemBrowser.NONE)) {
            return new BrowserChoice.Print();
        }
        return Stream.concat(
                        listed(common).stream().flatMap(command -> SystemBrowser.ifUsable(command).stream()),
                        opener().map(SystemBrowser::new).stream())
                .<BrowserChoice>map(BrowserChoice.Open::new)
                .findFirst()
                .orElseGet(() -> new BrowserChoice.Nowhere("no program is found that opens a browser"));
    }

    /** Why no browser of the person's can be opened here that could come back; nothing when one can. */
    private Optional<String> obstacle() {
        if (isSet("SSH_CONNECTION") || isSet("SSH_TTY") || isSet("SSH_CLIENT")) {
            return Optional.of("this is an SSH session");
        }
        if (isSet("container")
                || isSet("KUBERNETES_SERVICE_HOST")
                || exists.test(Path.of("/.dockerenv"))
                || exists.test(Path.of("/run/.containerenv"))) {
            return Optional.of("this is a container");
        }
        boolean display = isSet("DISPLAY") || isSet("WAYLAND_DISPLAY") || isSet("WSL_DISTRO_NAME");
        return display || isMac() || isWindows() ? Optional.empty() : Optional.of("there is no display");
    }

    /** The words that open an address in the person's own browser, without the address. */
    private Optional<List<String>> opener() {
        if (isWindows()) {
            return Optional.of(List.of("rundll32", "url.dll,FileProtocolHandler"));
        }
        if (isMac()) {
            return Optional.of(List.of("/usr/bin/open"));
        }
        return OPENERS.stream()
                .filter(name -> folders().anyMatch(folder -> exists.test(folder.resolve(name))))
                .map(List::of)
                .findFirst();
    }

    /** The commands of a variable like {@code BROWSER}. */
    private List<String> listed(String commands) {
        String separator = isWindows() ? ";" : ":";
        return Arrays.stream(commands.split(separator, -1))
                .map(String::strip)
                .filter(command -> !command.isEmpty())
                .toList();
    }

    private Stream<Path> folders() {
        return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> {
                    try {
                        return Stream.of(Path.of(folder));
                    } catch (InvalidPathException e) {
                        return Stream.empty();
                    }
                });
    }

    private boolean isMac() {
        return system.toLowerCase(Locale.ROOT).startsWith("mac");
    }

    private boolean isWindows() {
        return system.toLowerCase(Locale.ROOT).startsWith("windows");
    }

    private boolean isSet(String name) {
        return !environment.getOrDefault(name, "").isBlank();
    }
}
