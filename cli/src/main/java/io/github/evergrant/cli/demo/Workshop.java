package io.github.evergrant.cli.demo;

import io.github.evergrant.cli.frame.Outside;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.error.TemporarilyUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A private folder in which child processes of this very program run. When it is closed, or this process is ended by a
 * signal, the children are ended and the folder is gone.
 */
final class Workshop implements AutoCloseable {

    /** Of what a person has set for the real thing. */
    private static final List<String> OURS = List.of(
            "EVERGRANT_",
            "GLOBUS_SDK_",
            "TAPIS_",
            "AGAVE_",
            "SPATIAFI_",
            "TT_",
            "CLIENT_ID",
            "CLIENT_SECRET",
            "USER_ID",
            "XDG_CONFIG_HOME");

    private final Outside outside;
    private final URI sandbox;
    private final Path home;
    private final Queue<Child> children = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;
    private final Thread hook = new Thread(this::clear, "evergrant-demo-exit");

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

    /** The folder: home and all for the children. */
    Path home() {
        return home;
    }

    /** Runs the program to its end. */
    Answer run(String store, String input, String... words) {
        return start(store, input, words).answer();
    }

    /** Runs the program many times at once. */
    List<Answer> runAtOnce(int count, String store, String input, String... words) {
        List<Child> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            started.add(start(store, input, words));
        }
        return started.stream().map(Child::answer).toList();
    }

    private Child start(String store, String input, String... words) {
        if (closed) {
            throw new TemporarilyUnavailable(Problem.of("interrupted", "the tour was ended"), null);
        }
        Child child = Child.start(outside.workingDirectory(), environment(store), words);
        children.add(child);
        return child.read(input);
    }

    private Map<String, String> environment(String store) {
        Map<String, String> environment = new HashMap<>(outside.environment());
        environment.keySet().removeIf(name -> OURS.stream().anyMatch(name::startsWith));
        environment.putAll(Map.of(
                "HOME", home.toString(),
                "EVERGRANT_HOME", home.toString(),
                "EVERGRANT_STORE", store,
                "EVERGRANT_SANDBOX", sandbox.toString(),
                "EVERGRANT_PROMPT", "never"));
        return environment;
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
        children.forEach(Child::end);
        children.forEach(Child::awaitEnd);
        try (Stream<Path> all = Files.walk(home)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | UncheckedIOException e) {
            outside.err().println("evergrant: warning: " + home + " could not be deleted");
        }
    }
}
