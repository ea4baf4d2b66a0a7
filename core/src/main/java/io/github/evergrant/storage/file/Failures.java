package io.github.evergrant.storage.file;

import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.MalformedDocument;
import io.github.evergrant.storage.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes failures of the medium. */
final class Failures {

    private Failures() {}

    /** The most bytes of a file that are read, and so the most that are written. */
    static final int LIMIT = 64 << 20;

    static StorageFailure unreadable(Path path, IOException cause) {
        if (cause instanceof AtomicFile.TooLargeException) {
            return of(
                    "store_too_large",
                    path,
                    "The file " + path + " is larger than " + (LIMIT >> 20) + " MB, which is the most that is read.",
                    "Check the path; the file was not touched. So many sessions belong into an SQLite store.");
        }
        return new StorageFailure(Problem.of("store_unreadable", "The token store " + path + " cannot be read.")
                .withAdvice("Check who may read it.")
                .withPath(path)
                .withCause(cause));
    }

    static StorageFailure unwritable(Path path, IOException cause) {
        if (isFull(path, cause)) {
            return new StorageFailure(
                    Problem.of("disk_full", "There is no room left to write " + path + "; what it held is intact.")
                            .withAdvice("Free some space, then try again.")
                            .withPath(path)
                            .withCause(cause));
        }
        return new StorageFailure(Problem.of("store_unwritable", path + " cannot be written; what it held is intact.")
                .withAdvice("Check who may write in " + StorePlace.parent(path) + ".")
                .withPath(path)
                .withCause(cause));
    }

    /** @throws StorageFailure code {@code store_too_large} when this is more than is read again */
    static void requireReadable(Path path, byte[] content) {
        if (content.length > LIMIT) {
            throw of(
                    "store_too_large",
                    path,
                    "The file " + path + " would become larger than " + (LIMIT >> 20)
                            + " MB, which is the most that is read; what it held is intact.",
                    "Remove sessions, or keep so many in an SQLite store.");
        }
    }

    /** @param path what cannot be used */
    static StorageFailure of(String code, Path path, String message, String advice) {
        return new StorageFailure(Problem.of(code, message).withAdvice(advice).withPath(path));
    }

    /**
     * A part of a document that cannot be read.
     *
     * @param resourceServer whose record, or null when it is the whole session
     */
    static StorageFailure malformed(
            Path path, String session, @Nullable String resourceServer, MalformedDocument flaw) {
        String what = resourceServer == null ? "the namespace" : "the tokens of " + Json.shown(resourceServer);
        return new StorageFailure(Problem.of(
                        "token_malformed",
                        "In the token store " + path + ", session " + Json.shown(session) + ", " + what
                                + " cannot be read: " + flaw.getMessage() + ".")
                .withAdvice("Log in again to replace it, or remove the session.")
                .withPath(path)
                .withSession(session));
    }

    /** The system says it in words of the user's language, so the words are only half the proof. */
    private static boolean isFull(Path path, IOException cause) {
        String words = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (words.contains("no space left") || words.contains("quota") || words.contains("file too large")) {
            return true;
        }
        try {
            return Files.getFileStore(StorePlace.parent(path)).getUsableSpace() < 4096;
        } catch (IOException e) {
            return false;
        }
    }
}
