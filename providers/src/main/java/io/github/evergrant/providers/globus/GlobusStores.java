package io.github.evergrant.providers.globus;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the programs that use {@code globus_sdk} keep their tokens on a machine: globus-cli, globus-compute, and each
 * GlobusApp.
 *
 * <p>By {@code HOME}, on Windows by {@code LOCALAPPDATA} and {@code APPDATA}, and by the variables of these programs
 * (docs/protocols/globus.md sections 1.11 and 1.12). Immutable and safe for many threads.
 */
public final class GlobusStores {

    private static final Pattern APP_FILE = Pattern.compile("(?:(.+)-)?tokens\\.(?:json|db)");
    private static final String PRODUCTION = "production";

    private final Map<String, String> variables;
    private final boolean windows;

    /**
     * Those of a machine.
     *
     * @param variables what stands for the environment of the process
     * @param operatingSystem as the system property {@code os.name} has it
     */
    public GlobusStores(Map<String, String> variables, String operatingSystem) {
        this.variables = Map.copyOf(variables);
        this.windows = operatingSystem.toLowerCase(Locale.ROOT).startsWith("windows");
    }

    /** Those of this machine and user. */
    public static GlobusStores ofThisMachine() {
        return new GlobusStores(System.getenv(), System.getProperty("os.name", ""));
    }

    /** The database of globus-cli. */
    public Path cli() {
        return data().resolve("cli").resolve("storage.db");
    }

    /** Where globus-cli keeps the person's login in it: by environment, and by {@code GLOBUS_PROFILE}. */
    public String cliNamespace() {
        String profile = variable("GLOBUS_PROFILE");
        return "userprofile/" + environment() + (profile.isEmpty() ? "" : "/" + profile);
    }

    /** The database of globus-compute; {@code GLOBUS_COMPUTE_USER_DIR} names its folder. */
    public Path compute() {
        String folder = variable("GLOBUS_COMPUTE_USER_DIR");
        return (folder.isEmpty() ? home().resolve(".globus_compute") : Path.of(folder)).resolve("storage.db");
    }

    /** Where globus-compute keeps the person's login in it. */
    public String computeNamespace() {
        return "user/" + environment();
    }

    /**
     * The file of a GlobusApp; nothing need be there.
     *
     * @param environment {@code production} or another one
     * @param extension {@code json} or {@code db}
     * @throws io.github.evergrant.error.InvalidInput {@code bad_app_name} when an app cannot have that name
     */
    public Path app(String clientId, String appName, String environment, String extension) {
        String prefix = environment.equals(PRODUCTION) ? "" : environment + "-";
        return apps().resolve(clientId).resolve(GlobusAppNames.slug(appName)).resolve(prefix + "tokens." + extension);
    }

    /** What a GlobusApp calls its folder. @throws io.github.evergrant.error.InvalidInput {@code bad_app_name} */
    public static String appFolder(String appName) {
        return GlobusAppNames.slug(appName);
    }

    /**
     * A file of a GlobusApp.
     *
     * @param path where it is
     * @param clientId of which client
     * @param folder what the app calls its folder
     * @param environment of which environment
     */
    public record App(Path path, String clientId, String folder, String environment) {}

    /** The files of all GlobusApps that there are, in the order of their paths; a folder that cannot be read has none. */
    public List<App> allApps() {
        List<App> all = new ArrayList<>();
        for (Path client : inside(apps())) {
            for (Path folder : inside(client)) {
                for (Path file : inside(folder)) {
                    app(file).filter(app -> Files.isRegularFile(app.path())).ifPresent(all::add);
                }
            }
        }
        return all;
    }

    /** Whose file this is, if it is a GlobusApp's, as far as the path tells. */
    public Optional<App> app(Path file) {
        Path folder = file.getParent();
        Path client = folder == null ? null : folder.getParent();
        Path name = file.getFileName();
        if (folder == null || client == null || name == null || !isSame(client.getParent(), apps())) {
            return Optional.empty();
        }
        Matcher matcher = APP_FILE.matcher(name.toString());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String environment = matcher.group(1);
        return Optional.of(new App(
                file,
                String.valueOf(client.getFileName()),
                String.valueOf(folder.getFileName()),
                environment == null ? PRODUCTION : environment));
    }

    /** Whether this is the database of globus-cli. */
    boolean isCli(Path file) {
        return isSame(file, cli());
    }

    /** Whether this is the database of globus-compute. */
    boolean isCompute(Path file) {
        return isSame(file, compute());
    }

    /** The environment that {@code GLOBUS_SDK_ENVIRONMENT} names, else production. */
    String environment() {
        return new GlobusUrls(variables).defaultEnvironment();
    }

    private Path apps() {
        return data().resolve("app");
    }

    /** {@code LOCALAPPDATA} counts if it is set, even to nothing. */
    private Path data() {
        if (!windows) {
            return home().resolve(".globus");
        }
        String data = variables.getOrDefault("LOCALAPPDATA", variable("APPDATA"));
        Path folder = data.isEmpty() ? home().resolve("AppData").resolve("Local") : Path.of(data);
        return folder.resolve("globus");
    }

    /** As Python finds it: {@code user.home} ignores {@code HOME} on Unix. */
    private Path home() {
        String home = variable(windows ? "USERPROFILE" : "HOME");
        return Path.of(home.isEmpty() ? System.getProperty("user.home", "") : home);
    }

    private String variable(String name) {
        return variables.getOrDefault(name, "");
    }

    private static List<Path> inside(Path folder) {
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
            found.forEach(all::add);
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        all.sort(null);
        return all;
    }

    /** By whatever links. */
    private static boolean isSame(@Nullable Path one, Path other) {
        if (one == null) {
            return false;
        }
        if (one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize())) {
            return true;
        }
        try {
            return Files.exists(one) && Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }
}
