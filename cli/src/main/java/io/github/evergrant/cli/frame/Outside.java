package io.github.evergrant.cli.frame;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;

/**
 * The world outside the program.
 *
 * @param clock the wall clock
 * @param in standard input
 * @param out standard output: what a script reads
 * @param err standard error: what is said to a person
 * @param environment the environment variables
 * @param terminal where a person can be asked
 * @param workingDirectory what relative paths count from
 * @param pause how to wait
 */
public record Outside(
        InstantSource clock,
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Terminal terminal,
        Path workingDirectory,
        Pause pause) {

    private static final int BUFFER = 8192;

    public Outside {
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(in, "in");
        Objects.requireNonNull(out, "out");
        Objects.requireNonNull(err, "err");
        environment = Map.copyOf(environment);
        Objects.requireNonNull(terminal, "terminal");
        Objects.requireNonNull(workingDirectory, "workingDirectory");
        Objects.requireNonNull(pause, "pause");
    }

    /** Where waiting takes the time it takes. */
    public Outside(
            InstantSource clock,
            InputStream in,
            PrintStream out,
            PrintStream err,
            Map<String, String> environment,
            Terminal terminal,
            Path workingDirectory) {
        this(clock, in, out, err, environment, terminal, workingDirectory, Pause.REAL);
    }

    /** The world of this process. */
    public static Outside real() {
        return new Outside(
                InstantSource.system(),
                System.in,
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                System.getenv(),
                new SystemTerminal(),
                Path.of("").toAbsolutePath());
    }

    /** An environment variable; empty when it is not set. */
    public String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor), BUFFER), false, StandardCharsets.UTF_8);
    }
}
