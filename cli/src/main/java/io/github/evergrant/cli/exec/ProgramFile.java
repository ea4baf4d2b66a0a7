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

    /** How much of a file is looked at, in bytes. */
    private static final int BEGIN = 4096;

    private static final int FIRST_LINE = 127;
    private static final int MOST_INTERPRETERS = 2;

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
     * Whether whoever starts it gets the same: a program for this machine, or a script for one. What is neither, some run as a
     * script of their own, and others not at all.
     */
    public boolean isPlain() throws IOException {
        return isPlain(MOST_INTERPRETERS);
    }

    private boolean isPlain(int interpreters) throws IOException {
        if (!executable) {
            return false;
        }
        byte[] begin;
        try (InputStream in = new FileInputStream(path.toFile())) {
            begin = in.readNBytes(BEGIN);
        }
        if (ElfProgram.isElf(begin)) {
            String loader = ElfProgram.loader(begin);
            return loader != null && (loader.isEmpty() || isProgram(Path.of(loader)));
        }
        String interpreter = interpreter(begin);
        if (interpreter == null || interpreters == 0 || !interpreter.startsWith("/")) {
            return false;
        }
        Path file = Path.of(interpreter);
        return new ProgramFile(file, isProgram(file)).isPlain(interpreters - 1);
    }

    /** What a script is for; null when its first line does not say so. */
    private static @Nullable String interpreter(byte[] begin) {
        String text = new String(begin, 0, Math.min(begin.length, FIRST_LINE), StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\n');
        if (!text.startsWith("#!") || end < 0) {
            return null;
        }
        int from = 2;
        while (isBlank(text.charAt(from))) {
            from++;
        }
        int to = from;
        while (text.charAt(to) > ' ') {
            to++;
        }
        // To the system a carriage return, say, is part of the name.
        return to == end || isBlank(text.charAt(to)) ? text.substring(from, to) : null;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
