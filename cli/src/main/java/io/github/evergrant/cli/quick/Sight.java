package io.github.evergrant.cli.quick;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A store and its journals as they stand. It must be closed; for one thread. */
sealed interface Sight extends AutoCloseable permits FileSight, DatabaseSight {

    /**
     * What is stored of a session.
     *
     * @param name which one, or null for the only one
     * @return null when there is none, or no only one, or it is not plain
     * @throws IOException when it cannot be read now, or is no plain JSON
     */
    @Nullable
    SeenStore stored(@Nullable String name) throws IOException;

    /**
     * The journals that may be the one of a session; each says in itself whose it is.
     *
     * @return their texts; null when one of them is not plain
     * @throws IOException when one cannot be read
     */
    @Nullable
    List<byte[]> journals(String session) throws IOException;

    @Override
    void close() throws IOException;
}
