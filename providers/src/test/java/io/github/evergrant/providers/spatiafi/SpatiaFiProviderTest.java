package io.github.evergrant.providers.spatiafi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.oauth.ClientAuthentication;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.provider.Providers;
import io.github.evergrant.sandbox.SandboxPeople;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpatiaFiProviderTest {

    private final SpatiaFiProvider spatiafi = new SpatiaFiProvider();

    @Test
    void it_is_installed_and_its_clients_sign() {
        assertThat(Providers.installed().named("spatiafi")).isInstanceOf(SpatiaFiProvider.class);
        assertThat(spatiafi.client("i", Secret.of("s")).authentication())
                .isEqualTo(ClientAuthentication.CLIENT_SECRET_JWT);
    }

    @Test
    void programs_get_the_client_by_a_fixed_list_of_variables() {
        Client client = spatiafi.client("i", Secret.of("s"));

        assertThat(spatiafi.clientVariables(client, "u"))
                .containsExactly(
                        Map.entry("USER_ID", "u"),
                        Map.entry("CLIENT_ID", "i"),
                        Map.entry("CLIENT_SECRET", "s"),
                        Map.entry("SPATIAFI_CLIENT_ID", "i"),
                        Map.entry("SPATIAFI_CLIENT_SECRET", "s"));
        assertThat(spatiafi.clientVariables(client, null)).hasSize(4).doesNotContainKey("USER_ID");
        assertThat(spatiafi.clientVariables(Client.open("i"), "u")).isEmpty();
    }

    @Test
    void addresses_are_those_of_the_service() {
        ProviderData data = spatiafi.describe(null, null);

        assertThat(data.endpoints().token()).hasToString("https://auth.spatiafi.com/api/v1/auth/jwt/token");
        assertThat(data.apis().get("spatiafi")).hasToString("https://api.spatiafi.com/");
        assertThat(spatiafi.recall("production", data.endpoints().token(), null))
                .isEqualTo(data);
    }

    @Test
    void another_auth_service_is_named_by_its_address() {
        ProviderData older = spatiafi.describe("https://auth.climateengine.com/", null);

        assertThat(older.endpoints().token()).hasToString("https://auth.climateengine.com/api/v1/auth/jwt/token");
        assertThat(spatiafi.recall(older.environment(), older.endpoints().token(), null))
                .isEqualTo(older);
    }

    @Test
    void the_sandboxs_client_is_the_sandboxs() {
        Client ours = SpatiaFiProvider.SANDBOX_CLIENT;

        assertThat(ours.id()).isEqualTo(SandboxPeople.SPATIAFI_CLIENT.id());
        assertThat(ours.secret()).isEqualTo(Secret.of(String.valueOf(SandboxPeople.SPATIAFI_CLIENT.secret())));
        assertThat(spatiafi.describe(null, URI.create("http://127.0.0.1:9/"))
                        .endpoints()
                        .token())
                .hasToString("http://127.0.0.1:9/spatiafi/api/v1/auth/jwt/token");
    }

    @ParameterizedTest
    @CsvSource({
        "moon,,unknown_environment",
        "http://auth.spatiafi.com,,plain_http",
        "https://auth.spatiafi.com?x=y,,bad_address",
        "https://a b,,bad_address",
        "production,https://example.org,sandbox_not_loopback",
    })
    void an_address_that_nothing_may_be_sent_to_is_refused(String environment, String sandbox, String code) {
        assertThatThrownBy(() -> spatiafi.describe(environment, sandbox == null ? null : URI.create(sandbox)))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
