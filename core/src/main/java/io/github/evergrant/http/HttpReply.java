package io.github.evergrant.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A whole reply.
 *
 * <p>Its text form shows status and size, never headers or body.
 *
 * @param status the HTTP status code
 * @param headers by name in any case
 * @param body at most as many bytes as the limits allowed
 * @param sentAt when the request left, by our clock
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares replies, and a body may be large
public record HttpReply(int status, Map<String, List<String>> headers, byte[] body, Instant sentAt) {

    public HttpReply {
        TreeMap<String, List<String>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        headers = Collections.unmodifiableMap(byName);
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(sentAt, "sentAt");
    }

    /** The first value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        List<String> values = headers.get(name);
        return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public boolean ok() {
        return status >= 200 && status < 300;
    }

    /** Whether the server says that it may do another time what it did not do now: 408, 429 or 5xx. */
    public boolean isTemporary() {
        return status == 408 || status == 429 || status >= 500;
    }

    @Override
    public String toString() {
        return "HttpReply[" + status + ", " + body.length + " bytes]";
    }
}
