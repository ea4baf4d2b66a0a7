package io.github.evergrant.storage.file;

import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.lease.Pause;
import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.json.MalformedJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The document of a JSON store on disk: who may trust it, how it is read, how it is replaced. */
final class StoreFile {

    private static final int LIMIT = 64 << 20;
    private static final int READ_ATTEMPTS = 10;
    private static final long READ_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int SAVE_ATTEMPTS = 100;

    private final StorePlace place;
    private final boolean newOnesAreFormat1;
    private final StorageOptions options;
    private final int user;
    private final AtomicBoolean warned = new AtomicBoolean();
    private final AtomicBoolean tidied = new AtomicBoolean();

    /** @param user the effective user's number, or -1 when it is not known */
    StoreFile(StorePlace place, boolean newOnesAreFormat1, StorageOptions options, int user) {
        this.place = place;
        this.newOnesAreFormat1 = newOnesAreFormat1;
        this.options = options;
        this.user = user;
    }

    /** A document and the bytes it was read from; null bytes when there is no file. */
    private static final class Reading {

        final byte @Nullable [] bytes;
        final JsonDocument document;

        Reading(byte @Nullable [] bytes, JsonDocument document) {
            this.bytes = bytes;
            this.document = document;
        }
    }

    JsonDocument read(DocumentPart part) {
        return reading(part).document;
    }

    /**
     * Changes the document; only inside the store's mutex.
     *
     * @param change says whether it changed anything; called again when another program has written meanwhile
     */
    boolean update(Predicate<JsonDocument> change) {
        return replaceIf(document -> change.test(document) ? document : null);
    }

    /** As {@link #update}, to format 2.0. */
    boolean upgrade() {
        return replaceIf(document -> document.isFormat1() ? document.upgraded() : null);
    }

    private interface Rewrite {
        @Nullable
        JsonDocument of(JsonDocument document);
    }

    private boolean replaceIf(Rewrite rewrite) {
        for (int attempt = 0; attempt < SAVE_ATTEMPTS; attempt++) {
            Reading before = reading(new DocumentPart.All());
            JsonDocument after = rewrite.of(before.document);
            if (after == null) {
                return false;
            }
            byte[] text = after.text();
            if (Arrays.equals(text, before.bytes) || write(before.bytes, text)) {
                return true;
            }
        }
        throw Failures.of(
                "store_busy",
                "Another program keeps writing the token store " + place.real() + ".",
                "End that program, or use an SQLite store for mixed use.",
                null);
    }

    private boolean write(byte @Nullable [] expected, byte[] text) {
        Path file = place.real();
        try {
            place.makeParent();
            if (tidied.compareAndSet(false, true)) {
                AtomicFile.removeLeftOvers(file, Instant.now());
            }
            return AtomicFile.writeIfStill(place, file, expected, text, LIMIT);
        } catch (IOException e) {
            throw Failures.unwritable(file, e);
        }
    }

    /** Empty or half a document means that a program without locks is writing it just now. */
    private Reading reading(DocumentPart part) {
        for (int attempt = 1; ; attempt++) {
            Path file = place.real();
            Unix.Stat stat = trusted(file);
            byte[] bytes = stat == null ? null : bytes(file);
            if (stat == null || bytes == null) {
                return new Reading(null, JsonDocument.empty(file, newOnesAreFormat1));
            }
            try {
                JsonDocument document = JsonDocument.parse(file, bytes, part);
                if (stat.isOpenToOthers()) {
                    judgeOpen(file, document);
                }
                return new Reading(bytes, document);
            } catch (MalformedJson e) {
                if (attempt == READ_ATTEMPTS) {
                    throw corrupt(file, e);
                }
                Pause.nanos(READ_PAUSE_NANOS);
            }
        }
    }

    private Unix.@Nullable Stat trusted(Path file) {
        try {
            Unix.Stat stat = Unix.stat(file);
            if (stat == null) {
                return null;
            }
            if (!stat.regular()) {
                throw Failures.of(
                        "store_not_a_file",
                        "The token store " + file + " is " + (stat.directory() ? "a folder." : "not a regular file."),
                        "Name a file.",
                        null);
            }
            if (!Unix.mayUse(file, stat, user)) {
                throw Failures.of(
                        "store_not_ours",
                        "The token store " + file + " belongs to another user.",
                        "Use a store of your own, or run as its owner.",
                        null);
            }
            return stat;
        } catch (IOException e) {
            throw Failures.unreadable(file, e);
        }
    }

    private static byte @Nullable [] bytes(Path file) {
        try {
            return AtomicFile.read(file, LIMIT);
        } catch (IOException e) {
            throw Failures.unreadable(file, e);
        }
    }

    private void judgeOpen(Path file, JsonDocument document) {
        String fact = "The token store " + file + " can be read or written by others.";
        if (options.strictPermissions() || document.isWrittenByEvergrant() || place.hasFolder()) {
            throw Failures.of("store_permissions", fact, "chmod 600 " + file, null);
        }
        if (warned.compareAndSet(false, true)) {
            options.warnings()
                    .accept(fact + " It becomes private when it is next written; until then: chmod 600 " + file);
        }
    }

    private static StorageFailure corrupt(Path file, MalformedJson e) {
        return new StorageFailure(
                Problem.of("store_corrupt", "The token store " + file + " is damaged: " + e.getMessage() + ".")
                        .withAdvice("Set the file aside, then log in again; it was not touched.")
                        .withCause(e));
    }
}
