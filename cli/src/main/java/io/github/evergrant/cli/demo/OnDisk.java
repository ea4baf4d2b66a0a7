package io.github.evergrant.cli.demo;

import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files as other programs find them. What is not there, or cannot be read, is {@code file_unreadable}. */
final class OnDisk {

    private OnDisk() {}

    /** Its bytes, a character each. */
    static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Who may read them; nothing where files have no modes. */
    static Optional<String> modes(Path... paths) {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return Optional.empty();
        }
        return Optional.of(Stream.of(paths).map(OnDisk::mode).collect(Collectors.joining(" ")));
    }

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static StorageFailure unreadable(Path path, IOException e) {
        return new StorageFailure(Problem.of("file_unreadable", path.getFileName() + " cannot be read")
                .withPath(path)
                .withCause(e));
    }
}
