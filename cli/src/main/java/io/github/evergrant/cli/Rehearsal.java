package io.github.evergrant.cli;

import io.github.evergrant.cli.frame.Outside;
import io.github.evergrant.cli.frame.Terminal;
import io.github.evergrant.cli.log.LineLogging;
import io.github.evergrant.cli.quick.Glance;
import io.github.evergrant.sandbox.Sandbox;
import io.github.evergrant.sandbox.SandboxSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Does once what people do often, so that the JVM can keep what it loaded for it in a start-up archive.
 *
 * <p>Run by the launcher when it builds. Everything happens in the folder that is given and against a sandbox of its
 * own. With {@code login} it makes sessions; then, in a JVM that has loaded nothing else, {@code glance}, {@code
 * glance-sqlite} and {@code quick} do what scripts do in a loop; {@code all} does everything.
 */
final class Rehearsal {

    private static final String GRANT = """
            {"dialect":"globus","scopes":["urn:globus:auth:scope:transfer.api.globus.org:all"],"expires_in":172800}""";

    private Rehearsal() {}

    public static void main(String[] words) throws IOException {
        if (words[0].startsWith("glance")) {
            Glance.silence();
        } else {
            LineLogging.announce();
        }
        Outside.real();
        Path folder = Path.of(words[1]);
        Map<String, String> json = Map.of("EVERGRANT_HOME", folder.toString());
        Map<String, String> database = new HashMap<>(json);
        database.put("EVERGRANT_STORE", "sqlite:" + folder.resolve("sessions.db"));
        switch (words[0]) {
            case "login" -> {
                NativeLibrary.unpack();
                logIn(json, database);
            }
            case "glance" -> glance(json);
            case "glance-sqlite" -> glance(database);
            case "quick" -> tokens(json, database);
            default -> {
                logIn(json, database);
                tokens(json, database);
                everything(json);
            }
        }
        HttpThreads.end();
    }

    private static void logIn(Map<String, String> json, Map<String, String> database) throws IOException {
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
            for (Map<String, String> each : List.of(json, database)) {
                run(at(sandbox, each), grant(sandbox), "login", "globus", "-s", "tour", "--token-response-stdin");
            }
        }
    }

    private static void glance(Map<String, String> environment) {
        Map<String, String> withPath = new HashMap<>(environment);
        withPath.put("PATH", System.getenv("PATH"));
        for (String[] words : new String[][] {
            {"token"}, {"token", "-s", "tour"}, {"token", "-s", "tour", "--header"}, {"exec", "-s", "tour", "--", "sh"}
        }) {
            if (Glance.lines(world(withPath, ""), words) == null) {
                throw new IllegalStateException("nothing is seen at a glance");
            }
        }
    }

    private static void tokens(Map<String, String> json, Map<String, String> database) {
        for (Map<String, String> each : List.of(json, database)) {
            run(each, "", "token");
            run(each, "", "token", "-s", "tour");
            run(each, "", "token", "-s", "tour", "--header");
        }
        run(json, "", "exec", "-s", "tour", "--", "sh", "-c", ":");
    }

    private static void everything(Map<String, String> json) throws IOException {
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
            Map<String, String> environment = at(sandbox, json);
            run(environment, grant(sandbox), "login", "globus", "-s", "second", "--token-response-stdin");
            run(environment, "", "token", "-s", "second", "--renew");
            run(environment, "", "status", "-s", "tour");
        }
    }

    private static Map<String, String> at(Sandbox sandbox, Map<String, String> environment) {
        Map<String, String> there = new HashMap<>(environment);
        there.put("EVERGRANT_SANDBOX", sandbox.base().toString());
        return there;
    }

    private static void run(Map<String, String> environment, String input, String... words) {
        int code = Main.run(world(environment, input), words);
        if (code != 0) {
            throw new IllegalStateException(words[0] + " ended with " + code);
        }
    }

    private static Outside world(Map<String, String> environment, String input) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        return new Outside(
                InstantSource.system(),
                in,
                nowhere,
                nowhere,
                environment,
                new Nobody(),
                Path.of("").toAbsolutePath());
    }

    /** No person is there. */
    private record Nobody() implements Terminal {

        @Override
        public boolean isThere() {
            return false;
        }

        @Override
        public boolean showsOutput() {
            return false;
        }

        @Override
        public boolean showsErrors() {
            return false;
        }

        @Override
        public void write(String words) {}

        @Override
        public @Nullable String ask(String prompt) {
            return null;
        }

        @Override
        public @Nullable String ask(String prompt, Duration patience) {
            return null;
        }

        @Override
        public @Nullable String askHidden(String prompt) {
            return null;
        }
    }

    private static String grant(Sandbox sandbox) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                sandbox.base().resolve("/_sandbox/grant").toURL().openConnection();
        connection.setDoOutput(true);
        connection.getOutputStream().write(GRANT.getBytes(StandardCharsets.UTF_8));
        try (InputStream reply = connection.getInputStream()) {
            return new String(reply.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
