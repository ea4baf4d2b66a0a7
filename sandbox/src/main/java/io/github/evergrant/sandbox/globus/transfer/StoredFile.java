package io.github.evergrant.sandbox.globus.transfer;

import java.time.Instant;

/**
 * A file or a directory in a collection, without its content.
 *
 * @param path absolute, without a slash at its end
 * @param type {@code file} or {@code dir}
 * @param size in bytes
 * @param modified when it was last changed
 * @param permissions in octal; a directory that begins with {@code 00} cannot be listed
 */
public record StoredFile(String path, String type, long size, Instant modified, String permissions) {

    private static final long DIRECTORY_SIZE = 4096;

    public static StoredFile file(String path, long size, Instant modified) {
        return new StoredFile(path, "file", size, modified, "0644");
    }

    public static StoredFile directory(String path, Instant modified) {
        return new StoredFile(path, "dir", DIRECTORY_SIZE, modified, "0755");
    }

    /** The same, but nobody may look into it. */
    StoredFile locked() {
        return new StoredFile(path, type, size, modified, "0000");
    }

    boolean isDirectory() {
        return type.equals("dir");
    }

    boolean isLocked() {
        return permissions.startsWith("00");
    }

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    StoredFile at(String other, Instant when) {
        return new StoredFile(other, type, size, when, permissions);
    }
}
