package io.github.evergrant.examples;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A person at a terminal of the kind that {@code script} makes: what they type is shown there, unless the program hides it. */
final class AtTerminal implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Process process;
    private final Path out;

    private AtTerminal(Process process, Path out) {
        this.process = process;
        this.out = out;
    }

    /**
     * Starts an example.
     *
     * @param before what stands before its words
     * @param folder for what the terminal shows
     */
    static AtTerminal start(List<String> before, Path folder, Class<?> example, String... arguments) {
        List<String> words = new ArrayList<>(before);
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        words.add(example.getName());
        words.addAll(List.of(arguments));
        String command = words.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(joining(" "));
        try {
            Path out = Files.createTempFile(folder, "terminal", ".out");
            return new AtTerminal(
                    new ProcessBuilder("script", "-qec", command, "/dev/null")
                            .redirectErrorStream(true)
                            .redirectOutput(out.toFile())
                            .start(),
                    out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Types an answer once the last thing that is shown is the question. */
    void answer(String question, String answer) {
        Awaitility.await().atMost(PATIENCE).until(() -> shown().endsWith(question));
        try {
            process.getOutputStream().write((answer + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // The next question may be the same.
        Awaitility.await().atMost(PATIENCE).until(() -> !shown().endsWith(question));
    }

    /** All that the terminal has shown, when the program has ended well. */
    List<String> end() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError("the program did not end well: " + shown());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return shown().lines().toList();
    }

    private String shown() {
        try {
            return Files.readString(out).replace("\r", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
