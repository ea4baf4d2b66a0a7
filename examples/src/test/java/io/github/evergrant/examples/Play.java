package io.github.evergrant.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.sandbox.Sandbox;
import io.github.evergrant.sandbox.SandboxSettings;
import io.github.evergrant.testing.ForkedJvm;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Examples as programs of their own, with a home folder of their own, where Globus is a sandbox; and a person for their logins. */
final class Play implements AutoCloseable {

    private static final Pattern TICKET = Pattern.compile("name=\"ticket\" value=\"([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("<code id=\"code\">([^<]+)</code>");

    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());
    private final HttpClient browser = HttpClient.newHttpClient();
    private final Path home;

    Play(Path home) {
        this.home = home;
    }

    /** Starts an example; what it says to standard error is in the file {@code said} at home. */
    ForkedJvm start(Class<?> example, String... arguments) {
        return startIn(home, example, arguments);
    }

    /** Starts an example in another home folder. */
    ForkedJvm startIn(Path otherHome, Class<?> example, String... arguments) {
        List<String> before = new ArrayList<>(List.of("/usr/bin/env", "HOME=" + otherHome));
        for (String service : List.of("auth", "groups", "transfer")) {
            before.add("GLOBUS_SDK_SERVICE_URL_" + service.toUpperCase(Locale.ROOT) + "="
                    + sandbox.base().resolve("/globus/" + service + "/"));
        }
        before.add("CLIENT_ID=aaaaaaaa-0000-4000-8000-000000000001");
        before.add("CLIENT_SECRET=sandbox-globus-secret");
        before.addAll(List.of("/bin/sh", "-c", "exec \"$@\" 2>\"$HOME/said\"", "sh"));
        return ForkedJvm.start(before, example, arguments);
    }

    /** Runs an example that asks nobody. @return what it printed */
    List<String> run(Class<?> example, String... arguments) {
        try (ForkedJvm program = start(example, arguments)) {
            return ending(program, 0);
        }
    }

    /** Runs an example that wants a login, as demo. @return what it printed after its question */
    List<String> runAndLogIn(Class<?> example, String... arguments) {
        try (ForkedJvm program = start(example, arguments)) {
            logIn(program);
            List<String> rest = ending(program, 0);
            // The answer ends the line for a person, and not in a pipe.
            assertThat(rest.get(0)).startsWith("Please enter the code here: ");
            rest.set(0, rest.get(0).substring("Please enter the code here: ".length()));
            return rest;
        }
    }

    /** Reads the address that a program shows, signs in there, and pastes the code that the last page shows. */
    void logIn(ForkedJvm program) {
        assertThat(program.hear()).isEqualTo("Please go to this URL and login:");
        assertThat(program.hear()).isEmpty();
        String address = String.valueOf(program.hear());
        assertThat(program.hear()).isEmpty();
        program.say("  " + code(URI.create(address)) + " ");
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

    private String code(URI authorize) {
        assertThat(authorize.getQuery()).contains("access_type=offline", "code_challenge_method=S256");
        String ticket = first(TICKET, ask(HttpRequest.newBuilder(authorize)).body());
        String form = "ticket=" + ticket + "&username=demo&password=demo-password&decision=allow";
        String path = authorize.toString().substring(0, authorize.toString().indexOf('?'));
        HttpResponse<String> decided = ask(HttpRequest.newBuilder(URI.create(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
        String page = decided.headers().firstValue("Location").orElseThrow();
        return URLDecoder.decode(
                first(CODE, ask(HttpRequest.newBuilder(URI.create(page))).body()), StandardCharsets.UTF_8);
    }

    /** Every access token ends now, and no file knows. */
    void expire() {
        control("expire", "{\"dialect\":\"globus\"}");
    }

    /** Every login ends now, and no file knows. */
    void reset() {
        control("reset", "");
    }

    /** How many requests of a kind there were. */
    int requests(String kind) {
        String stats = ask(HttpRequest.newBuilder(sandbox.base().resolve("/_sandbox/stats")))
                .body();
        Matcher count =
                Pattern.compile("\"" + Pattern.quote(kind) + "\": ?(\\d+)").matcher(stats);
        return count.find() ? Integer.parseInt(count.group(1)) : 0;
    }

    private void control(String name, String body) {
        HttpResponse<String> done = ask(HttpRequest.newBuilder(sandbox.base().resolve("/_sandbox/" + name))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
    }

    private HttpResponse<String> ask(HttpRequest.Builder request) {
        try {
            return browser.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String first(Pattern pattern, String page) {
        Matcher found = pattern.matcher(page);
        assertThat(found.find()).as(page).isTrue();
        return found.group(1);
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
