package io.github.evergrant.cli.quick;

import io.github.evergrant.storage.file.FileGlance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON file. */
record FileSight(FileGlance files) implements Sight {

    /** Null when it is not plain. */
    static @Nullable Sight at(Path store) throws IOException {
        FileGlance files = FileGlance.at(store);
        return files == null ? null : new FileSight(files);
    }

    @Override
    public @Nullable SeenStore stored(@Nullable String name) throws IOException {
        return SeenStore.read(files.text(), name);
    }

    @Override
    public @Nullable List<byte[]> journals(String session) throws IOException {
        return files.journals(session);
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
