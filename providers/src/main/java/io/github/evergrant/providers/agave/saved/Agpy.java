package io.github.evergrant.providers.agave.saved;

import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.storage.json.MalformedJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The older file {@code .agpy} (docs/protocols/agave.md section 4.6): an array of records, read only. */
final class Agpy {

    private static final int LIMIT = 1 << 20;

    private final List<Path> files;
    private final StorageOptions options;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** @param files where it may be, in the order in which it is looked for */
    Agpy(List<Path> files, StorageOptions options) {
        this.files = List.copyOf(files);
        this.options = options;
    }

    /** The records of the first file that is there and can be read; none where there is none, or it is something else. */
    List<Map<String, @Nullable Object>> records() {
        for (Path file : files) {
            if (Files.isRegularFile(file) && Files.isReadable(file)) {
                return records(file);
            }
            if (Files.isRegularFile(file)) {
                warn(file, "its owner forbids it");
            }
        }
        return new ArrayList<>();
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, @Nullable Object>> records(Path file) {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            if (Json.read(in.readNBytes(LIMIT)) instanceof List<?> list) {
                for (Object each : list) {
                    if (each instanceof Map<?, ?> record) {
                        all.add((Map<String, @Nullable Object>) record);
                    }
                }
            }
        } catch (IOException | MalformedJson e) {
            // A source to import from: what cannot be read of it keeps nobody from a new login.
            warn(file, e.getMessage());
            all.clear();
        }
        return all;
    }

    private void warn(Path file, @Nullable String why) {
        if (warned.compareAndSet(false, true)) {
            options.warnings().accept(file + " cannot be read: " + why + ". Its sessions are not known.");
        }
    }
}
