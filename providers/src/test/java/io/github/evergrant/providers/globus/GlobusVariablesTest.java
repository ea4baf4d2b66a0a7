package io.github.evergrant.providers.globus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.http.HttpSettings;
import io.github.evergrant.oauth.Golden;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GlobusVariablesTest {

    private static final Golden GOLDEN = Golden.read("globus/vectors/env_settings.json");

    @Test
    @DisplayName("96: GLOBUS_SDK_VERIFY_SSL means what was captured")
    void verification() {
        int compared = 0;
        for (Golden one : GOLDEN.at("ssl_verify").items()) {
            if (!(one.at("value").value() instanceof String text)) {
                continue;
            }
            Map<String, String> environment = Map.of("GLOBUS_SDK_VERIFY_SSL", text);
            if (one.has("ok")) {
                assertThat(GlobusVariables.read(environment).verifiesTls())
                        .as(text)
                        .isEqualTo(one.at("ok").value());
            } else {
                refused(environment);
            }
            compared++;
        }
        assertThat(compared).isEqualTo(15);
        assertThat(GlobusVariables.read(Map.of()).verifiesTls()).isTrue();
    }

    /** Python's zero, negative, and infinite ones fail at the first request; here they fail at once, or are a day. */
    @Test
    @DisplayName("96: GLOBUS_SDK_HTTP_TIMEOUT means what was captured, as far as it is a time")
    void timeout() {
        int compared = 0;
        for (Golden one : GOLDEN.at("http_timeout").items()) {
            Map<String, String> environment = one.at("env").value() == null
                    ? Map.of()
                    : Map.of("GLOBUS_SDK_HTTP_TIMEOUT", one.at("env").text());
            boolean none = one.has("ok") && one.at("ok").value() == null;
            String seconds = one.has("ok") ? String.valueOf(one.at("ok").value()) : "";
            if (none) {
                assertThat(GlobusVariables.read(environment).deadline()).isEqualTo(Duration.ofDays(1));
            } else if (Set.of("", "0.0", "-2.0", "nan", "inf").contains(seconds)) {
                refused(environment);
            } else {
                assertThat(GlobusVariables.read(environment).deadline())
                        .isEqualTo(Duration.ofMillis((long) (Double.parseDouble(seconds) * 1000)));
            }
            compared++;
        }
        assertThat(compared).isEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e999999999", "0.0001", "123456789012345678901234567890", "1 0"})
    void a_time_out_of_all_measure_is_refused_or_a_day(String text) {
        try {
            assertThat(GlobusVariables.read(Map.of("GLOBUS_SDK_HTTP_TIMEOUT", text))
                            .deadline())
                    .isEqualTo(Duration.ofDays(1));
        } catch (InvalidInput e) {
            assertThat(e.code()).isEqualTo("bad_setting");
        }
    }

    @Test
    void a_file_of_certificates_is_trusted_and_nothing_turns_the_check_off(@TempDir Path folder) throws Exception {
        Path pem = Files.writeString(folder.resolve("ca.pem"), "any");
        HttpSettings base = HttpSettings.defaults();

        HttpSettings trusting = GlobusVariables.read(Map.of("GLOBUS_SDK_VERIFY_SSL", pem.toString()))
                .http(base);
        assertThat(trusting.caFile()).isEqualTo(pem);
        assertThat(trusting.insecureSkipTlsVerify()).isFalse();
        assertThat(GlobusVariables.read(Map.of()).http(base)).isEqualTo(base);
        assertThatThrownBy(() -> GlobusVariables.read(Map.of("GLOBUS_SDK_VERIFY_SSL", "no"))
                        .http(base))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("tls_not_verified"));
    }

    private static void refused(Map<String, String> environment) {
        assertThatThrownBy(() -> GlobusVariables.read(environment))
                .as(environment.toString())
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("bad_setting"));
    }
}
