package io.github.evergrant.cli.spatiafi;

import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.providers.spatiafi.AppCredentials;
import io.github.evergrant.providers.spatiafi.saved.CredentialsFile;
import io.github.evergrant.providers.spatiafi.saved.CredentialsFolder;
import io.github.evergrant.providers.spatiafi.saved.SavedCredentials;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where app credentials are on this machine: where SpatiaFi's programs look for them. Those of a sandbox have a folder of their
 * own beside our sessions, so that they are never taken for real ones, nor real ones shown to a sandbox. For one run.
 */
public final class SpatiaFiFiles {

    private final Invocation it;
    private final CredentialsFolder folder;
    private final SavedCredentials saved;

    private SpatiaFiFiles(Invocation it, CredentialsFolder folder, SavedCredentials saved) {
        this.it = it;
        this.folder = folder;
        this.saved = saved;
    }

    public static SpatiaFiFiles of(Invocation it) {
        boolean sandboxed = it.sandbox().isPresent();
        Map<String, String> variables = sandboxed
                ? Map.of(
                        "XDG_CONFIG_HOME",
                        it.directories()
                                .state()
                                .resolve("sandbox")
                                .toAbsolutePath()
                                .toString())
                : it.outside().environment();
        CredentialsFolder folder = new CredentialsFolder(variables, sandboxed ? "" : System.getProperty("os.name", ""));
        return new SpatiaFiFiles(it, folder, new SavedCredentials(variables, folder));
    }

    /** The file of the tutorial. */
    public CredentialsFile tutorialFile() {
        return new CredentialsFile(folder.tutorialFile());
    }

    /** The file of the Python package. */
    public CredentialsFile packageFile() {
        return new CredentialsFile(folder.packageFile());
    }

    /** The file that counts, if there is one: the first of those that are looked for. */
    public Optional<CredentialsFile> file() {
        return saved.file();
    }

    /**
     * Those of the variables {@code SPATIAFI_CLIENT_ID} and {@code SPATIAFI_CLIENT_SECRET}, else those of the file.
     *
     * @throws EvergrantException as {@link #read}
     */
    public Optional<AppCredentials> find() {
        return saved.ofVariables().or(() -> file().flatMap(this::read));
    }

    /** What stays of a session by app credentials when it ends, in words; nothing of any other session. */
    public static Optional<String> staying(Invocation it, String session) {
        try {
            return it.look(session)
                    .facts()
                    .filter(facts ->
                            facts.provider().equals("spatiafi") && facts.kind() == LoginResult.Kind.CLIENT_CREDENTIALS)
                    .map(facts -> "Its app credentials stay good at SpatiaFi"
                            + of(it).whereSaved(facts.client().id())
                                    .map(path -> ", and stay in " + path)
                                    .orElse("")
                            + ".");
        } catch (EvergrantException e) {
            return Optional.empty();
        }
    }

    /** In whichever file, also one that others are looked for before. */
    private Optional<Path> whereSaved(String clientId) {
        return folder.all().stream()
                .filter(path -> holds(new CredentialsFile(path), clientId))
                .findFirst();
    }

    private static boolean holds(CredentialsFile file, String clientId) {
        try {
            return file.read().filter(each -> each.clientId().equals(clientId)).isPresent();
        } catch (EvergrantException e) {
            return false;
        }
    }

    /**
     * What is in a file; with a warning, where others may read it too.
     *
     * @throws StorageFailure {@code store_permissions} when it is to be refused then
     * @throws EvergrantException as {@link CredentialsFile#read}
     */
    public Optional<AppCredentials> read(CredentialsFile file) {
        Optional<AppCredentials> found = file.read();
        if (found.isPresent() && file.isOpenToOthers()) {
            String fact = "the file of app credentials " + file.path() + " can be read by others";
            String cure = "chmod 600 " + it.nextCommand().quoted(file.path().toString());
            if (it.mustBePrivate()) {
                throw new StorageFailure(
                        Problem.of("store_permissions", fact).withAdvice(cure).withPath(file.path()));
            }
            it.voice().warn("store_permissions", fact + "; to make it private: " + cure);
        }
        return found;
    }
}
