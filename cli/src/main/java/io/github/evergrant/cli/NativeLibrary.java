package io.github.evergrant.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.core.NativeDB;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * The SQLite driver's native library in a folder, where the driver finds it by {@code org.sqlite.lib.path}: otherwise it
 * unpacks it at each start, and runs another program to learn where it is.
 */
final class NativeLibrary {

    private static final String FOLDER = "org.sqlite.lib.path";

    private NativeLibrary() {}

    /** Unpacks it, unless it is there or nobody says where to. A driver that has none for this system says so itself. */
    static void unpack() throws IOException {
        String folder = System.getProperty(FOLDER);
        if (folder == null) {
            return;
        }
        String name = LibraryLoaderUtil.getNativeLibName();
        Path library = Path.of(folder, name);
        String packed = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        try (InputStream in = NativeDB.class.getResourceAsStream(packed)) {
            if (in == null || Files.exists(library)) {
                return;
            }
            Files.createDirectories(library.getParent());
            Path half = library.resolveSibling(name + ".half");
            Files.copy(in, half, StandardCopyOption.REPLACE_EXISTING);
            Files.move(half, library, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
