package io.github.evergrant.cli.frame;

import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;

/** Files with secrets in them that other programs wrote: where others may read them too, that is said. */
public final class ForeignFile {

    private ForeignFile() {}

    /**
     * Warns of a file that others may read.
     *
     * @param what it is, for people: with an article
     * @throws StorageFailure {@code store_permissions} when such a file is to be refused
     */
    public static void requirePrivate(Invocation it, Path file, String what) {
        if (!isOpenToOthers(file)) {
            return;
        }
        String fact = what + " " + file + " can be read by others";
        String cure = "chmod 600 " + it.nextCommand().quoted(file.toString());
        if (it.mustBePrivate()) {
            throw new StorageFailure(
                    Problem.of("store_permissions", fact).withAdvice(cure).withPath(file));
        }
        it.voice().warn("store_permissions", fact + "; to make it private: " + cure);
    }

    private static boolean isOpenToOthers(Path file) {
        try {
            return Files.getPosixFilePermissions(file).stream()
                    .anyMatch(
                            each -> each == PosixFilePermission.GROUP_READ || each == PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException e) {
            // Where there are no such modes, and where there is no such file.
            return false;
        }
    }
}
