package io.github.evergrant.cli.demo;

import io.github.evergrant.cli.Main;
import io.github.evergrant.cli.frame.Outside;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.error.TemporarilyUnavailable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A private folder in which child processes of this very program run. When it is closed, or this process is ended by a
 * signal, the children are ended and the folder is gone.
 */
final class Workshop implements AutoCloseable {

    /** Those of the launcher, where it is not the launcher that started us. */
    private static final List<String> SHORT_LIVED =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xlog:disable");

    private static final long PATIENCE_SECONDS = 120;

    private final Outside outside;
    private final URI sandbox;
    private final Path home;
    private final Queue<Process> children = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;
    private final Thread hook = new Thread(this::clear, "evergrant-demo-exit");

    /**
     * What a child process came to.
     *
     * @param out standard output without white space at its end
     */
    record Answer(int exit, String out, String err) {}

    Workshop(Outside outside, URI sandbox) {
        this.outside = outside;
        this.sandbox = sandbox;
        try {
            this.home = Files.createTempDirectory("evergrant-demo-");
        } catch (IOException e) {
            throw new StorageFailure(Problem.of("folder_unwritable", "no temporary folder can be made")
                    .withCause(e));
        }
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The store that the children use when they are told of none. */
    String store() {
        return "json:" + home.resolve("state").resolve("sessions.json");
    }

    /** Runs the program to its end. */
    Answer run(String input, String... words) {
        return answer(start(input, words));
    }

    /** Runs the program many times at once. */
    List<Answer> runAtOnce(int count, String... words) {
        List<Process> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            started.add(start("", words));
        }
        return started.stream().map(this::answer).toList();
    }

    private Process start(String input, String... words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(outside.workingDirectory().toFile());
        builder.environment().clear();
        outside.environment().forEach((name, value) -> put(builder, name, value));
        builder.environment()
                .putAll(Map.of(
                        "EVERGRANT_HOME", home.toString(),
                        "EVERGRANT_SANDBOX", sandbox.toString(),
                        "EVERGRANT_PROMPT", "never"));
        if (closed) {
            throw new TemporarilyUnavailable(Problem.of("interrupted", "the tour was ended"), null);
        }
        try {
            Process process = builder.start();
            children.add(process);
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            return process;
        } catch (IOException e) {
            throw new TemporarilyUnavailable(
                    Problem.of("child_not_started", "another process of this program could not be started")
                            .withCause(e),
                    null);
        }
    }

    /** With the start-up archive, if we have one: it is for the same class path. */
    private static List<String> options() {
        List<String> ours = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-XX:") || option.equals("-Xlog:disable"))
                .toList();
        return ours.isEmpty() ? SHORT_LIVED : ours;
    }

    /** What a person has set for the real thing is of no use here. */
    private static void put(ProcessBuilder builder, String name, String value) {
        if (!name.startsWith("EVERGRANT_") && !name.startsWith("GLOBUS_SDK_")) {
            builder.environment().put(name, value);
        }
    }

    /** Their few words fit in a pipe, so that they can be read when all is over. */
    private Answer answer(Process process) {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            return new Answer(
                    process.exitValue(),
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).stripTrailing(),
                    new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).stripTrailing());
        } catch (IOException e) {
            throw new TemporarilyUnavailable(
                    Problem.of("child_unreadable", "what another process said could not be read")
                            .withCause(e),
                    null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TemporarilyUnavailable(Problem.of("interrupted", "the tour was interrupted"), null);
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // A signal is ending the JVM, and the hook does the rest. To go on would be to end it with another code.
            while (true) {
                LockSupport.park();
            }
        }
        clear();
    }

    private void clear() {
        closed = true;
        children.forEach(Process::destroyForcibly);
        children.forEach(process -> process.onExit().join());
        try (Stream<Path> all = Files.walk(home)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | UncheckedIOException e) {
            outside.err().println("evergrant: warning: " + home + " could not be deleted");
        }
    }
}
