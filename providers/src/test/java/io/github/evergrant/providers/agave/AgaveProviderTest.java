package io.github.evergrant.providers.agave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.provider.Providers;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AgaveProviderTest {

    private final AgaveProvider agave = new AgaveProvider(Map.of());

    @Test
    void it_is_found_by_name() {
        assertThat(Providers.installed().named("agave")).isInstanceOf(AgaveProvider.class);
    }

    @Test
    void a_tenant_that_is_known_is_described_without_asking() {
        ProviderData data = agave.describe("sd2e", null);

        assertThat(data.environment()).isEqualTo("sd2e");
        assertThat(data.base()).isNull();
        assertThat(data.endpoints().issuer()).isEqualTo("https://api.sd2e.org");
        assertThat(data.endpoints().token()).hasToString("https://api.sd2e.org/token");
        assertThat(data.endpoints().revocation()).isNull();
        assertThat(data.defaultResourceServer()).isEqualTo("agave");
        assertThat(data.defaultLifetime()).isEqualTo(Duration.ofHours(1));
        assertThat(data.refresh().clientMayEnd()).isTrue();
        assertThat(data.refresh().scopes().text()).isEqualTo("PRODUCTION");
        assertThat(agave.describe(null, null).environment()).isEqualTo("tacc.prod");
        assertThat(agave.environments()).startsWith("tacc.prod").contains("3dem", "designsafe", "sd2e", "sgci");
    }

    @Test
    void a_tenant_that_is_not_known_is_described_by_its_address_alone() {
        assertThatThrownBy(() -> agave.describe("moon", null))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("unknown_tenant"));
        assertThat(agave.describe("https://moon.example/a/", null).endpoints().token())
                .hasToString("https://moon.example/a/token");
        assertThat(agave.recall("moon", URI.create("https://moon.example/token"), null))
                .isEqualTo(agave.dataOf(new Tenant("moon", "", "https://moon.example"), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8080", "http://127.0.0.1:8080/"})
    void a_sandbox_takes_the_place_of_everything(String base) {
        AgaveProvider redirected = new AgaveProvider(Map.of("TAPIS_TENANTS_URL", "https://elsewhere.example/"));
        URI sandbox = URI.create(base);

        assertThat(redirected.describe("sd2e", sandbox).endpoints().token())
                .hasToString("http://127.0.0.1:8080/agave/sd2e/token");
        assertThat(redirected
                        .dataOf(new Tenant("x", "", "https://x.example"), sandbox)
                        .endpoints()
                        .token())
                .hasToString("http://127.0.0.1:8080/agave/x/token");
        assertThat(redirected.tenants(sandbox)).hasToString("http://127.0.0.1:8080/agave/tenants");
        assertThat(redirected
                        .recall("x", URI.create("http://127.0.0.1:8080/agave/x/token"), sandbox)
                        .base())
                .isEqualTo(sandbox);
    }

    @Test
    void a_sandbox_on_another_machine_is_refused_and_so_is_a_tenant_that_is_a_path() {
        URI sandbox = URI.create("https://sandbox.example/");
        URI here = URI.create("http://127.0.0.1:9");

        assertThatThrownBy(() -> agave.describe(null, sandbox)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> agave.tenants(sandbox)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> agave.describe("https://api.sd2e.org", here)).isInstanceOf(InvalidInput.class);
    }

    @ParameterizedTest
    @CsvSource({
        "https://mine.example/tenants,https://mine.example/tenants",
        "'',https://api.tacc.utexas.edu/tenants",
    })
    void another_list_of_tenants_can_be_named(String variable, String address) {
        assertThat(new AgaveProvider(Map.of("TAPIS_TENANTS_URL", variable)).tenants(null))
                .hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "http://mine.example/", "no address", "ftp://x.example/"})
    void an_address_of_a_list_that_is_none_is_refused(String address) {
        assertThatThrownBy(() -> AgaveProvider.address(address)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void variables_of_the_originals_are_read_and_empty_ones_are_not_set() {
        AgaveVariables set = new AgaveVariables(Map.of(
                "TAPIS_BASE_URL", "https://b.example",
                "TAPIS_USERNAME", "ada",
                "TAPIS_PASSWORD", "p",
                "TAPIS_API_KEY", "k",
                "TAPIS_API_SECRET", "s"));

        assertThat(set.baseUrl()).contains("https://b.example");
        assertThat(set.username()).contains("ada");
        assertThat(set.password()).contains(Secret.of("p"));
        assertThat(set.client()).contains(Client.confidentialUnencoded("k", Secret.of("s")));
        assertThat(new AgaveVariables(Map.of("TAPIS_API_KEY", "k")).client()).isEmpty();
        assertThat(new AgaveVariables(Map.of("TAPIS_USERNAME", "")).username()).isEmpty();
    }
}
