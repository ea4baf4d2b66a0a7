package io.github.evergrant.storage.file;

import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.storage.json.MalformedJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The configuration objects of each namespace, in a file of their own below {@code <store>.d/}. */
final class Configurations {

    private final StorePlace place;

    Configurations(StorePlace place) {
        this.place = place;
    }

    /** The names of a namespace's objects, in the order in which they were stored. */
    List<String> names(String namespace) {
        return List.copyOf(all(namespace).keySet());
    }

    @SuppressWarnings("unchecked")
    Optional<Map<String, @Nullable Object>> read(String namespace, String name) {
        return all(namespace).get(name) instanceof Map<?, ?> value
                ? Optional.of((Map<String, @Nullable Object>) value)
                : Optional.empty();
    }

    /** Under the store's mutex only. @return what was there before */
    @Nullable
    Object store(String namespace, String name, Map<String, @Nullable Object> value) {
        Map<String, @Nullable Object> all = all(namespace);
        Object former = all.put(name, value);
        write(namespace, all);
        return former;
    }

    /** Under the store's mutex only. @return whether there was one */
    boolean remove(String namespace, String name) {
        Map<String, @Nullable Object> all = all(namespace);
        if (!all.containsKey(name)) {
            return false;
        }
        all.remove(name);
        write(namespace, all);
        return true;
    }

    private Map<String, @Nullable Object> all(String namespace) {
        if (!place.trustFolder()) {
            return new LinkedHashMap<>();
        }
        Path file = file(namespace);
        try {
            byte[] bytes = AtomicFile.read(file, Failures.LIMIT);
            return bytes == null ? new LinkedHashMap<>() : Json.readObject(bytes);
        } catch (MalformedJson e) {
            throw new StorageFailure(Problem.of(
                            "configuration_corrupt",
                            "The configuration " + file + " is damaged: " + e.getMessage() + ".")
                    .withAdvice("Set the file aside.")
                    .withSession(namespace)
                    .withPath(file));
        } catch (IOException e) {
            throw Failures.unreadable(file, e);
        }
    }

    private void write(String namespace, Map<String, @Nullable Object> all) {
        byte[] content = Json.write(all);
        Failures.requireReadable(file(namespace), content);
        place.makeFolder();
        Path file = file(namespace);
        try {
            AtomicFile.write(place, file, content);
        } catch (IOException e) {
            throw Failures.unwritable(file, e);
        }
    }

    private Path file(String namespace) {
        place.trustFolder();
        return place.folder().resolve(FileNames.of(namespace, ".config.json"));
    }
}
