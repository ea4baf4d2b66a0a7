package io.github.evergrant.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Python program, spoken to by lines; it says {@code ready} first. What it writes to standard error appears on ours.
 *
 * <p>Closing it ends its input, and then it, if it does not end by itself.
 */
public final class PythonProgram implements AutoCloseable {

    private final Process process;
    private final BufferedWriter in;
    private final BufferedReader out;

    private PythonProgram(Process process) {
        this.process = process;
        this.in = process.outputWriter();
        this.out = process.inputReader();
    }

    /** Starts a program; the test is not run where there is no Python. */
    public static PythonProgram start(String text, String... arguments) {
        List<String> words = new ArrayList<>(List.of("python3", "-c", text));
        words.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(words)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "python3 is missing");
            throw new UncheckedIOException(e);
        }
        PythonProgram program = new PythonProgram(process);
        String first = program.hear();
        if (!first.equals("ready")) {
            program.close();
            throw new AssertionError("it began with: " + first);
        }
        return program;
    }

    /** Gives it a line to read. */
    public void say(String line) {
        try {
            in.write(line + "\n");
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its next line; {@code null} as a word when it has ended. */
    public String hear() {
        try {
            return String.valueOf(out.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says something and gives the answer. */
    public String ask(String line) {
        say(line);
        return hear();
    }

    @Override
    public void close() {
        try {
            in.close();
            if (!process.waitFor(ForkedJvm.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the Python program does not end");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
