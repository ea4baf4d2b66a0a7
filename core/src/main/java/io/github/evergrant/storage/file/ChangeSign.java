package io.github.evergrant.storage.file;

import java.io.File;
import java.nio.file.Path;

/**
 * What two files look like from outside: when they were written last, and how large they are. Two of them that are equal
 * mean that nothing changed, most likely.
 *
 * <p>Waiters ask in a loop, many processes at once: this is two system calls a file, and nothing else.
 */
record ChangeSign(long store, long storeSize, long journal) {

    static ChangeSign of(Path store, Path journal) {
        File file = store.toFile();
        return new ChangeSign(
                file.lastModified(), file.length(), journal.toFile().lastModified());
    }
}
