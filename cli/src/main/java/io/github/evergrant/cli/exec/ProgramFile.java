package io.github.evergrant.cli.exec;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file that is run when somebody types a program's name, as POSIX systems find it.
 *
 * @param executable whether we may run it
 */
public record ProgramFile(Path path, boolean executable) {

    private static final int FIRST_LINE = 256;
    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

    /**
     * Finds it.
     *
     * @param word a path, or a name that is looked for in {@code PATH}
     * @param folder what relative paths count from
     * @return null when there is none
     */
    public static @Nullable ProgramFile find(String word, Map<String, String> environment, Path folder) {
        if (isPath(word)) {
            Path file = folder.resolve(word);
            return Files.exists(file) ? new ProgramFile(file, isProgram(file)) : null;
        }
        ProgramFile seen = null;
        String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
        for (int from = 0; from <= path.length(); ) {
            int colon = path.indexOf(':', from);
            int to = colon < 0 ? path.length() : colon;
            Path file = folder.resolve(path.substring(from, to)).resolve(word);
            if (isProgram(file)) {
                return new ProgramFile(file, true);
            }
            seen = seen == null && Files.isRegularFile(file) ? new ProgramFile(file, false) : seen;
            from = to + 1;
        }
        return seen;
    }

    /** Whether it is looked for in no other folder. */
    static boolean isPath(String word) {
        return word.contains("/") || word.contains(File.separator);
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    /**
     * Whether whoever starts it gets the same: a program of Linux, or a script that says whose. What is neither, some run
     * as a script of their own, and others not at all.
     */
    public boolean isPlain() throws IOException {
        if (!executable) {
            return false;
        }
        byte[] first;
        try (InputStream in = new FileInputStream(path.toFile())) {
            first = in.readNBytes(FIRST_LINE);
        }
        return startsWith(first, ELF) || isScript(new String(first, StandardCharsets.ISO_8859_1));
    }

    private static boolean startsWith(byte[] text, byte[] begin) {
        boolean all = text.length >= begin.length;
        for (int i = 0; all && i < begin.length; i++) {
            all = text[i] == begin[i];
        }
        return all;
    }

    private static boolean isScript(String text) {
        int end = text.indexOf('\n');
        if (!text.startsWith("#!") || end < 0) {
            return false;
        }
        String line = text.substring(2, end).strip();
        int blank = line.indexOf(' ');
        String interpreter = blank < 0 ? line : line.substring(0, blank);
        return interpreter.startsWith("/") && isProgram(Path.of(interpreter));
    }
}
