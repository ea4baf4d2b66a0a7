package io.github.evergrant.sandbox.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Bytes in and out of one exchange. */
final class Wire {

    static final int BODY_LIMIT = 1024 * 1024;

    private Wire() {}

    /** The path as sent; empty for a target that has none. */
    static String path(HttpExchange exchange) {
        return Objects.requireNonNullElse(exchange.getRequestURI().getRawPath(), "");
    }

    /** The whole body; empty when it is longer than 1 MiB. */
    static Optional<byte[]> body(HttpExchange exchange) throws IOException {
        InputStream in = exchange.getRequestBody();
        byte[] bytes = in.readNBytes(BODY_LIMIT + 1);
        return bytes.length > BODY_LIMIT ? Optional.empty() : Optional.of(bytes);
    }

    static void send(HttpExchange exchange, Reply reply) throws IOException {
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        headers(exchange, reply.headers());
        boolean bodiless = bytes.length == 0
                || reply.status() == 204
                || reply.status() == 304
                || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : bytes.length);
        if (!bodiless) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        }
    }

    static void headers(HttpExchange exchange, Map<String, String> headers) {
        headers.forEach(exchange.getResponseHeaders()::set);
    }
}
