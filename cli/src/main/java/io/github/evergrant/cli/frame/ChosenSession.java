package io.github.evergrant.cli.frame;

import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.storage.json.MalformedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which session {@code sessions use} chose, for each store; a file in the state folder. */
public final class ChosenSession {

    private final Path file;

    ChosenSession(Directories directories) {
        this.file = directories.state().resolve("chosen.json");
    }

    /** The session chosen for a store, if one was; also nothing when the file cannot be read as what it should be. */
    public Optional<String> of(String store) {
        return read().get(store) instanceof String name && !name.isEmpty() ? Optional.of(name) : Optional.empty();
    }

    /** Chooses a session, or none. */
    public void choose(String store, @Nullable String name) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(read());
        boolean changed = name == null ? all.remove(store) != null : !name.equals(all.put(store, name));
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
