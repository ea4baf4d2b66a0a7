package io.github.evergrant.login.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LoopbackAddressTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8765, http://127.0.0.1:8765/callback, 127.0.0.1",
        "[::1]:8765, http://[::1]:8765/callback, ::1"
    })
    void a_place_to_listen_makes_a_fixed_redirect(String listen, String redirect, String host) {
        LoopbackAddress address = LoopbackAddress.of(listen, null);

        assertThat(address).isEqualTo(new LoopbackAddress(List.of(host), 8765, URI.create(redirect)));
    }

    @Test
    void localhost_is_both_loopbacks() {
        assertThat(LoopbackAddress.of("localhost:8765", null).hosts()).containsExactly("127.0.0.1", "::1");
        assertThat(LoopbackAddress.of(null, URI.create("http://localhost:8000")))
                .isEqualTo(new LoopbackAddress(List.of("127.0.0.1", "::1"), 8000, URI.create("http://localhost:8000")));
    }

    @Test
    void a_redirect_is_told_as_it_is_wherever_is_listened() {
        URI registered = URI.create("http://localhost:8000/cb?a=b");

        assertThat(LoopbackAddress.of("127.0.0.1:9000", registered))
                .isEqualTo(new LoopbackAddress(List.of("127.0.0.1"), 9000, registered));
        assertThat(LoopbackAddress.of(null, URI.create("http://127.0.0.1/cb")).port())
                .isEqualTo(80);
        assertThat(LoopbackAddress.of(null, null)).isEqualTo(LoopbackAddress.free());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "8765",
                ":8765",
                "0.0.0.0:8765",
                "[::]:8765",
                "*:8765",
                "192.168.1.2:8765",
                "example.org:8765",
                "127.0.0.1",
                "127.0.0.1:0",
                "127.0.0.1:65536",
                "127.0.0.1:99999",
                "127.0.0.1:-1",
                "127.0.0.1:80a",
                "::1:8765",
                " 127.0.0.1:8765",
                "127.0.0.1:8765/callback"
            })
    void nothing_else_is_listened_on(String listen) {
        assertThatThrownBy(() -> LoopbackAddress.of(listen, null))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("listen_malformed"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1:8765/cb",
                "https://example.org/cb",
                "http://example.org/cb",
                "http://127.0.0.2:8765/cb",
                "http://LOCALHOST:8765/cb",
                "http://localhost.example.org:8765/cb",
                "http://user@127.0.0.1:8765/cb",
                "http://127.0.0.1:8765/cb#part",
                "http://127.0.0.1:0/cb",
                "http://127.0.0.1:65536/cb",
                "/cb",
                "mailto:someone@example.org"
            })
    void no_other_redirect_comes_here(String redirect) {
        assertThat(LoopbackAddress.isPossible(URI.create(redirect))).isFalse();
        assertThatThrownBy(() -> LoopbackAddress.of(null, URI.create(redirect)))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("redirect_not_loopback"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "localhost", "192.168.1.2"})
    void no_wildcard_can_be_made(String host) {
        assertThatThrownBy(() -> new LoopbackAddress(List.of(host), 0, null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
