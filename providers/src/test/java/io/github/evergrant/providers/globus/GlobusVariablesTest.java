package io.github.evergrant.providers.globus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.http.HttpSettings;
import io.github.evergrant.oauth.Golden;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GlobusVariablesTest {

    private static final String TIMEOUT = "GLOBUS_SDK_HTTP_TIMEOUT";
    private static final String VERIFY = "GLOBUS_SDK_VERIFY_SSL";

    /** A request cannot come to an end in these times; Python takes them, and fails then. */
    private static final Set<String> NO_TIMES = Set.of("0", "-2", "nan");

    static Stream<Golden> timeouts() {
        return Golden.read("globus/vectors/env_settings.json").at("http_timeout").items().stream();
    }

    @ParameterizedTest
    @MethodSource("timeouts")
    @DisplayName("96: the captured timeouts are read as captured, but for those in which nothing can be answered")
    void statement96Timeout(Golden one) {
        GlobusVariables variables = one.at("env").value() instanceof String text
                ? new GlobusVariables(Map.of(TIMEOUT, text))
                : new GlobusVariables(Map.of());
        if (one.has("error") || (one.at("env").value() instanceof String text && NO_TIMES.contains(text))) {
            assertThatThrownBy(variables::httpTimeout)
                    .isInstanceOfSatisfying(
                            InvalidInput.class, e -> assertThat(e.code()).isEqualTo("bad_variable"))
                    .hasMessageContaining(TIMEOUT);
        } else if (one.at("ok").value() instanceof Number seconds) {
            assertThat(variables.httpTimeout())
                    .contains(Duration.ofMillis(
                            new BigDecimal(seconds.toString()).movePointRight(3).longValueExact()));
        } else {
            // null, which is Python's for no timeout, or infinity.
            assertThat(variables.httpTimeout()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "0x10", "1d", "1 2", "-1e-400"})
    @DisplayName("96: a timeout that is no plain number is refused")
    void statement96Odd(String text) {
        assertThatThrownBy(new GlobusVariables(Map.of(TIMEOUT, text))::httpTimeout)
                .isInstanceOf(InvalidInput.class);
    }

    static Stream<Golden> verifications() {
        return Golden.read("globus/vectors/env_settings.json").at("ssl_verify").items().stream()
                .filter(one -> one.at("value").value() instanceof String);
    }

    @ParameterizedTest
    @MethodSource("verifications")
    @DisplayName("96: the captured words for certificates are read as captured, but none turns the verification off")
    void statement96Verify(Golden one) {
        GlobusVariables variables =
                new GlobusVariables(Map.of(VERIFY, one.at("value").text()));
        HttpSettings settings = HttpSettings.defaults();
        if (Boolean.TRUE.equals(one.at("ok").value())) {
            assertThat(variables.trust(settings)).isEqualTo(settings);
        } else {
            String code = one.has("error") ? "bad_variable" : "insecure_variable";
            assertThatThrownBy(() -> variables.trust(settings))
                    .isInstanceOfSatisfying(
                            InvalidInput.class, e -> assertThat(e.code()).isEqualTo(code));
        }
    }

    @Test
    @DisplayName("96: a file of certificates is taken")
    void statement96File(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("ca.pem"), "x");

        assertThat(new GlobusVariables(Map.of(VERIFY, file.toString()))
                        .trust(HttpSettings.defaults())
                        .caFile())
                .isEqualTo(file);
        assertThat(new GlobusVariables(Map.of()).trust(HttpSettings.defaults())).isEqualTo(HttpSettings.defaults());
        assertThatThrownBy(() -> new GlobusVariables(Map.of(VERIFY, folder.toString())).trust(HttpSettings.defaults()))
                .isInstanceOf(InvalidInput.class);
    }
}
