package io.github.evergrant.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProxySettingsTest {

    @Test
    void no_variable_means_no_proxy() {
        assertThat(ProxySettings.fromEnvironment(Map.of())).isEmpty();
        assertThat(ProxySettings.fromEnvironment(Map.of("HTTPS_PROXY", " "))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "auth.globus.org, false",
        "api.tastyworks.com, false",
        "example.org, true",
        "api.example.org, true",
        "notexample.org, false",
        "host.internal, true",
        "127.0.0.1, true",
        "localhost, true"
    })
    @DisplayName("tastytrade 97: the proxy of the environment is used, but for its exceptions and this machine")
    void exceptions_and_this_machine_are_reached_directly(String host, boolean direct) {
        ProxySettings proxy = ProxySettings.fromEnvironment(Map.of(
                        "https_proxy", "http://proxy.example:3128", "NO_PROXY", ".example.org, host.internal:443"))
                .orElseThrow();

        assertThat(proxy.host()).isEqualTo("proxy.example");
        assertThat(proxy.port()).isEqualTo(3128);
        assertThat(proxy.selector()
                                .select(URI.create("https://" + host + "/"))
                                .get(0)
                                .type()
                        == Proxy.Type.DIRECT)
                .isEqualTo(direct);
    }

    @Test
    void whoever_goes_through_is_named_in_the_address() {
        ProxySettings proxy = ProxySettings.fromEnvironment(Map.of("HTTPS_PROXY", "http://u:p%40s:s@proxy:1"))
                .orElseThrow();
        assertThat(proxy.login()).isEqualTo(new ProxySettings.ProxyLogin("u", "p@s:s"));
        assertThat(proxy.toString()).doesNotContain("p@s");
        assertThat(ProxySettings.fromEnvironment(Map.of("HTTPS_PROXY", "http://u@proxy"))
                        .orElseThrow()
                        .login())
                .isEqualTo(new ProxySettings.ProxyLogin("u", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5://user:canary@proxy:1", "socks5://proxy:1", "http://[canary", "https://canary:1"})
    void a_proxy_that_cannot_be_used_is_refused_without_quoting_it(String value) {
        assertThatThrownBy(() -> ProxySettings.fromEnvironment(Map.of("HTTPS_PROXY", value)))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("proxy_unusable"))
                .hasMessageNotContaining("canary");
    }

    @Test
    void a_request_to_another_machine_goes_to_the_proxy() throws Exception {
        try (RawServer proxy = RawServer.answering("HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n");
                JdkHttpSender sender = new JdkHttpSender(
                        HttpSettings.fromEnvironment(Map.of(
                                "HTTPS_PROXY", "127.0.0.1:" + proxy.uri("/").getPort())),
                        java.time.InstantSource.system())) {
            HttpCall call = HttpCall.postForm(URI.create("https://auth.example.org/token"), "a=b");

            Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(
                    () -> sender.send(call, java.time.Duration.ofSeconds(5), 99));
            assertThat(proxy.requests().get(0)).startsWith("CONNECT auth.example.org:443 ");
            assertThat(thrown)
                    .isInstanceOfSatisfying(
                            HttpFailure.class, e -> assertThat(e.maybeSent()).isFalse());
        }
    }

    @Test
    void a_proxy_that_wants_to_know_who_comes_is_no_server_that_answered() {
        String refusal = "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n";
        try (RawServer proxy = RawServer.answering(refusal);
                JdkHttpSender sender = new JdkHttpSender(
                        HttpSettings.fromEnvironment(Map.of(
                                "HTTPS_PROXY", "127.0.0.1:" + proxy.uri("/").getPort())),
                        java.time.InstantSource.system())) {
            HttpCall call = HttpCall.postForm(URI.create("https://auth.example.org/token"), "a=b");

            assertThatThrownBy(() -> sender.send(call, java.time.Duration.ofSeconds(5), 99))
                    .isInstanceOfSatisfying(
                            HttpFailure.class, e -> assertThat(e.maybeSent()).isFalse())
                    .hasMessageContaining("the proxy answered with status 407");
        }
    }
}
