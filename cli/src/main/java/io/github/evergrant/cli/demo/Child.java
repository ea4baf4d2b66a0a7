package io.github.evergrant.cli.demo;

import io.github.evergrant.cli.Main;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.TemporarilyUnavailable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of this very program. */
final class Child {

    /** Those of the launcher, where it is not the launcher that started us. */
    private static final List<String> SHORT_LIVED =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xlog:disable");

    private static final long PATIENCE_SECONDS = 300;

    private final Process process;

    private Child(Process process) {
        this.process = process;
    }

    /** @param environment all variables that it has */
    static Child start(Path folder, Map<String, String> environment, String... words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return new Child(builder.start());
        } catch (IOException e) {
            throw notStarted(e);
        }
    }

    /** Gives it all that it finds on standard input. */
    Child read(String input) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
            return this;
        } catch (IOException e) {
            throw notStarted(e);
        }
    }

    /** Waits for its end. Its few words fit in a pipe, so that they can be read when all is over. */
    Answer answer() {
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

    void end() {
        process.destroyForcibly();
    }

    void awaitEnd() {
        process.onExit().join();
    }

    /** With the start-up archive, if we have one: it is for the same class path. */
    private static List<String> options() {
        List<String> ours = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-XX:") || option.equals("-Xlog:disable"))
                .toList();
        return ours.isEmpty() ? SHORT_LIVED : ours;
    }

    private static TemporarilyUnavailable notStarted(IOException e) {
        return new TemporarilyUnavailable(
                Problem.of("child_not_started", "another process of this program could not be started")
                        .withCause(e),
                null);
    }
}
