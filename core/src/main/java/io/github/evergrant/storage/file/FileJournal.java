package io.github.evergrant.storage.file;

import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.lease.LockFile;
import io.github.evergrant.storage.Journal;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.storage.json.MalformedJson;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The journal of one namespace, in a file of its own below {@code <store>.d/}.
 *
 * <p>Keeps no file open. For any store that is a file, whatever its format.
 */
public final class FileJournal implements Journal {

    private static final int WRITE_ATTEMPTS = 100;
    private static final String SUFFIX = ".journal";

    private final StorePlace place;
    private final LockFile lock;
    private final @Nullable String namespace;
    private final String name;

    /** The journal of a namespace beside a store; nothing is made before the first write. */
    public FileJournal(StorePlace place, LockFile lock, String namespace) {
        this(place, lock, namespace, FileNames.of(namespace, SUFFIX));
    }

    /** @param namespace null when it is not known */
    private FileJournal(StorePlace place, LockFile lock, @Nullable String namespace, String name) {
        this.place = place;
        this.lock = lock;
        this.namespace = namespace;
        this.name = name;
    }

    /** All journals beside a store, in the order of their files' names. */
    public static List<Journal> all(StorePlace place, LockFile lock) {
        place.trustFolder();
        Path folder = place.folder();
        if (!place.hasFolder()) {
            return List.of();
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            List<String> names = new ArrayList<>();
            found.forEach(file -> names.add(String.valueOf(file.getFileName())));
            names.sort(null);
            List<Journal> all = new ArrayList<>();
            names.forEach(name -> all.add(new FileJournal(place, lock, null, name)));
            return all;
        } catch (DirectoryIteratorException e) {
            throw Failures.unreadable(folder, new IOException(e));
        } catch (IOException e) {
            throw Failures.unreadable(folder, e);
        }
    }

    /** Whether a file's name may be the one of a namespace's journal. */
    static boolean mayBe(String name, String namespace) {
        return FileNames.mayBe(name, namespace, SUFFIX);
    }

    @Override
    public Map<String, @Nullable Object> read() {
        if (!place.trustFolder()) {
            return new LinkedHashMap<>();
        }
        Path file = path();
        try {
            JournalSlots.Current current = JournalSlots.read(file);
            return current == null ? new LinkedHashMap<>() : Json.readObject(current.content);
        } catch (JournalSlots.TornException | MalformedJson e) {
            throw corrupt(file, e);
        } catch (IOException e) {
            throw Failures.unreadable(file, e);
        }
    }

    @Override
    public void write(Map<String, @Nullable Object> state) {
        byte[] content = content(state);
        lock.inMutex(namespace, () -> {
            write(content);
            return null;
        });
    }

    @Override
    public void writeAlone(Map<String, @Nullable Object> state) {
        byte[] content = content(state);
        lock.inMutex(namespace, () -> {
            place.makeFolder();
            try {
                AtomicFile.write(place, file(), JournalSlots.tight(content));
            } catch (IOException e) {
                throw Failures.unwritable(file(), e);
            }
            return null;
        });
    }

    private byte[] content(Map<String, @Nullable Object> state) {
        byte[] content = Json.write(state);
        Failures.requireReadable(file(), content);
        return content;
    }

    private void write(byte[] content) {
        for (int attempt = 0; attempt < WRITE_ATTEMPTS; attempt++) {
            place.makeFolder();
            Path file = file();
            try {
                if (written(file, content)) {
                    return;
                }
            } catch (JournalSlots.TornException e) {
                throw corrupt(file, e);
            } catch (NoSuchFileException e) {
                // The folder was deleted while it was written into: it is made again.
            } catch (IOException e) {
                throw Failures.unwritable(file, e);
            }
        }
        throw Failures.of(
                "store_busy",
                place.folder(),
                "Another program keeps deleting the journals in " + place.folder() + ".",
                "End that program.");
    }

    /** @return false when somebody deleted or replaced the file meanwhile */
    private boolean written(Path file, byte[] content) throws IOException {
        JournalSlots.Current current = JournalSlots.read(file);
        if (current == null) {
            AtomicFile.write(place, file, JournalSlots.fresh(content, 1));
            return true;
        }
        return current.takes(content, true)
                ? JournalSlots.writeOther(file, current, content)
                : grown(file, current, content);
    }

    private boolean grown(Path file, JournalSlots.Current current, byte[] content) throws IOException {
        try {
            AtomicFile.write(place, file, JournalSlots.fresh(content, current.sequence + 1));
            return true;
        } catch (IOException e) {
            if (!current.takes(content, false)) {
                throw e;
            }
            // A full disk: this is what the room was kept for.
            return JournalSlots.writeOther(file, current, content);
        }
    }

    /** {@inheritDoc} By its size alone. */
    @Override
    public boolean mayBeLast() {
        return JournalSlots.mayBeTight(path());
    }

    @Override
    public void delete() {
        Path file = file();
        if (Files.notExists(file)) {
            return;
        }
        lock.inMutex(namespace, () -> {
            try {
                AtomicFile.delete(file);
            } catch (IOException e) {
                throw Failures.unwritable(file, e);
            }
            return null;
        });
    }

    /** A cheap sign of its state: as long as it stays equal, nothing was written, most likely. */
    public Object sign() {
        return StorePlace.sign(file());
    }

    private Path file() {
        place.trustFolder();
        return path();
    }

    private Path path() {
        return place.folder().resolve(name);
    }

    private StorageFailure corrupt(Path file, Exception cause) {
        return new StorageFailure(Problem.of("journal_corrupt", "The journal " + file + " is damaged.")
                .withAdvice("Set the file aside, then log in again.")
                .withSession(namespace)
                .withPath(file)
                .withCause(cause));
    }
}
