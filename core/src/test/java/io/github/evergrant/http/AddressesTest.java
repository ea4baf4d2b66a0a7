package io.github.evergrant.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://auth.globus.org/",
                "HTTPS://auth.globus.org/",
                "http://127.0.0.1:8080/",
                "http://127.255.255.254/",
                "http://localhost/",
                "http://LOCALHOST:1/",
                "http://[::1]:1/"
            })
    void https_everywhere_and_http_to_this_machine_are_allowed(String address) {
        assertThat(Addresses.isAllowed(URI.create(address))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://auth.globus.org/, plain_http",
        "http://127.0.0.1.example.org/, plain_http",
        "http://localhost.example.org/, plain_http",
        "http://127.1/, bad_address",
        "http://127.0.0.256/, bad_address",
        "http://128.0.0.1/, plain_http",
        "http://0.0.0.0/, plain_http",
        "http://[::2]/, plain_http",
        "ftp://127.0.0.1/, bad_address",
        "https:/path, bad_address",
        "/path, bad_address",
        "https://name:canary@example.org/, bad_address",
        "http://localhost@example.org/, bad_address"
    })
    void everything_else_is_refused(String address, String code) {
        assertThatThrownBy(() -> Addresses.requireAllowed(URI.create(address)))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageNotContaining("canary");
    }

    @Test
    void an_address_in_a_message_has_no_query_and_no_user() {
        HttpCall call = HttpCall.get(URI.create("https://canary:canary@example.org/p?canary#canary"));

        assertThat(call).hasToString("GET https://example.org/p");
    }

    @Test
    void an_origin_is_scheme_host_and_port() {
        URI one = URI.create("https://example.org/a");

        assertThat(Addresses.sameOrigin(one, URI.create("https://EXAMPLE.org:443/b")))
                .isTrue();
        assertThat(Addresses.sameOrigin(one, URI.create("http://example.org/a")))
                .isFalse();
        assertThat(Addresses.sameOrigin(one, URI.create("https://example.org:8443/a")))
                .isFalse();
        assertThat(Addresses.sameOrigin(one, URI.create("https://other.example.org/a")))
                .isFalse();
    }
}
