package io.github.evergrant.login.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.testing.ForkedJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The limits are the process's: they are tested in one of their own. */
@Execution(ExecutionMode.CONCURRENT)
final class ServerLimitsTest {

    private static final int SOON_MILLIS = 12_000;

    private final ForkedJvm jvm = ForkedJvm.start(Listening.class);
    private final URI redirect = URI.create(String.valueOf(jvm.hear()));
    private final List<Socket> open = new ArrayList<>();

    /** A listener with the limits, until its input ends. */
    static final class Listening {

        private Listening() {}

        public static void main(String[] words) throws IOException {
            ServerLimits.setForThisProcess();
            try (Listener listener = new Listener(LoopbackAddress.free())) {
                listener.start("code=c"::equals);
                System.out.println(listener.redirect());
                System.in.read();
            }
        }
    }

    @AfterEach
    void end() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        jvm.close();
    }

    @Test
    void a_head_of_more_than_16_kB_is_not_read() throws IOException {
        assertThat(answer("GET /" + "a".repeat(15_000))).startsWith("HTTP/1.1 404");
        assertThat(answer("GET /" + "a".repeat(17_000))).doesNotContain("404");
        assertThat(answer("GET / HTTP/1.1\r\nCookie: " + "a".repeat(15_000) + "\r\nX: y"))
                .startsWith("HTTP/1.1 404");
        assertThat(answer("GET / HTTP/1.1\r\nCookie: " + "a".repeat(17_000) + "\r\nX: y"))
                .doesNotContain("404");
        assertCallback();
    }

    @Test
    void who_says_nothing_or_never_ends_is_cut_off_after_five_seconds() throws IOException {
        Socket silent = connect("");
        Socket slow = connect("GET " + redirect.getRawPath());
        Socket endless = connect("GET / HTTP/1.1\r\nHost: " + redirect.getRawAuthority() + "\r\nA: b\r\n");
        Socket heavy = connect(
                "POST / HTTP/1.1\r\nHost: " + redirect.getRawAuthority() + "\r\nContent-Length: 1000000\r\n\r\nabc");
        assertCallback();

        for (Socket each : List.of(silent, slow, endless, heavy)) {
            assertThat(read(each))
                    .satisfiesAnyOf(
                            text -> assertThat(text).isEmpty(),
                            text -> assertThat(text).startsWith("HTTP/1.1 4"));
        }
    }

    @Test
    void a_ninth_connection_is_not_served_and_the_next_is_when_one_has_gone() throws IOException {
        for (int i = 0; i < 8; i++) {
            connect("GET /");
        }
        Awaitility.await().until(() -> answer("GET /").isEmpty());
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> answer("GET /").startsWith("HTTP/1.1 404"));
        assertCallback();
    }

    @Test
    void what_somebody_has_set_stays() {
        Properties properties = new Properties();
        properties.setProperty("jdk.httpserver.maxConnections", "100");

        ServerLimits.setIn(properties);

        assertThat(properties)
                .containsEntry("jdk.httpserver.maxConnections", "100")
                .containsEntry("sun.net.httpserver.maxReqTime", "5");
    }

    private void assertCallback() throws IOException {
        assertThat(answer("GET " + redirect.getRawPath() + "?code=c")).startsWith("HTTP/1.1 303");
    }

    /** @param begin of a request; what is missing of its head is added */
    private String answer(String begin) throws IOException {
        String line = begin.contains("\r\n") ? begin : begin + " HTTP/1.1";
        try (Socket socket = connect("")) {
            socket.getOutputStream()
                    .write((line + "\r\nHost: " + redirect.getRawAuthority() + "\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            return read(socket);
        } catch (IOException e) {
            return "";
        }
    }

    private Socket connect(String first) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), redirect.getPort());
        socket.setSoTimeout(SOON_MILLIS);
        open.add(socket);
        socket.getOutputStream().write(first.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    /** Until its end; a connection that is reset has ended too, one that stays open is an error. */
    private static String read(Socket socket) throws IOException {
        StringBuilder text = new StringBuilder();
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                text.append((char) next);
            }
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("still open after " + SOON_MILLIS + " ms: " + text, e);
        } catch (IOException e) {
            return text.toString();
        }
        return text.toString();
    }
}
