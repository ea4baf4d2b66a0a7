package io.github.evergrant.providers.globus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.oauth.Golden;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class GlobusUrlsTest {

    @Test
    void every_captured_address_is_ours_too() {
        GlobusUrls urls = new GlobusUrls(Map.of());
        int compared = 0;
        for (Golden one : Golden.read("globus/vectors/service_urls.json").items()) {
            if (!one.has("environment")) {
                continue;
            }
            String environment = one.at("environment").text();
            String service = one.at("service").text();
            if (one.has("ok")) {
                assertThat(urls.service(environment, service))
                        .hasToString(one.at("ok").text());
            } else {
                assertThatThrownBy(() -> urls.service(environment, service))
                        .isInstanceOfSatisfying(
                                InvalidInput.class, e -> assertThat(e.code()).isEqualTo("unknown_environment"));
            }
            compared++;
        }
        assertThat(compared).isGreaterThan(80);
    }

    /** Statement 97. */
    @Test
    @DisplayName("97: a service variable wins over the environment")
    void a_service_variable_wins_over_the_environment() {
        GlobusUrls urls = new GlobusUrls(
                Map.of("GLOBUS_SDK_ENVIRONMENT", "preview", "GLOBUS_SDK_SERVICE_URL_AUTH", "https://auth.example.org"));

        assertThat(urls.defaultEnvironment()).isEqualTo("preview");
        assertThat(urls.service("preview", "auth")).hasToString("https://auth.example.org/");
        assertThat(urls.service("preview", "groups")).hasToString("https://groups.api.preview.globus.org/");
    }
}
