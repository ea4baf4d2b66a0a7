package io.github.evergrant.storage.file;

import io.github.evergrant.storage.json.Json;
import io.github.evergrant.storage.json.MalformedJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configuration objects of each namespace, in a file of their own below {@code <store>.d/}. */
final class Configurations {

    private static final int LIMIT = 64 << 20;

    private final StorePlace place;

    Configurations(StorePlace place) {
        this.place = place;
    }

    Map<String, @Nullable Object> read(String namespace) {
        Path file = file(namespace);
        try {
            byte[] bytes = AtomicFile.read(file, LIMIT);
            return bytes == null ? new LinkedHashMap<>() : Json.readObject(bytes);
        } catch (MalformedJson e) {
            throw Failures.of(
                    "configuration_corrupt",
                    "The configuration " + file + " is damaged: " + e.getMessage() + ".",
                    "Set the file aside.",
                    null);
        } catch (IOException e) {
            throw Failures.unreadable(file, e);
        }
    }

    /** Under the store's mutex only. */
    void write(String namespace, Map<String, @Nullable Object> all) {
        place.makeFolder();
        Path file = file(namespace);
        try {
            AtomicFile.write(place, file, Json.write(all));
        } catch (IOException e) {
            throw Failures.unwritable(file, e);
        }
    }

    private Path file(String namespace) {
        return place.folder().resolve(FileNames.of(namespace, ".config.json"));
    }
}
