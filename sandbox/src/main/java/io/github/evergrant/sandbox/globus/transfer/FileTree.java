package io.github.evergrant.sandbox.globus.transfer;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What lies in a collection, by path. Whoever uses it holds the lock of {@link TransferState}. */
final class FileTree {

    private static final String HOME = "/home";

    private final TreeMap<String, StoredFile> files = new TreeMap<>();

    FileTree(Collection<StoredFile> initial) {
        initial.forEach(file -> files.put(file.path(), file));
    }

    /**
     * A path as a request has it, absolute and without dots; what climbs above the root stays there. {@code ~} is the home
     * directory, and so is where a path without a slash begins.
     */
    static String absolute(String path) {
        String begin = path.startsWith("/~/") || path.equals("/~") ? path.substring(1) : path;
        if (begin.equals("~") || begin.startsWith("~/")) {
            begin = HOME + begin.substring(1);
        } else if (!begin.startsWith("/")) {
            begin = HOME + "/" + begin;
        }
        Deque<String> names = new ArrayDeque<>();
        for (String name : begin.split("/")) {
            if (name.equals("..")) {
                names.pollLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.addLast(name);
            }
        }
        return "/" + String.join("/", names);
    }

    /** What is there; the root always is. */
    Optional<StoredFile> at(String path) {
        return path.equals("/")
                ? Optional.of(StoredFile.directory("/", Instant.EPOCH))
                : Optional.ofNullable(files.get(path));
    }

    /** What lies directly in a directory. */
    List<StoredFile> in(String directory) {
        String begin = directory.equals("/") ? "/" : directory + "/";
        return files.tailMap(begin, false).values().stream()
                .takeWhile(file -> file.path().startsWith(begin))
                .filter(file -> file.path().indexOf('/', begin.length()) < 0)
                .toList();
    }

    /** A file, or a directory with all that is below it. */
    List<StoredFile> from(String path) {
        return files.values().stream()
                .filter(file -> file.path().equals(path) || file.path().startsWith(path.equals("/") ? "/" : path + "/"))
                .toList();
    }

    /** Puts something there, in directories that are made if need be. */
    void put(StoredFile file) {
        for (int slash = file.path().indexOf('/', 1);
                slash > 0;
                slash = file.path().indexOf('/', slash + 1)) {
            String parent = file.path().substring(0, slash);
            files.putIfAbsent(parent, StoredFile.directory(parent, file.modified()));
        }
        files.put(file.path(), file);
    }

    void remove(StoredFile file) {
        files.remove(file.path());
    }
}
