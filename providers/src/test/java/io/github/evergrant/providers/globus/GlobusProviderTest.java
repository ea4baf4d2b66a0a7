package io.github.evergrant.providers.globus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.provider.Provider;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.provider.Providers;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GlobusProviderTest {

    private final Provider globus = new GlobusProvider(Map.of());

    @Test
    void it_is_found_by_name() {
        assertThat(Providers.installed().named("globus")).isInstanceOf(GlobusProvider.class);
    }

    @Test
    void production_is_the_default() {
        ProviderData data = globus.describe(null, null);

        assertThat(data.environment()).isEqualTo("production");
        assertThat(data.base()).isNull();
        assertThat(data.endpoints().issuer()).isEqualTo("https://auth.globus.org");
        assertThat(data.endpoints().token()).hasToString("https://auth.globus.org/v2/oauth2/token");
        assertThat(data.endpoints().authorization()).hasToString("https://auth.globus.org/v2/oauth2/authorize");
        assertThat(data.endpoints().revocation()).hasToString("https://auth.globus.org/v2/oauth2/token/revoke");
        assertThat(data.endpoints().introspection()).hasToString("https://auth.globus.org/v2/oauth2/token/introspect");
        assertThat(data.endpoints().userinfo()).hasToString("https://auth.globus.org/v2/oauth2/userinfo");
        assertThat(data.pasteRedirect()).hasToString("https://auth.globus.org/v2/web/auth-code");
        assertThat(data.apis().get("groups")).hasToString("https://groups.api.globus.org/");
        assertThat(data.apis().get("transfer")).hasToString("https://transfer.api.globus.org/");
        assertThat(data.reuseGrace()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8080", "http://127.0.0.1:8080/"})
    void a_sandbox_takes_the_place_of_everything(String base) {
        Provider redirected = new GlobusProvider(Map.of("GLOBUS_SDK_SERVICE_URL_AUTH", "https://elsewhere.example/"));
        ProviderData data = redirected.describe(null, URI.create(base));

        assertThat(data.endpoints().issuer()).isEqualTo("http://127.0.0.1:8080/globus/auth");
        assertThat(data.endpoints().token()).hasToString("http://127.0.0.1:8080/globus/auth/v2/oauth2/token");
        assertThat(data.apis().values()).allMatch(it -> it.toString().startsWith("http://127.0.0.1:8080/globus/"));
        assertThat(data.pasteRedirect()).hasToString("http://127.0.0.1:8080/globus/auth/v2/web/auth-code");
    }

    @Test
    void a_sandbox_on_another_machine_is_refused() {
        assertThatThrownBy(() -> globus.describe(null, URI.create("https://sandbox.example/")))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("sandbox_not_loopback"));
    }

    @ParameterizedTest
    @CsvSource({
        "GLOBUS_SDK_ENVIRONMENT, nope, unknown_environment",
        "GLOBUS_SDK_SERVICE_URL_AUTH, http://auth.example/, plain_http",
        "GLOBUS_SDK_SERVICE_URL_AUTH, 'no address', bad_address",
        "GLOBUS_SDK_SERVICE_URL_AUTH, nothing, bad_address"
    })
    void a_variable_that_cannot_be_used_is_refused(String name, String value, String code) {
        assertThatThrownBy(() -> new GlobusProvider(Map.of(name, value)).describe(null, null))
                .isInstanceOfSatisfying(
                        EvergrantException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void an_environment_that_was_named_wins_over_the_variable() {
        Provider preview = new GlobusProvider(Map.of("GLOBUS_SDK_ENVIRONMENT", "preview"));

        assertThat(preview.describe(null, null).environment()).isEqualTo("preview");
        assertThat(preview.describe("test", null).endpoints().issuer()).isEqualTo("https://auth.test.globuscs.info");
        assertThatThrownBy(() -> globus.describe("nope", null)).isInstanceOf(InvalidInput.class);
    }
}
