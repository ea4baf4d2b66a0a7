package io.github.evergrant.cli.frame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Files of ours that nobody else may read, replaced as a whole. */
public final class PrivateFile {

    private PrivateFile() {}

    /**
     * Puts a file in the place of a former one; whoever reads it meanwhile sees the one or the other.
     *
     * @param file in a folder that is there
     */
    public static void write(Path file, byte[] content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("no file's name: " + file);
        }
        Path next = Files.createTempFile(folder, ".next", ".tmp");
        try {
            if (Files.getFileStore(next).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));
            }
            Files.write(next, content);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }
}
