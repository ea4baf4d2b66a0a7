package io.github.evergrant.cli.frame;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The controlling terminal of the process.
 *
 * <p>Not {@link System#console()}: that one is missing as soon as standard output is read by a script, which is when
 * prompts are most needed.
 */
final class SystemTerminal implements Terminal {

    private static final File DEVICE = new File("/dev/tty");

    @Override
    public boolean isThere() {
        if (!shows(0) && !shows(2)) {
            return false;
        }
        try (FileInputStream device = new FileInputStream(DEVICE)) {
            return device.getFD().valid();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public boolean showsOutput() {
        return shows(1);
    }

    @Override
    public boolean showsErrors() {
        return shows(2);
    }

    @Override
    public void write(String words) {
        try (FileOutputStream device = new FileOutputStream(DEVICE)) {
            device.write(words.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // The terminal has gone: reading from it will say so.
            return;
        }
    }

    @Override
    public @Nullable String ask(String prompt) {
        write(prompt);
        // Not closed twice over: the descriptor is opened for this one line.
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(new FileInputStream(DEVICE), Charset.defaultCharset()))) {
            return reader.readLine();
        } catch (IOException e) {
            return null;
        }
    }

    /** {@inheritDoc} A thread reads on: nothing else ends the wait for a terminal, and the program ends soon. */
    @Override
    public @Nullable String ask(String prompt, Duration patience) throws TimeoutException {
        CompletableFuture<Optional<String>> line = new CompletableFuture<>();
        Thread reader = new Thread(() -> line.complete(Optional.ofNullable(ask(prompt))), "evergrant-terminal");
        reader.setDaemon(true);
        reader.start();
        try {
            return line.get(patience.toNanos(), TimeUnit.NANOSECONDS).orElse(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException e) {
            throw new AssertionError("a line never fails", e);
        }
    }

    @Override
    public @Nullable String askHidden(String prompt) {
        Thread restore = new Thread(() -> stty("echo"), "evergrant-echo");
        Runtime.getRuntime().addShutdownHook(restore);
        try {
            if (!stty("-echo")) {
                return null;
            }
            return ask(prompt);
        } finally {
            stty("echo");
            write("\n");
            Runtime.getRuntime().removeShutdownHook(restore);
        }
    }

    private static boolean stty(String mode) {
        return run(new ProcessBuilder("stty", mode).redirectInput(DEVICE));
    }

    /** Whether a descriptor leads to a terminal. */
    private static boolean shows(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        if (Files.isSymbolicLink(link)) {
            try {
                String target = Files.readSymbolicLink(link).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
            } catch (IOException e) {
                return false;
            }
        }
        return run(new ProcessBuilder("test", "-t", String.valueOf(descriptor)).inheritIO());
    }

    private static boolean run(ProcessBuilder builder) {
        try {
            return builder.start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
