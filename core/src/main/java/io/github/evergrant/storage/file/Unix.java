package io.github.evergrant.storage.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Owners and modes of files, where the system has them; elsewhere every file is ours and private. */
final class Unix {

    static final boolean PRESENT =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

    private static final int ROOT = 0;
    private static final int USER = findEffectiveUser();
    private static final int OTHERS = 077;

    /**
     * What the system says of a file, links followed.
     *
     * @param key which file it is, whatever its name; its path where files have no such key
     * @param uid its owner, or -1 where there are none
     */
    record Stat(
            Object key, boolean regular, boolean directory, long size, FileTime written, int mode, int uid, int gid) {

        /** Whether anybody but the owner may read or write it. */
        boolean isOpenToOthers() {
            return (mode & OTHERS) != 0;
        }
    }

    private Unix() {}

    /** Null when there is no such file. */
    static @Nullable Stat stat(Path path) throws IOException {
        try {
            String which = PRESENT
                    ? "unix:fileKey,isRegularFile,isDirectory,size,lastModifiedTime,mode,uid,gid"
                    : "fileKey,isRegularFile,isDirectory,size,lastModifiedTime";
            Map<String, Object> all = Files.readAttributes(path, which);
            Object key = all.get("fileKey");
            return new Stat(
                    key == null ? path : key,
                    Boolean.TRUE.equals(all.get("isRegularFile")),
                    Boolean.TRUE.equals(all.get("isDirectory")),
                    ((Number) all.getOrDefault("size", 0)).longValue(),
                    (FileTime) all.getOrDefault("lastModifiedTime", FileTime.fromMillis(0)),
                    ((Number) all.getOrDefault("mode", 0)).intValue(),
                    ((Number) all.getOrDefault("uid", -1)).intValue(),
                    ((Number) all.getOrDefault("gid", -1)).intValue());
        } catch (NoSuchFileException e) {
            Path above = StorePlace.parent(path);
            if (Files.isRegularFile(above)) {
                throw new NotDirectoryException(above.toString());
            }
            return null;
        }
    }

    /** Who we are to the file system; -1 when that cannot be known. */
    static int effectiveUser() {
        return USER;
    }

    static boolean isRoot() {
        return USER == ROOT;
    }

    private static int findEffectiveUser() {
        try {
            // Linux gives the folder of a process to its effective user. No class of the JDK says who that is.
            return PRESENT ? (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    static boolean mayUse(Path path, Stat stat, int user) throws IOException {
        if (stat.uid() < 0 || user == ROOT || user == stat.uid()) {
            return true;
        }
        return user < 0 && Files.getOwner(path).getName().equals(System.getProperty("user.name"));
    }

    static FileAttribute<?>[] privateFile() {
        return mode("rw-------");
    }

    private static FileAttribute<?>[] mode(String text) {
        return PRESENT
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))}
                : new FileAttribute<?>[0];
    }

    static void makePrivate(Path file) throws IOException {
        if (PRESENT) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    /** Makes a folder and those above it that are missing, each 0700. */
    static void makeFolders(Path folder) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path each = folder; each != null && !Files.isDirectory(each); each = each.getParent()) {
            missing.push(each);
        }
        for (Path each : missing) {
            try {
                Files.createDirectory(each, mode("rwx------"));
                Path above = each.getParent();
                if (above != null) {
                    giveToOwnerOf(above, each);
                }
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(each)) {
                    throw e;
                }
            }
        }
    }

    /**
     * Gives a file that root made to the owner and group of another one, or of its folder while it is not there, if they
     * differ.
     *
     * <p>What root makes beside a user's store must stay the user's: a store, lock or journal of root's would lock the
     * user out.
     */
    static void giveToOwnerOf(Path model, Path made) throws IOException {
        if (USER != ROOT) {
            return;
        }
        Stat itself = stat(model);
        Stat theirs = itself == null ? stat(StorePlace.parent(model)) : itself;
        if (theirs == null) {
            return;
        }
        Map<String, Object> ours = Files.readAttributes(made, "unix:uid,gid", LinkOption.NOFOLLOW_LINKS);
        if (!Integer.valueOf(theirs.gid()).equals(ours.get("gid"))) {
            Files.setAttribute(made, "unix:gid", theirs.gid(), LinkOption.NOFOLLOW_LINKS);
        }
        if (!Integer.valueOf(theirs.uid()).equals(ours.get("uid"))) {
            Files.setAttribute(made, "unix:uid", theirs.uid(), LinkOption.NOFOLLOW_LINKS);
        }
    }
}
