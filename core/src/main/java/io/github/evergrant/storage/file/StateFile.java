package io.github.evergrant.storage.file;

import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.lease.LockFile;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.storage.json.MalformedJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object in a private file of our own: read without a lock, replaced as a whole, changed by one process at a
 * time.
 *
 * <p>Safe for many threads.
 */
public final class StateFile {

    private static final int LIMIT = 16 << 20;

    private final StorePlace place;
    private final LockFile lock;

    private StateFile(StorePlace place) {
        this.place = place;
        this.lock = place.lock();
    }

    /** A file at a path, where nothing need be yet. */
    public static StateFile at(Path path) {
        return new StateFile(StorePlace.of(path));
    }

    public StorePlace place() {
        return place;
    }

    /**
     * What it holds, empty when there is no file; it may be changed.
     *
     * @throws StorageFailure {@code state_corrupt} when it is no JSON object, {@code state_unusable} when it cannot be read
     */
    public Map<String, @Nullable Object> read() {
        Path file = place.real();
        try {
            byte[] bytes = AtomicFile.read(file, LIMIT);
            return bytes == null ? new LinkedHashMap<>() : Json.readObject(bytes);
        } catch (MalformedJson e) {
            throw new StorageFailure(Problem.of("state_corrupt", file + " is damaged: " + e.getMessage())
                    .withAdvice("set the file aside; it was not touched")
                    .withPath(file)
                    .withCause(e));
        } catch (IOException e) {
            throw unusable("cannot be read", e);
        }
    }

    /**
     * Replaces what it holds; when this returns it is durable. The folders above it are made if they are missing.
     *
     * @param change given what is there; returns what is to be there, or the very same for no change
     * @throws StorageFailure as {@link #read}; then nothing was changed
     */
    public void change(UnaryOperator<Map<String, @Nullable Object>> change) {
        lock.inMutex(null, () -> {
            Map<String, @Nullable Object> former = read();
            Map<String, @Nullable Object> next = change.apply(former);
            if (next != former) {
                write(next);
            }
            return null;
        });
    }

    private void write(Map<String, @Nullable Object> next) {
        try {
            AtomicFile.write(place, place.real(), Json.write(next));
        } catch (IOException e) {
            throw unusable("cannot be written", e);
        }
    }

    /** A cheap sign of its state: as long as it stays equal, nothing was written, most likely. */
    public Object sign() {
        return StorePlace.sign(place.real());
    }

    private StorageFailure unusable(String what, IOException cause) {
        Path file = place.real();
        return new StorageFailure(Problem.of("state_unusable", file + " " + what)
                .withAdvice("check who may read and write it")
                .withPath(file)
                .withCause(cause));
    }
}
