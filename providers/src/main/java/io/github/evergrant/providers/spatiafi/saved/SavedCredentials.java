package io.github.evergrant.providers.spatiafi.saved;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.lease.Lease;
import io.github.evergrant.lease.LockFile;
import io.github.evergrant.providers.spatiafi.AppCredentials;
import io.github.evergrant.token.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * App credentials as they are found on a machine: in variables, else in files (docs/protocols/spatiafi.md sections 6.1, 6.4
 * and 7).
 *
 * <p>Immutable and safe for many threads.
 */
public final class SavedCredentials {

    /** All that is ever taken from a file: any other name, such as {@code PATH}, would let it steer programs. */
    private static final List<String> KEYS = List.of("user_id", "client_id", "client_secret");

    /** In the order in which they are looked for. */
    private static final List<String> NAMES = List.of("app_credentials.json", "app_credentials");

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration TURN = Duration.ofMillis(50);

    private final Map<String, String> variables;
    private final CredentialsFolder folder;

    /** @param variables what stands for the environment of the process */
    public SavedCredentials(Map<String, String> variables, CredentialsFolder folder) {
        this.variables = Map.copyOf(variables);
        this.folder = folder;
    }

    public static SavedCredentials ofThisMachine() {
        return new SavedCredentials(System.getenv(), CredentialsFolder.ofThisMachine());
    }

    /**
     * The credentials to use: those of {@code SPATIAFI_CLIENT_ID} and {@code SPATIAFI_CLIENT_SECRET}, where both are set;
     * else those of the first file there is.
     *
     * @throws EvergrantException as {@link CredentialsFile#read}
     */
    public Optional<AppCredentials> find() {
        return ofVariables().or(this::ofFiles);
    }

    /** Those of {@code SPATIAFI_CLIENT_ID} and {@code SPATIAFI_CLIENT_SECRET}, where both are set. */
    public Optional<AppCredentials> ofVariables() {
        return ofVariables("SPATIAFI_");
    }

    /** The first file there is, whatever it holds: those that are looked for after it do not count. */
    public Optional<CredentialsFile> file() {
        return folder.all().stream().filter(Files::exists).findFirst().map(CredentialsFile::new);
    }

    /**
     * The same as {@link #find}, where the variables of the tutorial, {@code CLIENT_ID} and {@code CLIENT_SECRET}, count too, before the files:
     * these are names that other programs use as well.
     */
    public Optional<AppCredentials> findAsTutorial() {
        return ofVariables().or(() -> ofVariables("")).or(this::ofFiles);
    }

    /**
     * The credentials of a file, or new ones, which are then in it: of all threads and processes that ask at once, one creates.
     * The tutorial's file and the package's beside it count as one place: what is in the other is not created again.
     *
     * @param create creates them; what it throws is thrown, and then nothing is written
     * @throws TemporarilyUnavailable {@code credentials_busy} when another one takes too long
     * @throws EvergrantException as {@link CredentialsFile#read} and {@link CredentialsFile#write}
     */
    public static AppCredentials readOrCreate(CredentialsFile file, Supplier<AppCredentials> create) {
        Optional<AppCredentials> there = file.read();
        if (there.isPresent()) {
            return there.get();
        }
        try (Lease alone = alone(file)) {
            Optional<AppCredentials> meanwhile = there(file).flatMap(CredentialsFile::read);
            return meanwhile.isPresent() ? meanwhile.get() : created(file, false, create);
        }
    }

    /**
     * New credentials, which are then in the file; alone among all threads and processes that would write it, or, of the
     * tutorial's file and the package's, the other.
     *
     * @param replace whether what is in the file now, of whatever kind, may be lost
     * @param create as for {@link #readOrCreate}; nothing is created that could not be written
     * @throws InvalidInput {@code credentials_exist} when there is a file, this one or the other, and none may be lost
     * @throws TemporarilyUnavailable {@code credentials_busy} when another one takes too long
     * @throws EvergrantException as {@link CredentialsFile#write}
     */
    public static AppCredentials create(CredentialsFile file, boolean replace, Supplier<AppCredentials> create) {
        try (Lease alone = alone(file)) {
            Optional<CredentialsFile> there = replace ? Optional.empty() : there(file);
            if (there.isPresent()) {
                throw there.get().exists();
            }
            return created(file, replace, create);
        }
    }

    /** The file that is there: itself, or the other of the two that are one place. */
    private static Optional<CredentialsFile> there(CredentialsFile file) {
        Stream<String> others = isUsual(file) ? NAMES.stream() : Stream.empty();
        return Stream.concat(
                        Stream.of(file),
                        others.map(name -> new CredentialsFile(file.path().resolveSibling(name))))
                .filter(each -> Files.exists(each.path()))
                .findFirst();
    }

    private static boolean isUsual(CredentialsFile file) {
        return NAMES.contains(String.valueOf(file.path().getFileName()));
    }

    private static AppCredentials created(CredentialsFile file, boolean replace, Supplier<AppCredentials> create) {
        try (CredentialsRoom room = file.room()) {
            AppCredentials made = create.get();
            room.fill(made, replace);
            return made;
        }
    }

    /**
     * What the tutorial's loader would put into its environment, for a program that is started: {@code USER_ID}, {@code
     * CLIENT_ID} and {@code CLIENT_SECRET}, in clear text, and never another name.
     *
     * @param notice is told, in the loader's manner, why there is nothing: {@code Error occurred: …}
     * @return empty when the file is missing, or is no JSON object
     */
    public static Map<String, String> variables(CredentialsFile file, Consumer<String> notice) {
        return loaded(file, SavedCredentials::known, notice);
    }

    /**
     * All that the tutorial's loader would put into its environment: every field of the file, its name in capitals, its value
     * as Python writes it down. Whoever can write the file chooses the names, {@code PATH} among them; nothing here hands
     * such a map on.
     *
     * @param notice as for {@link #variables}
     */
    public static Map<String, String> allVariables(CredentialsFile file, Consumer<String> notice) {
        return loaded(file, SavedCredentials::all, notice);
    }

    private static Map<String, String> loaded(
            CredentialsFile file,
            Function<Map<String, @Nullable Object>, Map<String, String>> taken,
            Consumer<String> notice) {
        try {
            Optional<Map<String, @Nullable Object>> fields = file.fields();
            if (fields.isEmpty()) {
                notice.accept("Error occurred: there is no file " + file.path());
                return Map.of();
            }
            return taken.apply(fields.get());
        } catch (EvergrantException e) {
            notice.accept("Error occurred: " + e.problem().message());
            return Map.of();
        }
    }

    private static Map<String, String> known(Map<String, @Nullable Object> fields) {
        Map<String, String> known = new LinkedHashMap<>();
        for (String key : KEYS) {
            Object value = fields.get(key);
            if (value instanceof String || value instanceof Number) {
                known.put(key.toUpperCase(Locale.ROOT), value.toString());
            }
        }
        return known;
    }

    private static Map<String, String> all(Map<String, @Nullable Object> fields) {
        Map<String, String> all = new LinkedHashMap<>();
        fields.forEach((key, value) -> all.put(key.toUpperCase(Locale.ROOT), PythonText.of(value)));
        return all;
    }

    private Optional<AppCredentials> ofFiles() {
        return file().flatMap(CredentialsFile::read);
    }

    /** Only both together count. */
    private Optional<AppCredentials> ofVariables(String prefix) {
        String id = variables.getOrDefault(prefix + "CLIENT_ID", "");
        String secret = variables.getOrDefault(prefix + "CLIENT_SECRET", "");
        return id.isBlank() || secret.isBlank()
                ? Optional.empty()
                : Optional.of(new AppCredentials(null, id, Secret.of(secret)));
    }

    private static Lease alone(CredentialsFile file) {
        LockFile lock = new LockFile(() -> lockOf(file), made -> {});
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<Lease> taken = lock.tryTake("credentials");
            if (taken.isPresent()) {
                return taken.get();
            }
            if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                throw new TemporarilyUnavailable(
                        Problem.of("credentials_busy", "another program is creating app credentials for " + file.path())
                                .withAdvice("try again when it has ended")
                                .withPath(file.path()),
                        null);
            }
            LockSupport.parkNanos(TURN.toNanos());
        }
    }

    private static Path lockOf(CredentialsFile file) {
        try {
            String name = isUsual(file)
                    ? "app_credentials"
                    : String.valueOf(file.path().getFileName());
            return file.folder().toRealPath().resolve("." + name + ".lock");
        } catch (IOException e) {
            throw file.unwritable(e);
        }
    }
}
