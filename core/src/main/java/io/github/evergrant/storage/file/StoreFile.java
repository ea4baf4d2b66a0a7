package io.github.evergrant.storage.file;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.MalformedDocument;
import io.github.evergrant.storage.StorageOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The document of a file store on disk: how it is read, how it is replaced. */
final class StoreFile {

    /** The code of the failure that says that a file stays damaged. */
    static final String CORRUPT = "store_corrupt";

    /** Less than others wait for the mutex, in which it is spent. */
    private static final Duration LONGEST_SAVE = Duration.ofSeconds(3);

    private static final Duration LONGEST_READ = Duration.ofSeconds(5);

    private final StorePlace place;
    private final FileTrust trust;
    private final Renamer renamer;
    private final Salvages salvages;
    private final KnownText known = new KnownText();
    private final AtomicBoolean tidied = new AtomicBoolean();

    /** @param user the effective user's number, or -1 when it is not known */
    StoreFile(StorePlace place, StorageOptions options, int user, Renamer renamer) {
        this.place = place;
        this.trust = new FileTrust(place, options, user);
        this.renamer = renamer;
        this.salvages = new Salvages(place, options);
    }

    /** A document and the bytes it was read from; null bytes when there is no file. */
    private static final class Reading {

        final byte @Nullable [] bytes;
        final TokenDocument document;

        Reading(byte @Nullable [] bytes, TokenDocument document) {
            this.bytes = bytes;
            this.document = document;
        }
    }

    /** What is to be saved of files that were replaced. */
    Salvages salvages() {
        return salvages;
    }

    TokenDocument read(FileTokenStorage format, DocumentPart part) {
        return reading(format, part, LONGEST_READ).document;
    }

    /**
     * Changes the document; only inside the store's mutex.
     *
     * @param part what of it is changed
     * @param change gives what is to be written, or null when nothing is; called again when another program has written
     *     meanwhile
     * @return whether there was anything to write
     */
    boolean rewrite(
            FileTokenStorage format, DocumentPart part, Function<TokenDocument, @Nullable TokenDocument> change) {
        long began = System.nanoTime();
        Reading likely = likely(format, part);
        if (likely != null && isWritten(format, likely, change)) {
            return true;
        }
        while (true) {
            Duration left = LONGEST_SAVE.minusNanos(System.nanoTime() - began);
            if (left.isNegative()) {
                throw busy();
            }
            Reading before = reading(format, part, left);
            TokenDocument after = change.apply(before.document);
            if (after == null) {
                return false;
            }
            byte[] text = encode(after);
            if (isSame(after, text, before.bytes) || write(format, before.bytes, text)) {
                return true;
            }
        }
    }

    /** What is known of the file, unless its sign says that it has changed; null when nothing is. */
    private @Nullable Reading likely(FileTokenStorage format, DocumentPart part) {
        FileTrust.Seen seen = format.isOneFile() ? trust.look() : null;
        byte[] bytes = seen == null || seen.openToOthers() ? null : known.likely(seen.sign());
        try {
            return bytes == null ? null : new Reading(bytes, parse(format, bytes, part));
        } catch (MalformedDocument e) {
            return null;
        }
    }

    /**
     * Changes what is likely to be there. What is written was compared before; of all else that may come of it, nothing
     * counts before the file was read.
     */
    private boolean isWritten(
            FileTokenStorage format, Reading likely, Function<TokenDocument, @Nullable TokenDocument> change) {
        TokenDocument after;
        try {
            after = change.apply(likely.document);
        } catch (EvergrantException e) {
            return false;
        }
        if (after == null) {
            return false;
        }
        byte[] text = encode(after);
        return !isSame(after, text, likely.bytes) && write(format, likely.bytes, text);
    }

    /** Of a section only what it says itself: to compare large texts takes a while. */
    private static boolean isSame(TokenDocument document, byte[] text, byte @Nullable [] before) {
        return text == before || !(document instanceof JsonSection) && Arrays.equals(text, before);
    }

    private StorageFailure busy() {
        return Failures.of(
                "store_busy",
                place.real(),
                "Another program keeps writing the token store " + place.real() + ".",
                "End that program, or use an SQLite store for mixed use.");
    }

    private byte[] encode(TokenDocument document) {
        try {
            return document.bytes();
        } catch (IOException e) {
            throw Failures.unwritable(place.real(), e);
        }
    }

    private boolean write(FileTokenStorage format, byte @Nullable [] expected, byte[] text) {
        Path file = place.real();
        Failures.requireReadable(file, text);
        try {
            if (tidied.compareAndSet(false, true)) {
                AtomicFile.removeLeftOvers(file, Instant.now());
            }
            if (expected == null) {
                return AtomicFile.make(place, file, text, renamer);
            }
            FormerFile former = AtomicFile.replaceIfStill(place, file, expected, text, renamer);
            if (former == null) {
                return false;
            }
            known.keep(text, StorePlace.sign(file));
            salvages.add(format, new Salvage(former, text));
            return true;
        } catch (IOException e) {
            throw Failures.unwritable(file, e);
        }
    }

    /** Empty or half a document means that a program without locks is writing it just now. */
    private Reading reading(FileTokenStorage format, DocumentPart part, Duration longest) {
        Path file = place.real();
        Rereading rereading = new Rereading(file, longest);
        while (true) {
            FileTrust.Seen seen = trust.look();
            byte[] bytes = seen == null ? null : bytes(file);
            if (seen == null || bytes == null) {
                return new Reading(null, format.empty());
            }
            try {
                TokenDocument document = parse(format, bytes, part);
                known.keep(bytes, seen.sign());
                if (seen.openToOthers()) {
                    trust.judgeOpen(document.isWrittenByEvergrant());
                }
                return new Reading(bytes, document);
            } catch (MalformedDocument e) {
                switch (rereading.pause()) {
                    case READ_AGAIN -> {}
                    case IT_STAYS_SO -> throw corrupt(file, e);
                    case IT_KEEPS_CHANGING -> throw busy();
                }
            }
        }
    }

    private static TokenDocument parse(FileTokenStorage format, byte[] bytes, DocumentPart part)
            throws MalformedDocument {
        if (bytes.length == 0) {
            throw new MalformedDocument("it is empty");
        }
        return format.parse(bytes, part);
    }

    private byte @Nullable [] bytes(Path file) {
        try {
            return known.read(file);
        } catch (IOException e) {
            throw Failures.unreadable(file, e);
        }
    }

    static StorageFailure corrupt(Path file, MalformedDocument e) {
        return new StorageFailure(
                Problem.of(CORRUPT, "The token store " + file + " is damaged: " + e.getMessage() + ".")
                        .withAdvice("Set the file aside, then log in again; it was not touched.")
                        .withPath(file)
                        .withCause(e));
    }
}
