package io.github.evergrant.cli;

import io.github.evergrant.cli.frame.Outside;
import io.github.evergrant.cli.frame.Terminal;
import io.github.evergrant.cli.log.LineLogging;
import io.github.evergrant.cli.quick.Glance;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.http.HttpSettings;
import io.github.evergrant.http.JdkHttpSender;
import io.github.evergrant.sandbox.Sandbox;
import io.github.evergrant.sandbox.SandboxSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
 * <p>Run by the launcher when it builds. Everything happens in the folder that is given: with {@code login} it makes sessions,
 * and serves a sandbox, and a server with TLS, until its standard input ends. Meanwhile, in JVMs that load nothing of these,
 * {@code glance}, {@code glance-sqlite}, {@code quick} and {@code renewal} do what scripts do in a loop; {@code all} does
 * everything.
 */
final class Rehearsal {

    private static final String GRANT = """
            {"dialect":"globus","scopes":["urn:globus:auth:scope:transfer.api.globus.org:all"],"expires_in":%d}""";

    private static final String SANDBOX = "sandbox";
    private static final String SECURE = "secure";
    private static final String CERTIFICATE = "secure.pem";

    private static final int DAYS = 172_800;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long MOST = 100_000;

    private Rehearsal() {}

    public static void main(String[] words) throws Exception {
        if (words[0].startsWith("glance")) {
            Glance.silence();
        } else {
            LineLogging.announce();
        }
        Outside.real();
        Path folder = Path.of(words[1]);
        List<Map<String, String>> good = stores(folder.resolve("good"));
        List<Map<String, String>> spent = stores(folder.resolve("spent"));
        switch (words[0]) {
            case "login" -> {
                NativeLibrary.unpack();
                serve(folder, good, spent);
            }
            case "glance" -> glance(good.get(0));
            case "glance-sqlite" -> glance(good.get(1));
            case "quick" -> tokens(good);
            case "renewal" -> renewal(folder, spent);
            default -> {
                tokens(good);
                everything(folder, good.get(0));
            }
        }
        HttpThreads.end();
    }

    /** The variables for a store of each kind, the JSON file first. */
    private static List<Map<String, String>> stores(Path folder) {
        Map<String, String> json = Map.of("EVERGRANT_HOME", folder.toString());
        Map<String, String> database = new HashMap<>(json);
        database.put("EVERGRANT_STORE", "sqlite:" + folder.resolve("sessions.db"));
        return List.of(json, database);
    }

    private static void serve(Path folder, List<Map<String, String>> good, List<Map<String, String>> spent)
            throws Exception {
        Files.createDirectories(folder);
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
            for (Map<String, String> each : good) {
                logIn(sandbox.base(), each, "tour", DAYS);
            }
            for (Map<String, String> each : spent) {
                logIn(sandbox.base(), each, "tour", 0);
            }
            Files.writeString(folder.resolve(SANDBOX), sandbox.base().toString());
            // Last: where it fails, there are sessions for those who need no server.
            try (SecureServer secure = SecureServer.start(folder.resolve(CERTIFICATE))) {
                Files.writeString(folder.resolve(SECURE), secure.address().toString());
                System.out.println("ready");
                System.in.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    private static URI address(Path file) throws IOException {
        return URI.create(Files.readString(file));
    }

    private static void logIn(URI sandbox, Map<String, String> environment, String session, int seconds)
            throws IOException {
        String reply = grant(sandbox, seconds);
        run(at(sandbox, environment), reply, "login", "globus", "-s", session, "--token-response-stdin");
    }

    private static void glance(Map<String, String> environment) {
        for (String[] words :
                new String[][] {{"token"}, {"token", "-s", "tour"}, {"token", "-s", "tour", "--header"}}) {
            if (Glance.lines(world(environment, ""), words) == null) {
                throw new IllegalStateException("nothing is seen at a glance");
            }
        }
        Map<String, String> withPath = new HashMap<>(environment);
        withPath.put("PATH", System.getenv().getOrDefault("PATH", ""));
        // Not every system has a shell of which that much can be told.
        String unused = Glance.lines(world(withPath, ""), "exec", "-s", "tour", "--", "sh");
    }

    private static void tokens(List<Map<String, String>> stores) {
        for (Map<String, String> each : stores) {
            run(each, "", "token");
            run(each, "", "token", "-s", "tour");
            run(each, "", "token", "-s", "tour", "--header");
        }
        Map<String, String> json = stores.get(0);
        run(json, "", "exec", "-s", "tour", "--", "sh", "-c", ":");
        run(json, "", "status", "-s", "tour");
        run(json, "", "status", "-s", "tour", "--json");
    }

    private static void renewal(Path folder, List<Map<String, String>> stores) throws IOException {
        for (Map<String, String> each : stores) {
            run(each, "", "token", "-s", "tour");
        }
        run(stores.get(0), "", "exec", "-s", "tour", "--", "sh", "-c", ":");
        greet(folder);
    }

    private static void everything(Path folder, Map<String, String> json) throws IOException {
        URI sandbox = address(folder.resolve(SANDBOX));
        Map<String, String> environment = at(sandbox, json);
        logIn(sandbox, json, "second", DAYS);
        run(environment, "", "token", "-s", "second", "--renew");
        run(environment, "", "status", "--all");
        run(environment, "", "sessions", "list");
        run(environment, "", "--help");
        run(environment, "", "login", "--help");
        greet(folder);
    }

    private static Map<String, String> at(URI sandbox, Map<String, String> environment) {
        Map<String, String> there = new HashMap<>(environment);
        there.put("EVERGRANT_SANDBOX", sandbox.toString());
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

    private static String grant(URI sandbox, int seconds) throws HttpFailure {
        byte[] wanted = GRANT.formatted(seconds).getBytes(StandardCharsets.UTF_8);
        HttpCall call = new HttpCall("POST", sandbox.resolve("/_sandbox/grant"), Map.of(), wanted);
        try (JdkHttpSender sender = new JdkHttpSender(HttpSettings.defaults(), InstantSource.system())) {
            return new String(sender.send(call, PATIENCE, MOST).body(), StandardCharsets.UTF_8);
        }
    }

    /** By the certificates that Java comes with, among which its own is not, and by its own. */
    private static void greet(Path folder) throws IOException {
        HttpCall call = HttpCall.get(address(folder.resolve(SECURE)));
        HttpSettings settings = HttpSettings.defaults();
        try (JdkHttpSender sender = new JdkHttpSender(settings, InstantSource.system())) {
            sender.send(call, PATIENCE, MOST);
            throw new IllegalStateException("an unknown certificate is believed");
        } catch (HttpFailure e) {
            // Of course.
        }
        try (JdkHttpSender sender =
                new JdkHttpSender(settings.withCaFile(folder.resolve(CERTIFICATE)), InstantSource.system())) {
            sender.send(call, PATIENCE, MOST);
        }
    }
}
