package io.github.evergrant.storage.file;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads whole files, and replaces them as a whole: readers and crashes see the former or the newer one. An interrupt ends
 * none of it.
 */
final class AtomicFile {

    private static final Set<OpenOption> ONLY_NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    /** The JDK copies what it writes, and keeps the room for that. */
    private static final int PART = 1 << 19;

    private static final Duration LEFT_OVER = Duration.ofHours(1);

    private AtomicFile() {}

    /**
     * Reads a file.
     *
     * @return null when there is none
     * @throws TooLargeException when it is larger than the limit, in bytes
     */
    static byte @Nullable [] read(Path file, int limit) throws IOException {
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            byte[] bytes = in.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw new TooLargeException();
            }
            return bytes;
        } catch (FileNotFoundException e) {
            if (Files.notExists(file)) {
                return null;
            }
            throw e;
        }
    }

    /** A file that is larger than is read. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Replaces a file or makes it, 0600 and the store owner's; when this returns it is durable.
     *
     * <p>Only where one at a time writes it. What that one leaves when it dies is replaced by the next.
     */
    static void write(StorePlace place, Path file, byte[] bytes) throws IOException {
        Path temporary = onlyTemporary(file);
        Files.deleteIfExists(temporary);
        fill(place, temporary, bytes);
        commit(temporary, file);
    }

    /** Removes a file that is written by {@link #write}, and what a dead process left of a newer one. */
    static void delete(Path file) throws IOException {
        Files.deleteIfExists(onlyTemporary(file));
        Files.deleteIfExists(file);
        syncFolder(StorePlace.parent(file));
    }

    private static Path onlyTemporary(Path file) {
        return file.resolveSibling(temporaryPrefix(file) + "tmp");
    }

    /**
     * Replaces a file if it still holds what was read, which is compared as late as can be.
     *
     * @return the file that was replaced, which the caller closes; null when there was something else or none: then
     *     nothing was changed
     */
    static @Nullable FormerFile replaceIfStill(
            StorePlace place, Path file, byte[] expected, byte[] bytes, Renamer renamer) throws IOException {
        Path temporary = temporary(file);
        fill(place, temporary, bytes);
        FormerFile former = null;
        boolean replaced = false;
        try {
            former = FormerFile.open(file, expected);
            if (former == null || former.hasChanged()) {
                return null;
            }
            former.letBeReplaced();
            renamer.replace(temporary, file);
            syncFolder(StorePlace.parent(file));
            replaced = true;
            return former;
        } finally {
            if (!replaced) {
                Files.deleteIfExists(temporary);
                if (former != null) {
                    former.close();
                }
            }
        }
    }

    /** Makes a file, 0600 and the store owner's, and durable, without which it is not there. */
    private static void fill(StorePlace place, Path temporary, byte[] bytes) throws IOException {
        uninterrupted(() -> {
            FileChannel made = FileChannel.open(temporary, ONLY_NEW, Unix.privateFile());
            boolean whole = false;
            try {
                try (FileChannel out = made) {
                    place.giveToOwner(temporary);
                    for (int at = 0; at < bytes.length; at += PART) {
                        writeAll(out, ByteBuffer.wrap(bytes, at, Math.min(PART, bytes.length - at)));
                    }
                    out.force(true);
                }
                whole = true;
            } finally {
                if (!whole) {
                    Files.deleteIfExists(temporary);
                }
            }
        });
    }

    private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    /**
     * Makes a file that is whole when it appears, 0600 and the store owner's.
     *
     * @return false when there is one already; then nothing was changed
     */
    static boolean make(StorePlace place, Path file, Consumer<Path> fill) throws IOException {
        Path temporary = Files.createFile(temporary(file), Unix.privateFile());
        try {
            place.giveToOwner(temporary);
            fill.accept(temporary);
        } catch (RuntimeException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
        return giveName(temporary, file, new Renamer());
    }

    /** As {@link #make(StorePlace, Path, Consumer)}, with these bytes. */
    static boolean make(StorePlace place, Path file, byte[] bytes, Renamer renamer) throws IOException {
        Path temporary = temporary(file);
        fill(place, temporary, bytes);
        return giveName(temporary, file, renamer);
    }

    private static boolean giveName(Path temporary, Path file, Renamer renamer) throws IOException {
        try {
            if (!renamer.create(temporary, file)) {
                return false;
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
        syncFolder(StorePlace.parent(file));
        return true;
    }

    private static Path temporary(Path file) {
        String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
        return file.resolveSibling(temporaryPrefix(file) + random + ".tmp");
    }

    private static void commit(Path temporary, Path file) throws IOException {
        boolean moved = false;
        try {
            new Renamer().replace(temporary, file);
            moved = true;
        } finally {
            if (!moved) {
                Files.deleteIfExists(temporary);
            }
        }
        syncFolder(StorePlace.parent(file));
    }

    /** Makes a rename or removal in a folder durable. */
    static void syncFolder(Path folder) throws IOException {
        uninterrupted(() -> {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        });
    }

    /** Something with a channel, which an interrupt closes. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    /** Does something, once more after an interrupt in the middle of it, which is pending afterwards. */
    private static void uninterrupted(Work work) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try {
                    work.run();
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Removes what processes left that died while they wrote the file. */
    static void removeLeftOvers(Path file, Instant now) throws IOException {
        String prefix = temporaryPrefix(file);
        try (DirectoryStream<Path> found = Files.newDirectoryStream(StorePlace.parent(file), path -> {
            String name = path.getFileName().toString();
            return name.startsWith(prefix) && name.endsWith(".tmp");
        })) {
            for (Path each : found) {
                try {
                    if (Files.getLastModifiedTime(each).toInstant().isBefore(now.minus(LEFT_OVER))) {
                        Files.deleteIfExists(each);
                    }
                } catch (NoSuchFileException e) {
                    // Its writer has finished meanwhile.
                }
            }
        }
    }

    private static String temporaryPrefix(Path file) {
        return "." + file.getFileName() + ".";
    }
}
