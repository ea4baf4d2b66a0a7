package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way to tastytrade through a proxy that wants to know who comes. */
final class TastytradeProxyTest {

    @TempDir
    private Path home;

    private final List<List<String>> heads = new CopyOnWriteArrayList<>();

    /** Asks who comes, then lets nobody through: what is sent beyond would be the vendor's. */
    private void serve(Socket connection) throws IOException {
        try (connection;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1))) {
            while (true) {
                List<String> head = new ArrayList<>();
                String line = in.readLine();
                while (line != null && !line.isEmpty()) {
                    head.add(line);
                    line = in.readLine();
                }
                if (line == null) {
                    return;
                }
                heads.add(head);
                boolean known = head.stream().anyMatch(each -> each.startsWith("Proxy-Authorization:"));
                String reply = known
                        ? "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"
                        : "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n";
                connection.getOutputStream().write(reply.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
    }

    private static List<String> golden() throws IOException {
        try (InputStream in =
                TastytradeProxyTest.class.getResourceAsStream("/golden/tastytrade/proxy-http-01.request.http")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.ISO_8859_1)
                    .lines()
                    .toList();
        }
    }

    @Test
    @DisplayName("tastytrade 96, 97: a proxy's user and password go to the proxy alone, as they were captured")
    void a_proxys_user_and_password_go_to_the_proxy_alone() throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(
                    () -> {
                        while (!proxy.isClosed()) {
                            try {
                                serve(proxy.accept());
                            } catch (IOException e) {
                                continue;
                            }
                        }
                    },
                    "a proxy");
            thread.setDaemon(true);
            thread.start();
            Shell shell = new Shell(home)
                    .with("TT_SECRET", "S")
                    .with("TT_REFRESH", "a.b.c")
                    .with("HTTPS_PROXY", "http://u:p%40ss@127.0.0.1:" + proxy.getLocalPort());

            // In a process of its own: Java's client must not have been used before.
            Ran ran = Program.start(shell, "login", "tastytrade").end().exits(7);

            assertThat(ran.err()).doesNotContain("p@ss", "a.b.c");
        }
        assertThat(heads).hasSizeBetween(2, 4);
        assertThat(heads.get(0).get(0)).isEqualTo("CONNECT api.tastyworks.com:443 HTTP/1.1");
        List<String> captured = golden();
        assertThat(heads.get(1)).contains(captured.get(0));
        assertThat(heads.get(1))
                .contains(captured.stream()
                        .filter(line -> line.startsWith("Proxy-Authorization:"))
                        .findFirst()
                        .orElseThrow());
    }
}
