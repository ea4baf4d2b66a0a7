package io.github.evergrant.providers.tastytrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.http.HttpCall;
import io.github.evergrant.oauth.HostileJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request as the real Python library sent it, or the reply that it got: the first line, the headers, the body. */
record Captured(String first, Map<String, String> headers, String body) {

    /** @param name a scenario and its number: {@code oauth-session-01} */
    static Captured request(String name) {
        return in(name + ".request.http");
    }

    static Captured reply(String name) {
        return in(name + ".mock-response.http");
    }

    private static Captured in(String file) {
        String scenario = file.replaceFirst("((?<=oauth-login-[a-z-]{1,20})-token)?-\\d\\d\\..*", "");
        return at("v10.3.0/" + scenario + "/" + file);
    }

    /** @param path of the file below the golden folder */
    static Captured at(String path) {
        String lines = text(path).replace("\r\n", "\n");
        int end = lines.indexOf("\n\n");
        String[] head = (end < 0 ? lines.strip() : lines.substring(0, end)).split("\n", -1);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < head.length; i++) {
            String[] header = head[i].split(":", 2);
            headers.put(header[0], header[1].strip());
        }
        return new Captured(head[0], headers, end < 0 ? "" : lines.substring(end + 2));
    }

    static String text(String name) {
        try (InputStream in = Captured.class.getResourceAsStream("/golden/tastytrade/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int status() {
        return Integer.parseInt(first.split(" ", -1)[1]);
    }

    /** Whether we send the same where a server looks: method, address, what it is proven by, and the fields in their order. */
    void isSentBy(HttpCall ours) {
        String[] words = first.split(" ", -1);
        assertThat(ours.method()).isEqualTo(words[0]);
        assertThat(ours.uri()).hasToString("https://" + headers.get("Host") + words[1]);
        Map<String, String> theirs = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        theirs.putAll(ours.headers());
        for (String name : List.of("Accept", "Content-Type", "Authorization", "X-Tastyworks-OTP")) {
            assertThat(theirs.get(name)).as(name).isEqualTo(headers.get(name));
        }
        String sent = new String(ours.body(), StandardCharsets.UTF_8);
        if (body.isBlank()) {
            assertThat(sent).isEmpty();
        } else {
            assertThat(json(sent)).isEqualTo(json(body));
            assertThat(json(sent).keySet()).containsExactlyElementsOf(json(body).keySet());
        }
    }

    static Map<String, @Nullable Object> json(String text) {
        try {
            return HostileJson.read(text).object();
        } catch (HostileJson.Malformed e) {
            throw new AssertionError(text, e);
        }
    }
}
