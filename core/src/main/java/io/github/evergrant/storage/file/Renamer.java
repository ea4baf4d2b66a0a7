package io.github.evergrant.storage.file;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The step at which a file that is whole gets its name. Not final: a test lets other programs in before and after it. */
class Renamer {

    /** Gives the name of one file to another, in one step. */
    void replace(Path temporary, Path file) throws IOException {
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("this file system cannot rename in one step", e);
        }
    }

    /**
     * Gives a file a name that is free; it may keep its former one.
     *
     * <p>A link, since a rename would replace what another program has made meanwhile.
     *
     * @return false when it is not free; then nothing was changed
     */
    boolean create(Path temporary, Path file) throws IOException {
        try {
            Files.createLink(file, temporary);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException | FileSystemException e) {
            return createWithoutLinks(temporary, file);
        }
    }

    /** Looks first and renames then, in two steps: the best that a file system without hard links can do. */
    private static boolean createWithoutLinks(Path temporary, Path file) throws IOException {
        try {
            Files.move(temporary, file);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }
}
