package io.github.evergrant.providers.spatiafi.saved;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where the programs of SpatiaFi look for app credentials on a machine (docs/protocols/spatiafi.md sections 6.1 and 6.2).
 *
 * <p>Nothing need be there, and nothing is made. Immutable and safe for many threads.
 */
public final class CredentialsFolder {

    private static final String APP = "spatiafi";

    private final Map<String, String> variables;
    private final String system;

    /**
     * @param variables what stands for the environment of the process
     * @param operatingSystem as the system property {@code os.name} has it
     */
    public CredentialsFolder(Map<String, String> variables, String operatingSystem) {
        this.variables = Map.copyOf(variables);
        this.system = operatingSystem.toLowerCase(Locale.ROOT);
    }

    public static CredentialsFolder ofThisMachine() {
        return new CredentialsFolder(System.getenv(), System.getProperty("os.name", ""));
    }

    /** The folder. On Windows the name stands there twice, since an app's author is called as the app is. */
    public Path path() {
        if (system.startsWith("windows")) {
            String given = variable("WIN_PD_OVERRIDE_LOCAL_APPDATA");
            String local = given.isEmpty() ? variable("LOCALAPPDATA") : given;
            Path base = local.isEmpty() ? home().resolve("AppData").resolve("Local") : Path.of(local);
            return base.resolve(APP).resolve(APP);
        }
        String xdg = variable("XDG_CONFIG_HOME");
        if (!xdg.isEmpty() && Path.of(xdg).isAbsolute()) {
            return Path.of(xdg).resolve(APP);
        }
        return isMac()
                ? home().resolve("Library").resolve("Application Support").resolve(APP)
                : home().resolve(".config").resolve(APP);
    }

    /** The file of the Python package: what it finds there it prefers to logging in. */
    public Path packageFile() {
        return path().resolve("app_credentials.json");
    }

    /** The file of the tutorial, without an ending. */
    public Path tutorialFile() {
        return path().resolve("app_credentials");
    }

    /** Where credentials may be, in the order in which they are looked for. */
    public List<Path> all() {
        List<Path> all = new ArrayList<>(List.of(packageFile(), tutorialFile()));
        if (isMac()) {
            // Where platformdirs before 3.0 had it.
            Path former = home().resolve("Library").resolve("Preferences").resolve(APP);
            all.add(former.resolve("app_credentials.json"));
            all.add(former.resolve("app_credentials"));
        }
        return all;
    }

    private boolean isMac() {
        return system.startsWith("mac");
    }

    /** As Python finds it: {@code user.home} ignores {@code HOME} on Unix. */
    private Path home() {
        String home = variable("HOME");
        return Path.of(home.isEmpty() || system.startsWith("windows") ? System.getProperty("user.home", "") : home);
    }

    /** One that is blank counts as not set. */
    private String variable(String name) {
        return variables.getOrDefault(name, "").strip();
    }
}
