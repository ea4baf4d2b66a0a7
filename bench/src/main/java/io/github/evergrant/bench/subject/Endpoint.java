package io.github.evergrant.bench.subject;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A token endpoint on loopback that takes its time, rotates refresh tokens and takes each of them once (RFC 9700 section
 * 2.2.2); counts what it is asked.
 */
public final class Endpoint implements AutoCloseable {

    private static final Pattern REFRESH = Pattern.compile("(?:^|&)refresh_token=([^&]*)");
    private static final Pattern NUMBER = Pattern.compile("refresh-([0-9]+)");

    private final HttpServer server;
    private final ExecutorService crew = Executors.newCachedThreadPool();
    private final Duration pause;
    private final boolean down;
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();
    private final Set<String> alive = ConcurrentHashMap.newKeySet();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Endpoint(Duration pause, boolean down) throws IOException {
        this.pause = pause;
        this.down = down;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.createContext("/token", this::answer);
        server.setExecutor(crew);
        server.start();
    }

    /** One that answers after a pause; when it is down, with 503 (RFC 9110 section 15.6.4). */
    public static Endpoint start(Duration pause, boolean down) throws IOException {
        return new Endpoint(pause, down);
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/token");
    }

    /** How often it was asked. */
    public long calls() {
        return calls.get();
    }

    /** A pair whose access token ended an hour ago, and whose refresh token lives. */
    public Tokens grantSpent() {
        Instant now = Tokens.now();
        return granted(now.minus(Subject.HOUR.multipliedBy(2)), now.minus(Subject.HOUR));
    }

    private Tokens granted(Instant issuedAt, Instant expiresAt) {
        Tokens tokens = Tokens.numbered(numbers.incrementAndGet(), issuedAt, expiresAt);
        alive.add(tokens.refresh());
        return tokens;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            calls.incrementAndGet();
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            Matcher refresh = REFRESH.matcher(form);
            if (down) {
                reply(exchange, 503, "{\"error\":\"temporarily_unavailable\"}");
            } else if (refresh.find() && alive.remove(URLDecoder.decode(refresh.group(1), StandardCharsets.UTF_8))) {
                Instant now = Tokens.now();
                Tokens next = granted(now, now.plus(Subject.HOUR));
                reply(exchange, 200, """
                        {"access_token":"%s","refresh_token":"%s","token_type":"Bearer","expires_in":3600,\
                        "scope":"openid"}""".formatted(next.access(), next.refresh()));
            } else {
                reply(exchange, 400, "{\"error\":\"invalid_grant\"}");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void reply(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /** The reply to a form that somebody else made, status and body. */
    HttpResponse<String> post(String form) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /**
     * One refresh (RFC 6749 section 6), for peers that leave the request to their users.
     *
     * @throws IOException when it was refused
     */
    public Tokens refresh(String refreshToken) throws IOException {
        try {
            HttpResponse<String> reply = post("grant_type=refresh_token&refresh_token=" + refreshToken);
            Matcher number = NUMBER.matcher(reply.body());
            if (reply.statusCode() != 200 || !number.find()) {
                throw new IOException("the endpoint answered " + reply.statusCode());
            }
            Instant now = Tokens.now();
            return Tokens.numbered(Long.parseLong(number.group(1)), now, now.plus(Subject.HOUR));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        crew.shutdownNow();
    }
}
