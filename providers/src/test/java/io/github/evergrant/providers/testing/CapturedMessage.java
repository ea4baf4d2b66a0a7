package io.github.evergrant.providers.testing;

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

/**
 * A request that another program sent, or the reply that it got.
 *
 * @param first its first line
 * @param headers by names in any case
 */
public record CapturedMessage(String first, Map<String, String> headers, String body) {

    /** @param path of the file below the golden folder */
    public static CapturedMessage at(String path) {
        String lines = text(path).replace("\r\n", "\n");
        int end = lines.indexOf("\n\n");
        String[] head = (end < 0 ? lines.strip() : lines.substring(0, end)).split("\n", -1);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < head.length; i++) {
            String[] header = head[i].split(":", 2);
            headers.put(header[0], header[1].strip());
        }
        return new CapturedMessage(head[0], headers, end < 0 ? "" : lines.substring(end + 2));
    }

    /** @param path of the file below the golden folder */
    public static String text(String path) {
        try (InputStream in = CapturedMessage.class.getResourceAsStream("/golden/" + path)) {
            return new String(Objects.requireNonNull(in, path).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String method() {
        return first.split(" ", -1)[0];
    }

    /** What follows the host in the address of a request. */
    public String target() {
        return first.split(" ", -1)[1];
    }

    /** The address of a request by the host that it names. */
    public String address() {
        return "https://" + headers.get("Host") + target();
    }

    /** Of a reply. */
    public int status() {
        return Integer.parseInt(first.split(" ", -1)[1]);
    }

    /** Whether we send as much in the headers of these names, or have none either. */
    public void hasHeadersOf(HttpCall ours, String... names) {
        for (String name : names) {
            assertThat(header(ours, name)).as(name).isEqualTo(headers.get(name));
        }
    }

    /** A header of what we send, by its name in any case. */
    public static @Nullable String header(HttpCall ours, String name) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(ours.headers());
        return all.get(name);
    }

    /** The body of what we send. */
    public static String body(HttpCall ours) {
        return new String(ours.body(), StandardCharsets.UTF_8);
    }
}
