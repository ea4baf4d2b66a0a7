package io.github.evergrant.providers.tastytrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.provider.Providers;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TastytradeProviderTest {

    private final TastytradeProvider tastytrade = new TastytradeProvider();

    @Test
    void it_is_found_by_name() {
        assertThat(Providers.installed().named("tastytrade")).isInstanceOf(TastytradeProvider.class);
    }

    @Test
    @DisplayName("tastytrade 8: each environment has addresses of its own")
    void each_environment_has_addresses_of_its_own() {
        ProviderData production = tastytrade.describe(null, null);

        assertThat(production.environment()).isEqualTo("production");
        assertThat(production.endpoints().token()).hasToString("https://api.tastyworks.com/oauth/token");
        assertThat(production.defaultLifetime()).isEqualTo(Duration.ofMinutes(15));
        assertThat(production.defaultScopes().text()).isEqualTo("read trade openid");
        assertThat(tastytrade.describe("certification", null).endpoints().token())
                .hasToString("https://api.cert.tastyworks.com/oauth/token");
        assertThat(tastytrade
                        .describePassword("certification", null)
                        .endpoints()
                        .token())
                .hasToString("https://api.cert.tastyworks.com/sessions");
    }

    @Test
    void what_a_session_remembers_is_described_as_at_its_login() {
        URI sandbox = URI.create("http://127.0.0.1:9/");
        for (String environment : tastytrade.environments()) {
            ProviderData oauth = tastytrade.describe(environment, sandbox);
            ProviderData password = tastytrade.describePassword(environment, sandbox);
            assertThat(password.endpoints().token())
                    .hasToString("http://127.0.0.1:9/tastytrade/" + environment + "/sessions");
            assertThat(tastytrade.recall(environment, oauth.endpoints().token(), sandbox))
                    .isEqualTo(oauth);
            assertThat(tastytrade.recall(environment, password.endpoints().token(), sandbox))
                    .isEqualTo(password);
            assertThat(TastytradeProvider.base(password.endpoints().token()))
                    .isEqualTo(TastytradeProvider.base(oauth.endpoints().token()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"moon", "", "Production"})
    void an_environment_that_is_none_is_said(String environment) {
        assertThatThrownBy(() -> tastytrade.describe(environment, null))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("unknown_environment"));
    }

    @Test
    void a_sandbox_on_another_machine_is_refused() {
        assertThatThrownBy(() -> tastytrade.describe(null, URI.create("https://sandbox.example/")))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("sandbox_not_loopback"));
    }

    @Test
    @DisplayName("tastytrade 100: the time in New York is this instant")
    void the_time_in_new_york_is_this_instant() {
        Instant now = Instant.parse("2026-11-01T05:30:00Z");

        assertThat(TastytradeSession.nowInNewYork(() -> now)).hasToString("2026-11-01T01:30-04:00[America/New_York]");
        assertThat(TastytradeSession.nowInNewYork(() -> now).toInstant()).isEqualTo(now);
    }
}
