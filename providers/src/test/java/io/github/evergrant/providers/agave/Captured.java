package io.github.evergrant.providers.agave;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.http.HttpCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A request as the real agavepy sent it. */
record Captured(String method, String target, Map<String, String> headers, String body) {

    static Captured request(String name) {
        String[] parts = parts(text(name + ".request.txt"));
        String[] lines = parts[0].split("\n", -1);
        String[] first = lines[0].split(" ", -1);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            String[] header = lines[i].split(": ", 2);
            headers.put(header[0], header[1]);
        }
        return new Captured(first[0], first[1], headers, parts[1]);
    }

    /** The body of the reply that it got. */
    static String reply(String name) {
        return parts(text(name + ".response.txt"))[1];
    }

    static String text(String name) {
        try (InputStream in = Captured.class.getResourceAsStream("/golden/agave/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether we send the same, byte for byte where a server looks. */
    void isSentBy(HttpCall ours) {
        assertThat(ours.method()).isEqualTo(method);
        assertThat(ours.uri()).hasToString(Recorder.BASE + target);
        assertThat(new String(ours.body(), StandardCharsets.UTF_8)).isEqualTo(body);
        isProvenBy(ours);
    }

    /** The same fields in whatever order, whether or not the reply is to be pretty. */
    void isMeantBy(HttpCall ours) {
        assertThat(ours.uri()).hasToString(Recorder.BASE + target.replace("?pretty=true", ""));
        assertThat(form(new String(ours.body(), StandardCharsets.UTF_8))).isEqualTo(form(body));
        isProvenBy(ours);
    }

    private void isProvenBy(HttpCall ours) {
        Map<String, String> theirs = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        theirs.putAll(ours.headers());
        for (String name : new String[] {"Authorization", "Content-Type"}) {
            assertThat(theirs.get(name)).as(name).isEqualTo(headers.get(name));
        }
    }

    static Map<String, String> form(String text) {
        Map<String, String> form = new TreeMap<>();
        for (String pair : text.split("&", -1)) {
            String[] sides = pair.split("=", 2);
            form.put(sides[0], URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    private static String[] parts(String text) {
        String lines = text.replace("\r\n", "\n");
        int end = lines.indexOf("\n\n");
        return end < 0
                ? new String[] {lines.strip(), ""}
                : new String[] {lines.substring(0, end), lines.substring(end + 2)};
    }
}
