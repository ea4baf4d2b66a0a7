package io.github.evergrant.cli.spatiafi;

import io.github.evergrant.cli.frame.ForeignFile;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.spatiafi.AppCredentials;
import io.github.evergrant.providers.spatiafi.SpatiaFiLogin;
import io.github.evergrant.providers.spatiafi.SpatiaFiProvider;
import io.github.evergrant.providers.spatiafi.saved.CredentialsFile;
import io.github.evergrant.providers.spatiafi.saved.CredentialsFolder;
import io.github.evergrant.providers.spatiafi.saved.SavedCredentials;
import io.github.evergrant.session.SessionFacts;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where app credentials are on this machine: those of the usual service where SpatiaFi's programs look for them. Those of a
 * sandbox, and of each other auth service, have a folder of their own beside our sessions, so that none are ever taken for
 * another's. For one run.
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

    /** @param data of the service that knows the credentials */
    public static SpatiaFiFiles of(Invocation it, ProviderData data) {
        Map<String, String> variables = data.base() == null ? it.outside().environment() : Map.of();
        CredentialsFolder folder = apart(it, data)
                .map(place -> new CredentialsFolder(
                        Map.of("XDG_CONFIG_HOME", place.toAbsolutePath().toString()), ""))
                .orElseGet(() -> new CredentialsFolder(variables, System.getProperty("os.name", "")));
        return new SpatiaFiFiles(it, folder, new SavedCredentials(variables, folder));
    }

    /** The folder of a service that is not the usual one. */
    private static Optional<Path> apart(Invocation it, ProviderData data) {
        Path state = it.directories().state();
        if (data.base() != null) {
            return Optional.of(state.resolve("sandbox"));
        }
        String issuer = data.endpoints().issuer();
        boolean usual =
                new SpatiaFiProvider().describe(null, null).endpoints().issuer().equals(issuer);
        return usual
                ? Optional.empty()
                : Optional.of(state.resolve("elsewhere").resolve(URLEncoder.encode(issuer, StandardCharsets.UTF_8)));
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

    /** Where {@link #find} found some, in words. */
    public String whence() {
        return saved.ofVariables().isPresent()
                ? "SPATIAFI_CLIENT_ID and SPATIAFI_CLIENT_SECRET are set"
                : "there are app credentials in "
                        + file().orElseGet(this::tutorialFile).path();
    }

    /**
     * A session's beginning by app credentials; where they are saved here and not accepted, the error names their file.
     *
     * @throws EvergrantException as {@link SpatiaFiLogin#appCredentials}
     */
    public LoginResult logIn(SpatiaFiProvider spatiafi, ProviderData data, AppCredentials credentials) {
        try {
            return SpatiaFiLogin.appCredentials(
                    spatiafi, data, credentials, it.door().wire());
        } catch (ProviderRefused e) {
            Optional<Path> file = e.code().equals("invalid_client")
                    ? whereSaved(each -> each.clientId().equals(credentials.clientId())
                            && each.clientSecret().equals(credentials.clientSecret()))
                    : Optional.empty();
            throw file.map(path -> new ProviderRefused(e.problem().withPath(path)))
                    .orElse(e);
        }
    }

    /** What stays of a session by app credentials when it ends, in words; nothing of any other session. */
    public static Optional<String> staying(Invocation it, String session) {
        try {
            return it.look(session)
                    .facts()
                    .filter(facts ->
                            facts.provider().equals("spatiafi") && facts.kind() == LoginResult.Kind.CLIENT_CREDENTIALS)
                    .map(facts -> "Its app credentials stay good at SpatiaFi"
                            + of(it, data(facts))
                                    .whereSaved(each -> each.clientId()
                                            .equals(facts.client().id()))
                                    .map(path -> ", and stay in " + path)
                                    .orElse("")
                            + ".");
        } catch (EvergrantException e) {
            return Optional.empty();
        }
    }

    private static ProviderData data(SessionFacts facts) {
        return new SpatiaFiProvider().recall(facts.environment(), facts.tokenEndpoint(), facts.base());
    }

    /** In whichever file, also one that others are looked for before. */
    private Optional<Path> whereSaved(Predicate<AppCredentials> those) {
        return folder.all().stream()
                .filter(path -> holds(new CredentialsFile(path), those))
                .findFirst();
    }

    private static boolean holds(CredentialsFile file, Predicate<AppCredentials> those) {
        try {
            return file.read().filter(those).isPresent();
        } catch (EvergrantException e) {
            return false;
        }
    }

    /**
     * What is in a file; with a warning, where others may read it too.
     *
     * @throws EvergrantException as {@link CredentialsFile#read} and {@link ForeignFile#requirePrivate}
     */
    public Optional<AppCredentials> read(CredentialsFile file) {
        Optional<AppCredentials> found = file.read();
        if (found.isPresent()) {
            ForeignFile.requirePrivate(it, file.path(), "the file of app credentials");
        }
        return found;
    }
}
