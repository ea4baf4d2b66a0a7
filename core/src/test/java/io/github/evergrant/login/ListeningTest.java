package io.github.evergrant.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.login.loopback.LoopbackAddress;
import io.github.evergrant.token.Scopes;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which place of this machine a login listens on, and for how long. */
final class ListeningTest {

    private static final String TOKENS = "{\"access_token\":\"A\",\"refresh_token\":\"R\"}";
    private static final Duration LONG = Duration.ofSeconds(30);

    private final LoginFixture fixture = new LoginFixture();
    private final BrowserLogin login =
            BrowserLogin.start(LoginFixture.withoutOpenid(LoginFixture.NATIVE), fixture.wire);

    @AfterEach
    void close() {
        login.close();
    }

    @Test
    void nobody_comes_and_the_port_is_free_again() throws IOException {
        assertThatThrownBy(() -> login.finish(Duration.ofMillis(50), done -> "saved"))
                .isInstanceOfSatisfying(
                        LoginFailed.class, e -> assertThat(e.code()).isEqualTo("login_timed_out"));
        login.close();
        assertFree(login.redirect().getPort());
        assertThat(fixture.sender.calls()).isEmpty();
    }

    @Test
    void only_loopback_is_listened_on() throws Exception {
        InetAddress elsewhere = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .findFirst()
                .orElseThrow();
        try (Socket socket = new Socket()) {
            assertThatThrownBy(() -> socket.connect(
                            new InetSocketAddress(elsewhere, login.redirect().getPort()), 2000))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_port_that_another_program_has_is_an_error_before_anything_is_opened() {
        int taken = login.redirect().getPort();
        assertThatThrownBy(() -> BrowserLogin.start(
                        LoginFixture.withoutOpenid(LoginFixture.NATIVE),
                        LoopbackAddress.of("127.0.0.1:" + taken, null),
                        fixture.wire))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("port_taken"))
                .hasMessageContaining(String.valueOf(taken));
    }

    @Test
    void a_provider_without_a_page_to_sign_in_on_leaves_no_port_behind() throws IOException {
        int port = LoginFixture.freePort();
        LoginRequest bare = new LoginRequest(LoginFixture.BARE, LoginFixture.NATIVE, Scopes.NONE, true, Map.of());
        assertThatThrownBy(() -> BrowserLogin.start(bare, LoopbackAddress.of("127.0.0.1:" + port, null), fixture.wire))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("no_browser_login"));
        assertFree(port);
    }

    @Test
    void a_registered_redirect_is_told_and_taken_exactly() throws IOException {
        int port = LoginFixture.freePort();
        URI registered = URI.create("http://localhost:" + port + "/signed/in?from=paper");
        fixture.sender.reply(200, TOKENS);
        try (BrowserLogin other = BrowserLogin.start(
                LoginFixture.withoutOpenid(LoginFixture.NATIVE), LoopbackAddress.of(null, registered), fixture.wire)) {
            assertThat(asked(other)).containsEntry("redirect_uri", registered.toString());
            Visitor visitor = new Visitor(port);
            String query = "?from=paper&code=c&state=" + asked(other).get("state");
            assertThat(visitor.get("127.0.0.1:" + port, "/signed/in" + query).status())
                    .isEqualTo(421);
            Visitor.Reply callback = visitor.get("localhost:" + port, "/signed/in" + query);
            other.finish(LONG);
            assertThat(visitor.get("localhost:" + port, callback.header("Location"))
                            .body())
                    .contains("Signed in to Paper.");
        }
        assertThat(fixture.form(0)).containsEntry("redirect_uri", registered.toString());
    }

    @Test
    void both_addresses_of_localhost_are_ours() throws IOException {
        int port = LoginFixture.freePort();
        InetAddress v6 = Inet6Address.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
        try (BrowserLogin other = BrowserLogin.start(
                LoginFixture.withoutOpenid(LoginFixture.NATIVE),
                LoopbackAddress.of("localhost:" + port, null),
                fixture.wire)) {
            assertThat(other.redirect()).hasToString("http://localhost:" + port + "/callback");
            if (NetworkInterface.getByInetAddress(v6) != null) {
                try (Socket socket = new Socket(v6, port)) {
                    socket.getOutputStream()
                            .write(("GET / HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                    assertThat(Visitor.read(socket).status()).isEqualTo(404);
                }
            }
        }
    }

    private static Map<String, String> asked(BrowserLogin login) {
        return LoginFixture.form(login.authorizationUrl().getRawQuery());
    }

    private static void assertFree(int port) throws IOException {
        try (ServerSocket free = new ServerSocket()) {
            free.setReuseAddress(true);
            free.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        }
    }
}
