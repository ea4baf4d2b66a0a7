package io.github.evergrant.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An API over a real socket, on which a test decides what is answered. It remembers what it was asked. */
final class Echo implements AutoCloseable {

    /** What came in. */
    record Asked(String method, String path, String authorization, String contentType, String cookie, String body) {}

    /** What goes out. */
    interface Work {
        void answer(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Work work = exchange -> send(exchange, 200, "ok\n".getBytes(StandardCharsets.UTF_8));

    Echo() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::serve);
        server.start();
    }

    String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    Echo answers(Work next) {
        work = next;
        return this;
    }

    /** Redirects once, from everywhere but {@code /end}. */
    Echo redirects(int status, String target) {
        return answers(exchange -> {
            if (exchange.getRequestURI().getPath().equals("/end")) {
                send(exchange, 200, "end\n".getBytes(StandardCharsets.UTF_8));
            } else {
                exchange.getResponseHeaders().set("Location", target);
                send(exchange, status, new byte[0]);
            }
        });
    }

    List<Asked> asked() {
        return asked;
    }

    Asked last() {
        return asked.get(asked.size() - 1);
    }

    static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    header(exchange, "Authorization"),
                    header(exchange, "Content-Type"),
                    header(exchange, "Cookie"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            work.answer(exchange);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }
}
