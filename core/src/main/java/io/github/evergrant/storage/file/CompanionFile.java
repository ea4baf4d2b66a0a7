package io.github.evergrant.storage.file;

import io.github.evergrant.storage.MalformedDocument;
import io.github.evergrant.storage.StorageOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A further file of a store whose format has more than one: read when it is whole, replaced as a whole and only while it
 * still holds what was read.
 *
 * <p>As for the store itself, half a file is read again as long as it changes, and links are followed. One that stays
 * damaged is reported at once until it changes. Made by {@link FileTokenStorage}. Safe for many threads; whoever replaces
 * it is in the store's mutex.
 */
public final class CompanionFile {

    /** Less than is left of the time that others wait for the mutex, when the store itself was waited for. */
    private static final Duration LONGEST_READ = Duration.ofSeconds(2);

    private final StorePlace store;
    private final @Nullable StorePlace shared;
    private final String name;
    private final FileTrust trust;
    private final AtomicBoolean tidied = new AtomicBoolean();
    private volatile @Nullable Object damaged;

    private CompanionFile(StorePlace store, @Nullable StorePlace shared, String name, StorageOptions options) {
        this.store = store;
        this.shared = shared;
        this.name = name;
        this.trust = new FileTrust(shared == null ? store : shared, options);
    }

    static CompanionFile shared(StorePlace store, String name, StorageOptions options) {
        return new CompanionFile(store, store.beside(name), name, options);
    }

    static CompanionFile elsewhere(StorePlace store, Path path, StorageOptions options) {
        return new CompanionFile(store, StorePlace.of(path), String.valueOf(path.getFileName()), options);
    }

    static CompanionFile ours(StorePlace store, String name, StorageOptions options) {
        return new CompanionFile(store, null, name, options);
    }

    /** Makes something of the bytes of a file. */
    @FunctionalInterface
    public interface Format<T> {

        /** @throws MalformedDocument when they are no whole file: then it is read again as long as it changes */
        T parse(byte[] bytes) throws MalformedDocument;
    }

    /** What a file held. */
    public static final class Content<T> {

        private final byte[] bytes;
        private final T value;

        private Content(byte[] bytes, T value) {
            this.bytes = bytes;
            this.value = value;
        }

        /** What was made of it. */
        public T value() {
            return value;
        }

        /** Its bytes; a copy. */
        public byte[] bytes() {
            return bytes.clone();
        }
    }

    /** The path of the file itself, behind all links. */
    public Path path() {
        return shared == null ? store.folder().resolve(name) : shared.real();
    }

    /**
     * Reads the file.
     *
     * @return null when there is none
     * @throws io.github.evergrant.error.StorageFailure code {@code store_corrupt} when it stays no whole file, {@code
     *     store_busy} when it keeps changing, and those of a store that cannot be used
     */
    public <T> @Nullable Content<T> read(Format<T> format) {
        Path file = path();
        Rereading rereading = new Rereading(file, LONGEST_READ);
        while (true) {
            Object sign = StorePlace.sign(file);
            byte[] bytes = isTrusted() ? bytes(file) : null;
            if (bytes == null) {
                return null;
            }
            try {
                if (bytes.length == 0) {
                    throw new MalformedDocument("it is empty");
                }
                Content<T> content = new Content<>(bytes, format.parse(bytes));
                damaged = null;
                return content;
            } catch (MalformedDocument e) {
                if (sign.equals(damaged)) {
                    throw StoreFile.corrupt(file, e);
                }
                switch (rereading.pause()) {
                    case READ_AGAIN -> {}
                    case IT_STAYS_SO -> {
                        damaged = sign;
                        throw StoreFile.corrupt(file, e);
                    }
                    case IT_KEEPS_CHANGING ->
                        throw Failures.of(
                                "store_busy",
                                file,
                                "Another program keeps writing " + file + ".",
                                "End that program, then try again.");
                }
            }
        }
    }

    /** Whether there is a file that may be used; a private one is as safe as its folder. */
    private boolean isTrusted() {
        if (shared == null) {
            return store.trustFolder();
        }
        FileTrust.Seen seen = trust.look();
        if (seen != null && seen.openToOthers()) {
            trust.judgeOpen(false);
        }
        return seen != null;
    }

    private static byte @Nullable [] bytes(Path file) {
        try {
            return AtomicFile.read(file, Failures.LIMIT);
        } catch (IOException e) {
            throw Failures.unreadable(file, e);
        }
    }

    /**
     * Replaces the file, or makes it; when this returns true it is durable.
     *
     * @param expected what was read, or null when there was none
     * @return false when it holds something else by now; then nothing was changed
     */
    public boolean replace(@Nullable Content<?> expected, byte[] next) {
        Path file = path();
        Failures.requireReadable(file, next);
        if (shared == null) {
            store.makeFolder();
        } else {
            store.makeParent();
        }
        try {
            if (tidied.compareAndSet(false, true)) {
                AtomicFile.removeLeftOvers(file, Instant.now());
            }
            if (expected == null) {
                return AtomicFile.make(store, file, next, new Renamer());
            }
            try (FormerFile former = AtomicFile.replaceIfStill(store, file, expected.bytes, next, new Renamer())) {
                return former != null;
            }
        } catch (IOException e) {
            throw Failures.unwritable(file, e);
        }
    }

    /** Removes the file. @return false when it holds something else by now; then nothing was changed */
    public boolean delete(byte[] expected) {
        Path file = path();
        if (!holds(expected)) {
            return false;
        }
        try {
            Files.deleteIfExists(file);
            AtomicFile.syncFolder(StorePlace.parent(file));
            return true;
        } catch (IOException e) {
            throw Failures.unwritable(file, e);
        }
    }

    /** Whether these are the bytes of the file, whoever else may read it. */
    public boolean holds(byte[] bytes) {
        return Arrays.equals(bytes, bytes(path()));
    }

    /** Whether there is a file. */
    public boolean exists() {
        return Files.exists(path());
    }

    /** A cheap sign of its state: as long as it stays equal, nothing was written, most likely. */
    public Object sign() {
        return StorePlace.sign(path());
    }
}
