package io.github.evergrant.sandbox.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.github.evergrant.sandbox.token.Change;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request that has arrived whole. Used by one thread. */
public final class Request {

    private final String method;
    private final String path;
    private final Headers headers;
    private final String body;
    private final Form query;
    private final Set<Change> changes;
    private @Nullable Form form;

    Request(HttpExchange exchange, byte[] body) {
        this(
                exchange.getRequestMethod(),
                Wire.path(exchange),
                exchange.getRequestHeaders(),
                new String(body, StandardCharsets.UTF_8),
                Form.parse(exchange.getRequestURI().getRawQuery()),
                Set.of());
    }

    private Request(String method, String path, Headers headers, String body, Form query, Set<Change> changes) {
        this.method = method;
        this.path = path;
        this.headers = headers;
        this.body = body;
        this.query = query;
        this.changes = changes;
    }

    /** The method in capital letters. */
    public String method() {
        return method;
    }

    /** The path as sent, still encoded. */
    public String path() {
        return path;
    }

    /** The path's segments behind the dialect's own, decoded, empty ones too; none for what cannot be decoded. */
    public List<String> segments() {
        try {
            return Arrays.stream(path.split("/", -1))
                    .skip(2)
                    .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
                    .toList();
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    /** The parameters after the question mark. */
    public Form query() {
        return query;
    }

    /** The body as text. */
    public String body() {
        return body;
    }

    /** The parameters in the body; none when the body says it is something else. */
    public Form form() {
        Form parsed = form;
        if (parsed == null) {
            String type = header("Content-Type");
            boolean isForm =
                    type != null && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
            parsed = Form.parse(isForm ? body : null);
            form = parsed;
        }
        return parsed;
    }

    /** The header's value; absent when it is missing or sent more than once. */
    public @Nullable String header(String name) {
        List<String> values = headers.get(name);
        return values == null || values.size() != 1 ? null : values.get(0);
    }

    /** The token after {@code Bearer}; absent when there is none. */
    public @Nullable String bearer() {
        String value = header("Authorization");
        return value != null && value.regionMatches(true, 0, "Bearer ", 0, 7)
                ? value.substring(7).strip()
                : null;
    }

    /** How a fault rule wants the answer changed; most often not at all. */
    public Set<Change> changes() {
        return changes;
    }

    Request with(Change change) {
        return new Request(method, path, headers, body, query, Set.of(change));
    }
}
