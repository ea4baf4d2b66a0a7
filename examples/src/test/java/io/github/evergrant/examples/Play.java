package io.github.evergrant.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.oauth.Golden;
import io.github.evergrant.sandbox.Sandbox;
import io.github.evergrant.sandbox.SandboxSettings;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.testing.ForkedJvm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Examples as programs of their own, with a home folder of their own, where a provider is a sandbox; and the hand that plays it. */
abstract class Play implements AutoCloseable {

    private final HttpClient browser = HttpClient.newHttpClient();
    private final Sandbox sandbox;
    private final String dialect;
    private final Path home;

    /**
     * @param dialect which of the sandbox's providers it is about
     * @param home of programs that are given no other
     */
    Play(String dialect, SandboxSettings settings, Path home) {
        this.dialect = dialect;
        this.sandbox = Sandbox.start(settings);
        this.home = home;
    }

    /** What programs find in their environment, so that the provider is the sandbox to them. */
    abstract Map<String, String> variables();

    URI base() {
        return sandbox.base();
    }

    Path home() {
        return home;
    }

    /** What stands before a program's words: its environment, and that it says to {@code said} at home what is no data. */
    final List<String> before(Path itsHome) {
        List<String> before = new ArrayList<>(List.of("/usr/bin/env"));
        for (String each : List.of("TAPIS_CACHE_DIR", "TAPIS_CACHE", "AGAVE_CACHE_DIR")) {
            before.addAll(List.of("-u", each));
        }
        before.add("HOME=" + itsHome);
        variables().forEach((name, value) -> before.add(name + "=" + value));
        before.addAll(List.of("/bin/sh", "-c", "exec \"$@\" 2>\"$HOME/said\"", "sh"));
        return before;
    }

    /** Starts an example; what it says to standard error is in the file {@code said} at home. */
    ForkedJvm start(Class<?> example, String... arguments) {
        return startIn(home, example, arguments);
    }

    /** Starts an example in another home folder. */
    ForkedJvm startIn(Path otherHome, Class<?> example, String... arguments) {
        return ForkedJvm.start(before(otherHome), example, arguments);
    }

    /** Runs an example that asks nobody. @return what it printed */
    List<String> run(Class<?> example, String... arguments) {
        try (ForkedJvm program = start(example, arguments)) {
            return ending(program, 0);
        }
    }

    /** The rest of what a program prints, when it has ended with a code. */
    static List<String> ending(ForkedJvm program, int code) {
        List<String> lines = new ArrayList<>();
        for (String line = program.hear(); line != null; line = program.hear()) {
            lines.add(line);
        }
        assertThat(program.end()).as(lines.toString()).isEqualTo(code);
        return lines;
    }

    /** Every access token ends now, and no file knows. */
    void expire() {
        control("expire", "{\"dialect\":\"" + dialect + "\"}");
    }

    /** Every login ends now, and no file knows. */
    void reset() {
        control("reset", "");
    }

    /** How many requests of a kind there were. */
    int requests(String kind) {
        Golden stats = json(ask(HttpRequest.newBuilder(base().resolve("/_sandbox/stats"))));
        Golden requests = stats.at(dialect).at("requests");
        return requests.has(kind) ? Integer.parseInt(requests.at(kind).text()) : 0;
    }

    /** Tells the sandbox something. @return its answer */
    Golden control(String name, String body) {
        HttpResponse<String> done = ask(HttpRequest.newBuilder(base().resolve("/_sandbox/" + name))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        return json(done);
    }

    private static Golden json(HttpResponse<String> reply) {
        try {
            return new Golden(Json.readObject(reply.body()));
        } catch (Exception e) {
            throw new AssertionError(reply.body(), e);
        }
    }

    HttpResponse<String> ask(HttpRequest.Builder request) {
        try {
            return browser.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
