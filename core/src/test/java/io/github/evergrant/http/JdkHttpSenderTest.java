package io.github.evergrant.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.evergrant.error.InvalidInput;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JdkHttpSenderTest {

    private static final Duration PATIENT = Duration.ofSeconds(5);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final JdkHttpSender sender = new JdkHttpSender(HttpSettings.defaults(), InstantSource.fixed(NOW));

    @AfterEach
    void close() {
        sender.close();
    }

    @Test
    void a_reply_has_status_headers_body_and_the_time_the_request_left() throws HttpFailure {
        try (RawServer server =
                RawServer.answering("HTTP/1.1 429 Slow\r\nretry-after: 3\r\nContent-Length: 5\r\n\r\nhello")) {
            HttpReply reply = sender.send(HttpCall.get(server.uri("/x?y=1")), PATIENT, 5);

            assertThat(reply.status()).isEqualTo(429);
            assertThat(reply.header("Retry-After")).contains("3");
            assertThat(reply.text()).isEqualTo("hello");
            assertThat(reply.sentAt()).isEqualTo(NOW);
            assertThat(server.requests().get(0))
                    .startsWith("GET /x?y=1 HTTP/1.1\r\n")
                    .contains("Accept: application/json\r\n", "User-Agent: evergrant/")
                    .doesNotContain("Upgrade", "h2c");
        }
    }

    @Test
    void tasks_that_block_the_common_pool_do_not_delay_a_reply() throws HttpFailure {
        CountDownLatch end = new CountDownLatch(1);
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")) {
            for (int task = 0; task < 4 * Runtime.getRuntime().availableProcessors(); task++) {
                ForkJoinPool.commonPool().execute(() -> awaitQuietly(end));
            }
            HttpReply reply = sender.send(HttpCall.get(server.uri("/")), PATIENT, 5);

            assertThat(reply.text()).isEqualTo("hello");
        } finally {
            end.countDown();
        }
    }

    @Test
    void redirects_are_not_followed() throws HttpFailure {
        try (RawServer server =
                RawServer.answering("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n")) {
            HttpReply reply = sender.send(HttpCall.postForm(server.uri("/token"), "a=b"), PATIENT, 5);

            assertThat(reply.status()).isEqualTo(302);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void cookies_are_not_sent_back() throws HttpFailure {
        try (RawServer server = RawServer.answering(
                "HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")) {
            sender.send(HttpCall.get(server.uri("/")), PATIENT, 5);
            sender.send(HttpCall.get(server.uri("/")), PATIENT, 5);

            assertThat(server.requests()).hasSize(2).noneMatch(head -> head.contains("Cookie"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 6\r\n\r\nsix!!!", "Connection: close\r\n\r\nsix!!!"})
    void a_body_larger_than_allowed_is_not_read_to_its_end(String rest) {
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\n" + rest)) {
            HttpFailure failure = catchThrowableOfType(
                    HttpFailure.class, () -> sender.send(HttpCall.get(server.uri("/")), PATIENT, 5));

            assertThat(failure).hasMessageContaining("larger than 5 bytes");
            assertThat(failure.maybeSent()).isTrue();
        }
    }

    @Test
    void the_deadline_covers_a_body_that_drips_for_ever() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try (RawServer server = new RawServer((connection, head) -> {
            connection
                    .getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx".getBytes(StandardCharsets.ISO_8859_1));
            connection.getOutputStream().flush();
            awaitQuietly(done);
        })) {
            HttpFailure failure = catchThrowableOfType(
                    HttpFailure.class,
                    () -> sender.send(HttpCall.postForm(server.uri("/"), "a=b"), Duration.ofMillis(300), 99));

            assertThat(failure).hasMessageContaining("300 ms");
            assertThat(failure.maybeSent()).isTrue();
            done.countDown();
        }
    }

    @Test
    void half_a_reply_is_a_failure_that_may_have_arrived() {
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"acc")) {
            HttpFailure failure = catchThrowableOfType(
                    HttpFailure.class, () -> sender.send(HttpCall.postForm(server.uri("/"), "a=b"), PATIENT, 999));

            assertThat(failure.maybeSent()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "canary\r\n\r\n",
                "HTTP/1.1 canary OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\ncanary\r\n"
            })
    void what_a_server_says_instead_of_http_is_not_quoted(String bytes) {
        try (RawServer server = RawServer.answering(bytes)) {
            HttpFailure failure = catchThrowableOfType(
                    HttpFailure.class, () -> sender.send(HttpCall.postForm(server.uri("/"), "a=b"), PATIENT, 999));

            assertThat(failure.maybeSent()).isTrue();
            assertThat(failure).hasMessageNotContaining("canary").hasNoCause();
        }
    }

    @Test
    void a_refused_connection_has_not_been_sent() throws Exception {
        URI nobody;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + gone.getLocalPort() + "/token?secret=canary");
        }
        for (HttpCall call : new HttpCall[] {HttpCall.get(nobody), HttpCall.postForm(nobody, "a=b")}) {
            HttpFailure failure = catchThrowableOfType(HttpFailure.class, () -> sender.send(call, PATIENT, 99));

            assertThat(failure.maybeSent()).isFalse();
            assertThat(failure).hasMessageContaining("connection refused").hasMessageNotContaining("canary");
        }
    }

    @Test
    void an_unknown_host_has_not_been_sent() {
        HttpFailure failure = catchThrowableOfType(
                HttpFailure.class,
                () -> sender.send(HttpCall.postForm(URI.create("https://no-such-host.invalid/"), "a=b"), PATIENT, 9));

        assertThat(failure.maybeSent()).isFalse();
        assertThat(failure).hasMessageContaining("no such host");
    }

    @Test
    void interruption_ends_the_wait_and_keeps_the_flag() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        try (RawServer server = new RawServer((connection, head) -> {
            arrived.countDown();
            awaitQuietly(done);
        })) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            AtomicBoolean flag = new AtomicBoolean();
            Thread waiting = new Thread(() -> {
                try {
                    sender.send(HttpCall.postForm(server.uri("/"), "a=b"), PATIENT, 99);
                } catch (HttpFailure e) {
                    thrown.set(e);
                    flag.set(Thread.currentThread().isInterrupted());
                }
            });
            waiting.start();
            arrived.await();
            waiting.interrupt();
            waiting.join();
            done.countDown();

            assertThat(thrown.get()).isInstanceOf(HttpFailure.class).hasMessageContaining("interrupted");
            assertThat(((HttpFailure) thrown.get()).maybeSent()).isTrue();
            assertThat(flag).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"canary\n", "canary\u0000", "canary\u00e4", "canary\r\nX: y"})
    void a_header_value_that_cannot_be_sent_is_never_quoted(String value) {
        HttpCall call = HttpCall.get(URI.create("https://example.org/")).withHeader("Authorization", "Bearer " + value);

        assertThatThrownBy(() -> sender.send(call, PATIENT, 9))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("illegal_header"))
                .hasNoCause()
                .hasMessageNotContaining("canary")
                .hasMessageContaining("Authorization");
    }

    @Test
    void a_header_that_belongs_to_the_client_is_refused() {
        HttpCall call = HttpCall.get(URI.create("https://example.org/")).withHeader("Host", "evil.example");

        assertThatThrownBy(() -> sender.send(call, PATIENT, 9))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("illegal_header"))
                .hasMessageNotContaining("evil");
    }

    @Test
    void a_deadline_that_has_passed_sends_nothing() {
        try (RawServer server = RawServer.answering("")) {
            HttpFailure failure = catchThrowableOfType(
                    HttpFailure.class, () -> sender.send(HttpCall.get(server.uri("/")), Duration.ZERO, 9));

            assertThat(failure.maybeSent()).isFalse();
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void a_closed_sender_sends_nothing() {
        sender.close();
        sender.close();

        HttpFailure failure = catchThrowableOfType(
                HttpFailure.class, () -> sender.send(HttpCall.get(URI.create("https://example.org/")), PATIENT, 9));
        assertThat(failure.maybeSent()).isFalse();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
