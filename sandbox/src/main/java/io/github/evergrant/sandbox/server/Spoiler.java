package io.github.evergrant.sandbox.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Sends what a fault rule wants instead of a good answer. */
final class Spoiler {

    private static final int HUGE = 66 * 1024 * 1024;
    private static final String STAND_IN =
            "{\"access_token\":\"never-issued\",\"token_type\":\"Bearer\",\"expires_in\":3600}";
    private static final String PORTAL =
            "<!doctype html><title>Guest network</title><p>Sign in to use this network.</p>";

    private final Pause pause;

    Spoiler(Pause pause) {
        this.pause = pause;
    }

    /** Sends it. {@code done} is the true answer when the work was done first; absent when it was not done at all. */
    void spoil(HttpExchange exchange, FaultRule rule, @Nullable Reply done) throws IOException {
        Reply answer = done == null ? Reply.json(rule.status(), STAND_IN) : done;
        Wire.headers(exchange, answer.headers());
        Wire.headers(exchange, rule.headers());
        switch (rule.action()) {
            case STATUS -> status(exchange, rule);
            case DROP -> exchange.close();
            case GARBAGE -> whole(exchange, answer.status(), garbage());
            case TRUNCATE -> truncated(exchange, answer);
            case HUGE -> huge(exchange, answer.status());
            case SLOW_DRIP -> dripped(exchange, answer, rule.time());
            case WRONG_CONTENT_TYPE -> wrongType(exchange, rule, done);
            default -> throw new AssertionError(rule.action());
        }
    }

    /** The status the client will see; absent when it will see none. */
    static @Nullable Integer status(FaultRule rule, @Nullable Reply done) {
        return switch (rule.action()) {
            case DROP -> null;
            case STATUS -> Integer.valueOf(rule.status());
            default -> Integer.valueOf(done == null ? rule.status() : done.status());
        };
    }

    /** Whether sending takes so long that the log should show the request as open meanwhile. */
    static boolean isLasting(FaultRule rule) {
        return rule.action() == FaultAction.SLOW_DRIP || rule.action() == FaultAction.HUGE;
    }

    private static void status(HttpExchange exchange, FaultRule rule) throws IOException {
        exchange.getResponseHeaders().clear();
        Wire.send(exchange, new Reply(rule.status(), rule.headers(), rule.body()));
    }

    private static void wrongType(HttpExchange exchange, FaultRule rule, @Nullable Reply done) throws IOException {
        if (!rule.headers().containsKey("Content-Type")) {
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        }
        int status = done == null ? rule.status() : done.status();
        whole(exchange, status, bytes(done == null ? PORTAL : done.body()));
    }

    private static void truncated(HttpExchange exchange, Reply answer) throws IOException {
        byte[] bytes = bytes(answer.body());
        int half = bytes.length / 2;
        exchange.sendResponseHeaders(answer.status(), bytes.length + 1L);
        OutputStream out = exchange.getResponseBody();
        out.write(bytes, 0, half);
        out.flush();
        // Closing with bytes missing makes the server close the connection, which is what is wanted here.
        exchange.close();
    }

    private static void huge(HttpExchange exchange, int status) throws IOException {
        // No length is announced: a client that only looks at Content-Length must fail too.
        exchange.sendResponseHeaders(status, 0);
        byte[] block = " ".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes("{\"access_token\":\"never-issued\",\"padding\":\""));
            for (int sent = 0; sent < HUGE; sent += block.length) {
                out.write(block);
            }
            out.write(bytes("\"}"));
        }
    }

    private void dripped(HttpExchange exchange, Reply answer, Duration time) throws IOException {
        byte[] bytes = bytes(answer.body());
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            for (byte one : bytes) {
                out.write(one);
                out.flush();
                pause.of(time.dividedBy(bytes.length));
            }
        }
    }

    private static void whole(HttpExchange exchange, int status, byte[] bytes) throws IOException {
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static byte[] garbage() {
        byte[] bytes = new byte[512];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 197 + 131);
        }
        return bytes;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
