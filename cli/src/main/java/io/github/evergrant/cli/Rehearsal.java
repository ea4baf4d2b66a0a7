package io.github.evergrant.cli;

import io.github.evergrant.cli.frame.Outside;
import io.github.evergrant.cli.frame.Terminal;
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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Does once what people do often, so that the JVM can keep what it loaded for it in a start-up archive.
 *
 * <p>Run by the launcher when it builds. Everything happens in the folder that is given and against a sandbox of its
 * own.
 */
final class Rehearsal {

    private static final String GRANT = """
            {"dialect":"globus","scopes":["urn:globus:auth:scope:transfer.api.globus.org:all"],"expires_in":60}""";

    private Rehearsal() {}

    public static void main(String[] folder) throws IOException {
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
            Map<String, String> environment = Map.of(
                    "EVERGRANT_HOME",
                    folder[0],
                    "EVERGRANT_SANDBOX",
                    sandbox.base().toString());
            run(environment, grant(sandbox), "login", "globus", "-s", "tour", "--token-response-stdin");
            run(environment, "", "token", "-s", "tour");
            run(environment, "", "token", "-s", "tour", "--renew");
            run(environment, "", "status", "-s", "tour");
        }
    }

    private static void run(Map<String, String> environment, String input, String... words) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        Outside outside =
                new Outside(InstantSource.system(), in, nowhere, nowhere, environment, new Nobody(), Path.of(""));
        int code = Main.run(outside, words);
        if (code != 0) {
            throw new IllegalStateException(words[0] + " ended with " + code);
        }
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
