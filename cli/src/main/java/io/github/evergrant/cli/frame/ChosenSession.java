package io.github.evergrant.cli.frame;

import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.providers.agave.saved.AgaveTokenStorage;
import io.github.evergrant.providers.agave.saved.SavedSession;
import io.github.evergrant.renewal.SessionRecords;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.adopted.AdoptingTokenStorage;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.storage.json.MalformedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which session of the store is meant when none is named: {@code sessions use} chose it, for each store, in a file in the
 * state folder; in Agave's files it is the one that its programs use.
 */
public final class ChosenSession {

    /** What is noted for the session that is in use in Agave's files, whichever that is. */
    private static final Map<String, Object> FOLLOWS = Map.of("in_use_by", "agave");

    private final Invocation it;
    private final Path file;

    ChosenSession(Invocation it) {
        this.it = it;
        this.file = it.directories().chosen();
    }

    /**
     * Its name, if one is chosen that is there.
     *
     * @param all the sessions there are
     * @throws LoginRequired {@code no_tokens} when nobody has logged in with it yet, {@code moved} when it went elsewhere
     */
    Optional<String> name(List<String> all) {
        Optional<String> chosen = name();
        Optional<String> empty = chosen.filter(name -> !all.contains(name))
                .filter(name ->
                        it.agaveFiles().flatMap(files -> files.saved(name)).isPresent());
        if (empty.isPresent()) {
            new SessionRecords(it.door().storage(), empty.get()).movedTo().ifPresent(moved -> {
                throw moved.problem(empty.get());
            });
            throw new LoginRequired(Problem.of(
                            "no_tokens",
                            "nobody has logged in with session '" + empty.get() + "', which is the chosen one")
                    .withSession(empty.get()));
        }
        return chosen.filter(all::contains);
    }

    /** Its name, if one is chosen; also nothing when the file cannot be read as what it should be. */
    public Optional<String> name() {
        TokenStorage storage = it.door().storage();
        if (storage instanceof AgaveTokenStorage files) {
            return inUse(files);
        }
        Object noted = read().get(it.store());
        if (noted instanceof String name && !name.isEmpty()) {
            return Optional.of(name);
        }
        boolean followed = FOLLOWS.equals(noted)
                || (storage instanceof AdoptingTokenStorage joined
                        && joined.namespaces().stream().allMatch(joined::isBeside));
        return followed ? it.agaveFiles().flatMap(ChosenSession::inUse) : Optional.empty();
    }

    private static Optional<String> inUse(AgaveTokenStorage files) {
        return files.current().map(SavedSession::name);
    }

    /** Chooses a session; of those in Agave's files, whichever is in use there. */
    public void choose(String name) {
        if (it.door().storage() instanceof AgaveTokenStorage) {
            return;
        }
        note(it.isBeside(name) ? FOLLOWS : name);
    }

    /** Follows a session to another name; null when it has none any more. */
    public void follow(String from, @Nullable String to) {
        if (from.equals(read().get(it.store()))) {
            note(to);
        }
    }

    private void note(@Nullable Object chosen) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(read());
        boolean changed = chosen == null ? all.remove(it.store()) != null : !chosen.equals(all.put(it.store(), chosen));
        if (changed) {
            write(all);
        }
    }

    private Map<String, @Nullable Object> read() {
        try {
            return Json.readObject(Files.readAllBytes(file));
        } catch (NoSuchFileException | MalformedJson e) {
            return Map.of();
        } catch (IOException e) {
            throw failure("cannot be read", e);
        }
    }

    private void write(Map<String, @Nullable Object> all) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new AssertionError(file);
        }
        Directories.make(folder);
        try {
            PrivateFile.write(file, Json.write(all));
        } catch (IOException e) {
            throw failure("cannot be written", e);
        }
    }

    private StorageFailure failure(String what, IOException cause) {
        return new StorageFailure(Problem.of("state_unusable", file + " " + what)
                .withAdvice("name the session with -s")
                .withCause(cause));
    }
}
