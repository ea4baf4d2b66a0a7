package io.github.evergrant.cli.exec;

import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Exits;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A program that has our standard streams, and an environment of its own. */
record Child(List<String> words, Map<String, String> environment, Path workingDirectory) {

    static final int NOT_STARTED = 125;
    static final int NOT_EXECUTABLE = 126;
    static final int NOT_FOUND = 127;

    private static final int NO_SUCH_FILE = 2;
    private static final int TOO_LONG = 7;
    private static final int NO_PROGRAM = 8;
    private static final int NOT_PERMITTED = 13;
    private static final Pattern NUMBER = Pattern.compile("error(?:=|: )([0-9]{1,3})");

    /**
     * Runs it to its end.
     *
     * @param atTerminal whether a person's Ctrl-C reaches it without us
     * @return its exit code, or 128 and the number of the signal that ended it
     * @throws CliProblem with 125, 126 or 127 when it does not run
     */
    int run(boolean atTerminal) {
        refuseWhatIsNotThere();
        try (Signals signals = Signals.caught(atTerminal)) {
            Process process = start();
            signals.passOnTo(process);
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Exits.INTERRUPTED;
        }
    }

    private Process start() {
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(workingDirectory.toFile()).inheritIO();
        Map<String, String> its = builder.environment();
        Map<String, String> before = new HashMap<>(its);
        its.keySet().retainAll(environment.keySet());
        // What is as it was stays as it is: Java cannot read, and so not write, what is in another encoding.
        environment.forEach((name, value) -> {
            if (!value.equals(before.get(name))) {
                its.put(name, value);
            }
        });
        try {
            return builder.start();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** The system's own words differ between Java's versions; and which of two folders lacks it, it does not say. */
    private void refuseWhatIsNotThere() {
        String name = words.get(0);
        if (File.separatorChar != '/' && !ProgramFile.isPath(name)) {
            return;
        }
        ProgramFile file = ProgramFile.find(name, environment, workingDirectory);
        if (file == null) {
            String where = ProgramFile.isPath(name) ? "" : " in PATH";
            throw problem(NOT_FOUND, "program_not_found", "there is no program " + name + where, null);
        }
        if (!file.executable()) {
            throw notExecutable();
        }
    }

    private CliProblem failure(IOException e) {
        Matcher number = NUMBER.matcher(String.valueOf(e.getMessage()));
        int error = number.find() ? Integer.parseInt(number.group(1)) : 0;
        if (error == TOO_LONG || error == NO_PROGRAM || error == NOT_PERMITTED || error == NO_SUCH_FILE) {
            return notExecutable();
        }
        return problem(NOT_STARTED, "program_not_started", words.get(0) + " could not be started", e);
    }

    private CliProblem notExecutable() {
        return problem(NOT_EXECUTABLE, "program_not_executable", words.get(0) + " cannot be executed", null);
    }

    private static CliProblem problem(int exit, String code, String message, @Nullable Throwable cause) {
        CliProblem problem = CliProblem.of(exit, code, message, null, "evergrant exec --help");
        if (cause != null) {
            problem.initCause(cause);
        }
        return problem;
    }
}
