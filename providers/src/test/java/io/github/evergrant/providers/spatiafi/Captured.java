package io.github.evergrant.providers.spatiafi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.http.HttpCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request as the tutorial or the package sent it. */
record Captured(String method, String address, Map<String, String> headers, String body) {

    /** What HTTP libraries add by themselves, or is another's name. */
    private static final String[] COMPARED = {"Authorization", "Content-Type"};

    static Captured request(String name) {
        String[] parts = parts(text(name + ".request.http"));
        String[] lines = parts[0].split("\n", -1);
        String[] first = lines[0].split(" ", -1);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            String[] header = lines[i].split(": ", 2);
            headers.put(header[0], header[1]);
        }
        return new Captured(first[0], "https://" + headers.get("Host") + first[1], headers, parts[1]);
    }

    /** The body of the reply that it got. */
    static String reply(String name) {
        return parts(text(name + ".mock-response.http"))[1];
    }

    static String text(String name) {
        try (InputStream in = Captured.class.getResourceAsStream("/golden/spatiafi/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether we send the same, byte for byte where a server looks; an assertion is another one each time. */
    void isSentBy(HttpCall ours) {
        assertThat(ours.method()).isEqualTo(method);
        assertThat(ours.uri()).hasToString(address);
        assertThat(withoutAssertion(new String(ours.body(), StandardCharsets.UTF_8)))
                .isEqualTo(withoutAssertion(body));
        for (String name : COMPARED) {
            assertThat(header(ours, name)).as(name).isEqualTo(headers.get(name));
        }
    }

    static @Nullable String header(HttpCall call, String name) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(call.headers());
        return all.get(name);
    }

    /** The assertion in a body. */
    static String assertion(String body) {
        return body.substring(body.indexOf("client_assertion=") + "client_assertion=".length());
    }

    private static String withoutAssertion(String body) {
        return body.contains("client_assertion=") ? body.replace(assertion(body), "") : body;
    }

    private static String[] parts(String text) {
        String lines = text.replace("\r\n", "\n");
        int end = lines.indexOf("\n\n");
        return end < 0
                ? new String[] {lines.strip(), ""}
                : new String[] {lines.substring(0, end), lines.substring(end + 2)};
    }
}
