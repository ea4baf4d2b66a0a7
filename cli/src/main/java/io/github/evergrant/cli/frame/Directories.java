package io.github.evergrant.cli.frame;

import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/**
 * Where this program keeps things.
 *
 * @param config providers and defaults; no secrets
 * @param state the sessions, and which one was chosen
 * @param cache what can be deleted without losing anything
 */
public record Directories(Path config, Path state, Path cache) {

    /** By {@code EVERGRANT_HOME}, the XDG variables, or the custom of the operating system. */
    static Directories of(Outside outside, String operatingSystem) {
        String one = outside.variable("EVERGRANT_HOME");
        if (!one.isEmpty()) {
            Path root = path(outside, one);
            return new Directories(root.resolve("config"), root.resolve("state"), root.resolve("cache"));
        }
        String system = operatingSystem.toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            Path roaming = below(outside, "APPDATA", "AppData/Roaming");
            Path local = below(outside, "LOCALAPPDATA", "AppData/Local");
            return new Directories(roaming, local, local.resolve("cache"));
        }
        boolean mac = system.startsWith("mac");
        return new Directories(
                below(outside, "XDG_CONFIG_HOME", mac ? "Library/Application Support" : ".config"),
                below(outside, "XDG_STATE_HOME", mac ? "Library/Application Support" : ".local/state"),
                below(outside, "XDG_CACHE_HOME", mac ? "Library/Caches" : ".cache"));
    }

    /** Of the operating system that runs this. */
    public static Directories of(Outside outside) {
        return of(outside, System.getProperty("os.name", ""));
    }

    /** Where the sessions are when nobody says where. */
    public String defaultStore() {
        return "json:" + state.resolve("sessions.json");
    }

    /** Which sessions of other stores are known in the one that is used when nobody says where. */
    public Path adoptions() {
        return state.resolve("adopted.json");
    }

    /** Which session is meant in each store when none is named. */
    public Path chosen() {
        return state.resolve("chosen.json");
    }

    /** A path as a person wrote it: {@code ~} is the home folder, and a relative one counts from the working directory. */
    public static Path path(Outside outside, String text) {
        if (text.equals("~") || text.startsWith("~/")) {
            return home(outside).resolve(text.substring(Math.min(2, text.length())));
        }
        return outside.workingDirectory().resolve(text);
    }

    /** Makes a folder and those above it that are missing, for their owner alone. */
    public static void make(Path folder) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] mode = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.createDirectories(folder, mode);
        } catch (IOException e) {
            throw new StorageFailure(Problem.of("folder_unwritable", "the folder " + folder + " cannot be made")
                    .withAdvice("set EVERGRANT_HOME to a folder of your own")
                    .withCause(e));
        }
    }

    /** A relative path in such a variable is to be ignored, says the XDG specification. */
    private static Path below(Outside outside, String variable, String otherwise) {
        String given = outside.variable(variable);
        boolean usable = !given.isEmpty() && Path.of(given).isAbsolute();
        Path parent = usable ? Path.of(given) : home(outside).resolve(otherwise);
        return parent.resolve("evergrant");
    }

    private static Path home(Outside outside) {
        String home = outside.variable("HOME");
        return Path.of(home.isEmpty() ? System.getProperty("user.home", "") : home)
                .toAbsolutePath();
    }
}
