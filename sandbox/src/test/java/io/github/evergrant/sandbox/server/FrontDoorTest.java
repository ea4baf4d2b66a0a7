package io.github.evergrant.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.evergrant.sandbox.token.Randomness;
import io.github.evergrant.sandbox.token.TokenBook;
import io.github.evergrant.sandbox.token.TokenPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class FrontDoorTest {

    @Test
    void a_defect_in_a_dialect_is_a_500_in_json() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        InstantSource clock = InstantSource.system();
        server.createContext("/", new FrontDoor(List.of(new Broken()), List.of(), Duration.ZERO, clock));
        server.start();
        try {
            for (String path : List.of("/broken/sorting", "/broken/working")) {
                HttpResponse<String> reply = get(server, path);
                assertThat(reply.statusCode()).isEqualTo(500);
                assertThat(Json.parse(reply.body()).get("error").stringValue()).isEqualTo("server_error");
            }
            assertThat(get(server, "/_sandbox/stats").body())
                    .contains("\"requests\":{\"unknown\":1,\"work\":1},\"refused\":{\"unknown\":1,\"work\":1}");
        } finally {
            server.stop(0);
        }
    }

    private static HttpResponse<String> get(HttpServer server, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static final class Broken implements Dialect {
        private final TokenBook tokens = new TokenBook(
                new TokenPolicy(Duration.ofMinutes(1), true, Duration.ZERO),
                new Randomness(OptionalLong.empty()),
                InstantSource.system());

        @Override
        public String name() {
            return "broken";
        }

        @Override
        public Map<String, String> places() {
            return Map.of();
        }

        @Override
        public Call call(Request request) {
            if (request.path().endsWith("sorting")) {
                throw new IllegalStateException("on purpose");
            }
            return new Call("work", any -> {
                throw new IllegalStateException("on purpose");
            });
        }

        @Override
        public Reply grant(GrantOrder order) {
            throw Refusal.badRequest("not here");
        }

        @Override
        public TokenBook tokens() {
            return tokens;
        }

        @Override
        public void clear() {}
    }
}
