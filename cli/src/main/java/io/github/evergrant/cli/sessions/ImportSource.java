package io.github.evergrant.cli.sessions;

import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.providers.globus.GlobusLogin;
import io.github.evergrant.providers.globus.GlobusStores;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.sqlite.SqliteTokenStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The file that a login is imported from, and which of its logins is meant when nobody says. */
final class ImportSource implements AutoCloseable {

    /** The programs there are, for a shell that completes them. */
    static final class Programs implements Iterable<String> {

        private static final List<String> ALL =
                List.of("globus-cli", "globus-compute", "globus-app", "agave", "spatiafi", "tastytrade");

        @Override
        public Iterator<String> iterator() {
            return ALL.iterator();
        }
    }

    private final Invocation it;
    private final GlobusStores stores;
    private final Path file;
    private final @Nullable String usual;
    private final TokenStorage storage;

    /** @param usual the namespace that is meant if it is there, or null */
    private ImportSource(Invocation it, GlobusStores stores, Path file, @Nullable String usual) {
        this.it = it;
        this.stores = stores;
        this.file = it.path(file.toString());
        this.usual = usual;
        requireThere(this.file);
        requireOther(it, this.file);
        // By its content, whatever it is called; and only SQLite's driver opens what may be SQLite's.
        this.storage = it.open((SqliteTokenStorage.isDatabase(this.file) ? "sqlite:" : "json:") + this.file);
    }

    static ImportSource of(Invocation it, @Nullable String file, @Nullable String from) {
        if ((file == null) == (from == null)) {
            throw CliProblem.usage("name a file, or with --from a program: one of them");
        }
        GlobusStores stores = new GlobusStores(it.outside().environment(), System.getProperty("os.name", ""));
        if (from == null) {
            return new ImportSource(it, stores, it.path(String.valueOf(file)), null);
        }
        return switch (from) {
            case "globus-cli" -> new ImportSource(it, stores, stores.cli(), stores.cliNamespace());
            case "globus-compute" -> new ImportSource(it, stores, stores.compute(), stores.computeNamespace());
            case "globus-app" -> new ImportSource(it, stores, onlyApp(it, stores), null);
            default -> throw CliProblem.usage("--from is none of " + String.join(", ", Programs.ALL));
        };
    }

    private static Path onlyApp(Invocation it, GlobusStores stores) {
        List<Path> all = stores.allApps().stream().map(GlobusStores.App::path).toList();
        if (all.isEmpty()) {
            throw new LoginRequired(Problem.of("nothing_to_import", "no GlobusApp keeps tokens in this home folder"));
        }
        if (all.size() > 1) {
            throw several(
                    it,
                    "several apps keep tokens here",
                    all.stream()
                            .map(path -> it.nextCommand().importing(path.toString()))
                            .toList());
        }
        return all.get(0);
    }

    /**
     * The login that is meant.
     *
     * @param named its namespace, or null when nobody says
     * @throws LoginRequired {@code nothing_to_import} when there is none
     */
    Importable choose(@Nullable String named) {
        List<String> all = storage.namespaces();
        if (all.isEmpty()) {
            throw new LoginRequired(Problem.of("nothing_to_import", file + " holds no tokens"));
        }
        String namespace = named != null ? named : all.size() == 1 ? all.get(0) : usual;
        if (namespace == null || !all.contains(namespace)) {
            throw several(
                    it,
                    named == null ? file + " holds several logins" : "there is no login '" + named + "' in " + file,
                    all.stream()
                            .map(each -> it.nextCommand().withNamespace(each))
                            .toList());
        }
        return new Importable(file, storage, namespace, GlobusLogin.of(stores, file, namespace, storage));
    }

    private static CliProblem several(Invocation it, String message, List<String> commands) {
        commands.forEach(command -> it.voice().say("  " + command));
        return CliProblem.of(Exits.USAGE, "import_which", message + "; say which one is meant", null, commands.get(0));
    }

    private static void requireThere(Path file) {
        if (Files.notExists(file)) {
            throw new StorageFailure(Problem.of("store_missing", "there is no file " + file)
                    .withAdvice("check the path")
                    .withPath(file));
        }
    }

    /** Our own store is no other program's. */
    private static void requireOther(Invocation it, Path file) {
        String store = it.store();
        Path ours = Path.of(store.substring(store.indexOf(':') + 1));
        try {
            if (Files.exists(ours) && Files.isSameFile(ours, file)) {
                throw CliProblem.usage(file + " is the store itself: what it holds is known already");
            }
        } catch (IOException e) {
            // Then they are not seen to be the same; whatever is wrong with them is said where they are read.
            return;
        }
    }

    @Override
    public void close() {
        storage.close();
    }
}
