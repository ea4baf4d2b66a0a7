package io.github.evergrant.testing;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Another JVM with this one's class path, spoken to by lines.
 *
 * <p>What it writes to standard error appears on ours. Closing it kills it, as {@link #kill()} does.
 */
public final class ForkedJvm implements AutoCloseable {

    /** How long a line or an end is waited for. */
    public static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final BufferedWriter in;
    private final BlockingQueue<String> out = new LinkedBlockingQueue<>();
    private final Thread reader;

    private ForkedJvm(Process process) {
        this.process = process;
        this.in = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.reader = new Thread(this::readLines, "forked JVM " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a class that has a {@code main}. */
    public static ForkedJvm start(Class<?> main, String... arguments) {
        return start(List.of(), main, arguments);
    }

    /**
     * Starts a class that has a {@code main} by way of another program.
     *
     * @param before words that stand before the JVM's, as {@code sh -c 'ulimit -f 100; exec "$@"' sh}
     */
    public static ForkedJvm start(List<String> before, Class<?> main, String... arguments) {
        List<String> words = new ArrayList<>(before);
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx128m"));
        // The SQLite driver loads a native library, which newer JDKs warn of.
        words.add("--enable-native-access=ALL-UNNAMED");
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        words.addAll(List.of(arguments));
        try {
            return new ForkedJvm(new ProcessBuilder(words)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readLines() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.add(line);
            }
        } catch (IOException e) {
            out.add("unreadable: " + e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** Gives it a line to read. */
    public void say(String line) {
        try {
            in.write(line);
            in.newLine();
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives it nothing more to read. */
    public void finish() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its next line; null when it has ended without one. */
    public @Nullable String hear() {
        return hear(PATIENCE_SECONDS);
    }

    /** As {@link #hear()}, by the patience of one who has started many. */
    public @Nullable String hear(long patienceSeconds) {
        try {
            for (long turn = 0; turn < patienceSeconds * 10; turn++) {
                String line = out.poll(100, TimeUnit.MILLISECONDS);
                if (line != null) {
                    return line;
                }
                if (!process.isAlive() && !reader.isAlive()) {
                    return out.poll();
                }
            }
            throw new AssertionError("the forked JVM has said nothing for " + patienceSeconds + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Says something and gives the answer. */
    public @Nullable String ask(String line) {
        say(line);
        return hear();
    }

    /** Waits for its end. @return its exit code */
    public int end() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the forked JVM does not end");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends it as {@code kill -9} does: nothing of it runs any more. What it has said can still be heard. */
    public void kill() {
        // The process itself would close its output as well.
        process.toHandle().destroyForcibly();
        end();
    }

    @Override
    public void close() {
        kill();
    }
}
