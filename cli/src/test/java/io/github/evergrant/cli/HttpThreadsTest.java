package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a JVM that ends would wait for. */
final class HttpThreadsTest {

    /** A group of its own: clients of other tests go on. */
    private final ThreadGroup program = new ThreadGroup("program");

    private List<Thread> selectors() {
        Thread[] all = new Thread[program.activeCount() + 8];
        return Stream.of(all)
                .limit(program.enumerate(all))
                .filter(thread -> thread.getName().endsWith("-SelectorManager"))
                .toList();
    }

    @Test
    void a_client_that_waits_for_an_answer_waits_no_more() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI nobody = URI.create("http://127.0.0.1:" + silent.getLocalPort());
            FutureTask<CompletableFuture<HttpResponse<Void>>> ending = new FutureTask<>(() -> {
                CompletableFuture<HttpResponse<Void>> answer = HttpClient.newHttpClient()
                        .sendAsync(HttpRequest.newBuilder(nobody).build(), HttpResponse.BodyHandlers.discarding());
                assertThat(selectors()).isNotEmpty();
                HttpThreads.end();
                return answer;
            });
            new Thread(program, ending).start();

            assertThat(ending.get(30, TimeUnit.SECONDS)).isNotNull();
            Awaitility.await().until(() -> selectors().isEmpty());
        }
    }
}
