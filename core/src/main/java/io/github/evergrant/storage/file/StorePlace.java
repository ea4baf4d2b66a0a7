package io.github.evergrant.storage.file;

import io.github.evergrant.lease.LockFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a file store is, and what stands beside it: the lock {@code <store>.lock}, the folder {@code <store>.d/}.
 *
 * <p>Beside means beside the real path, links resolved: whoever comes by whatever link meets the same lock. Immutable but
 * for what it remembers; safe for many threads.
 */
public final class StorePlace {

    private static final int OTHERS_WRITE = 022;
    private static final int MAX_LINKS = 40;

    private final Path given;
    private final @Nullable Runnable making;
    private volatile @Nullable Path real;

    private StorePlace(Path given, @Nullable Runnable making) {
        this.given = given;
        this.making = making;
    }

    /** A relative path counts from the working directory. Nothing need be there yet. */
    public static StorePlace of(Path given) {
        return new StorePlace(given.toAbsolutePath(), null);
    }

    /** The same, in a folder in whose place a file may be; {@code making} makes the folder before the first write. */
    static StorePlace of(Path given, Runnable making) {
        return new StorePlace(given.toAbsolutePath(), making);
    }

    /** Another file in the same folder. */
    StorePlace beside(String name) {
        return new StorePlace(given.resolveSibling(name), making);
    }

    /** What is said of a file here; null when there is none, also where a file is in the place of our folder. */
    Unix.@Nullable Stat stat(Path path) throws IOException {
        try {
            return Unix.stat(path);
        } catch (FileSystemException e) {
            if (making != null && Files.isRegularFile(parent(real()))) {
                return null;
            }
            throw e;
        }
    }

    /** The path as it was given, made absolute: for people. */
    public Path given() {
        return given;
    }

    /** The path of the store itself, behind all links. */
    public Path real() {
        Path known = real;
        if (known != null) {
            return known;
        }
        try {
            Path found = resolve(given, 0);
            if (Files.isDirectory(parent(found))) {
                real = found;
            }
            return found;
        } catch (IOException e) {
            throw Failures.unreadable(given, e);
        }
    }

    /** The folder for what Evergrant alone needs. */
    public Path folder() {
        return sibling(real(), ".d");
    }

    /**
     * Sees to it that the folder for what Evergrant alone needs is nobody else's: where others may write beside the store,
     * one of them may have made it first.
     *
     * @return whether it is there
     */
    boolean trustFolder() {
        Path folder = folder();
        try {
            Unix.Stat stat = stat(folder);
            if (stat == null) {
                return false;
            }
            if (!stat.directory() || Files.isSymbolicLink(folder) || !Unix.mayUse(folder, stat, Unix.effectiveUser())) {
                throw Failures.of(
                        "store_not_ours",
                        folder,
                        "The folder " + folder + " is not ours.",
                        "Find out who made it, or use a store in a folder of your own.");
            }
            if ((stat.mode() & OTHERS_WRITE) != 0) {
                throw Failures.of(
                        "store_permissions",
                        folder,
                        "The folder " + folder + " can be written by others.",
                        "chmod 700 " + folder);
            }
            return true;
        } catch (IOException e) {
            throw Failures.unreadable(folder, e);
        }
    }

    boolean hasFolder() {
        return Files.isDirectory(folder());
    }

    /** The lock file of the store; it and the folders above it are made when first used. */
    public LockFile lock() {
        return new LockFile(this::lockFile, this::giveToOwner);
    }

    private Path lockFile() {
        if (making != null) {
            making.run();
        }
        makeParent();
        return sibling(real(), ".lock");
    }

    /**
     * Makes the store if there is none, whole from the first moment: others see nothing or all of it.
     *
     * @param fill fills a private, empty file beside the place, and makes what it writes durable
     * @return false when there is a store already; then it was left alone
     */
    public boolean makeStore(Consumer<Path> fill) {
        makeParent();
        Path store = real();
        try {
            AtomicFile.removeLeftOvers(store, Instant.now());
            return AtomicFile.make(this, store, fill);
        } catch (IOException e) {
            throw Failures.unwritable(store, e);
        }
    }

    /** Makes the folder that the store is in, and those above it, each 0700. */
    void makeParent() {
        Path path = real();
        if (Files.isDirectory(parent(path))) {
            return;
        }
        try {
            Unix.makeFolders(parent(path));
        } catch (IOException e) {
            throw Failures.unwritable(path, e);
        }
        real();
    }

    /**
     * Makes the folder for what Evergrant alone needs.
     *
     * <p>Its presence says that the store is Evergrant's too, and from then on must be private; so that is seen to first.
     */
    void makeFolder() {
        Path folder = folder();
        if (Files.isDirectory(folder)) {
            return;
        }
        Path store = real();
        try {
            Unix.Stat stat = Unix.stat(store);
            if (stat != null && stat.isOpenToOthers()) {
                Unix.makePrivate(store);
            }
            makeParent();
            Unix.makeFolders(folder);
        } catch (IOException e) {
            throw Failures.unwritable(folder, e);
        }
        giveToOwner(folder);
    }

    /** Gives something that root made to the owner of the store, or of its folder while there is no store. */
    void giveToOwner(Path made) {
        if (!Unix.isRoot()) {
            return;
        }
        Path store = real();
        try {
            Unix.giveToOwnerOf(store, made);
        } catch (IOException e) {
            throw Failures.unwritable(made, e);
        }
    }

    static Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }

    static Path sibling(Path path, String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }

    /** The real path of something that may not be there, or hang behind a link whose end is not there. */
    private static Path resolve(Path path, int links) throws IOException {
        if (Files.exists(path)) {
            return path.toRealPath();
        }
        if (links > MAX_LINKS) {
            throw new IOException("too many links");
        }
        if (Files.isSymbolicLink(path)) {
            return resolve(parent(path).resolve(Files.readSymbolicLink(path)), links + 1);
        }
        Path name = path.getFileName();
        if (name == null) {
            return path;
        }
        if (name.equals(Paths.get("..")) || name.equals(Paths.get("."))) {
            return resolve(path.normalize(), links + 1);
        }
        return resolve(parent(path), links).resolve(name);
    }

    /**
     * A cheap sign of a file's state: which file it is, how large, and when it was written. Waiters ask in a loop, many
     * processes at once.
     */
    public static Object sign(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileSign(now.fileKey(), now.size(), now.lastModifiedTime());
        } catch (IOException e) {
            return "none";
        }
    }

    /** The same sign, of what is known already. */
    static Object sign(Unix.Stat stat) {
        return new FileSign(stat.key(), stat.size(), stat.written());
    }

    /** Whether a file was written into between two signs of it, which only other programs do: we put a new file there. */
    static boolean isRewritten(Object before, Object now) {
        return before instanceof FileSign former
                && now instanceof FileSign present
                && former.key() != null
                && former.key().equals(present.key())
                && !former.equals(present);
    }

    /**
     * Whether a sign is of a file that was written a moment ago.
     *
     * @param emptyMillis how long such a moment is when it is empty
     * @param millis how long it is when it is not
     */
    static boolean isJustWritten(Object sign, long emptyMillis, long millis) {
        return sign instanceof FileSign file
                && Math.abs(System.currentTimeMillis() - file.written().toMillis())
                        < (file.size() == 0 ? emptyMillis : millis);
    }

    private record FileSign(@Nullable Object key, long size, FileTime written) {

        /** By hand, as {@link #hashCode}: what a record gets by itself is made when it first runs, which short programs feel. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof FileSign sign
                    && Objects.equals(key, sign.key)
                    && size == sign.size
                    && written.equals(sign.written);
        }

        @Override
        public int hashCode() {
            return Objects.hash(key, size, written);
        }
    }
}
