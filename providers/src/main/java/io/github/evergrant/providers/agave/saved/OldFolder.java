package io.github.evergrant.providers.agave.saved;

import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.lease.LockFile;
import io.github.evergrant.storage.StorageOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The folder of the sessions where the shell tools of long ago had a file of that name, with what is {@code current} today
 * (docs/protocols/agave.md section 4.1). As long as nothing is written, the file is only read: those tools still find it.
 *
 * <p>Then the file is moved aside, a folder made, and the file moved into it. A crash in between leaves the file aside,
 * where the next one to come finds it.
 */
final class OldFolder {

    private OldFolder() {}

    /** Where the file may be. */
    static List<Path> places(Path folder) {
        return List.of(folder, beside(folder, ".before"));
    }

    /** Makes a folder of the file, if it is one. */
    static void convert(Path folder, StorageOptions options) {
        Path aside = beside(folder, ".before");
        if (places(folder).stream().noneMatch(Files::isRegularFile)) {
            return;
        }
        new LockFile(() -> beside(folder, ".lock"), made -> {}).inMutex(null, () -> {
            try {
                move(folder, aside);
            } catch (IOException e) {
                throw new StorageFailure(
                        Problem.of("store_unwritable", folder + " is a file, and cannot be made a folder.")
                                .withAdvice("Make the folder yourself, and move the file into it as \"current\".")
                                .withPath(folder)
                                .withCause(e));
            }
            return null;
        });
        options.warnings().accept(folder + " was a file; it is a folder now, and the file is \"current\" in it.");
    }

    private static void move(Path folder, Path aside) throws IOException {
        if (Files.isRegularFile(folder)) {
            Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
        }
        if (Files.isRegularFile(aside)) {
            Files.createDirectories(folder);
            Path current = folder.resolve("current");
            if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
                Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString("rw-------"));
            }
            if (Files.notExists(current)) {
                Files.move(aside, current, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private static Path beside(Path folder, String suffix) {
        return folder.resolveSibling(folder.getFileName() + suffix);
    }
}
