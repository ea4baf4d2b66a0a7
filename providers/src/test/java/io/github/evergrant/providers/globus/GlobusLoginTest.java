package io.github.evergrant.providers.globus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.login.LoginResult;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.session.Origin;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.memory.MemoryTokenStorage;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is known of a login, by where it lies and what lies beside it. */
final class GlobusLoginTest {

    private static final String CLIENT = "61338d24-54d5-408f-a10d-66c06b59f6d2";

    private final GlobusStores stores = new GlobusStores(Map.of("HOME", "/home/example"), "Linux");
    private final GlobusProvider globus = new GlobusProvider(Map.of());
    private final TokenStorage storage = MemoryTokenStorage.create();

    private GlobusLogin login(Path file, String namespace, @Nullable String refresh, @Nullable String identity) {
        TokenData data = TokenData.bearer(
                        "api", Secret.of("at"), Expiry.at(Instant.now().plusSeconds(60)))
                .withRefreshToken(refresh == null ? null : Secret.of(refresh))
                .withIdentityId(identity);
        storage.replace(namespace, Map.of(), Map.of("api", data));
        return GlobusLogin.of(stores, file, namespace, storage);
    }

    private Optional<Origin> origin(GlobusLogin login) {
        return login.origin(globus, globus.describe(login.environment(), null));
    }

    @Test
    void globus_cli_keeps_its_client_and_person_beside_the_tokens() {
        storage.storeConfiguration(
                "userprofile/preview/work",
                "auth_client_data",
                Map.of("client_id", CLIENT, "client_secret", "FAKE-SECRET"));
        storage.storeConfiguration("userprofile/preview/work", "auth_user_data", Map.of("sub", "ada"));
        GlobusLogin login = login(stores.cli(), "userprofile/preview/work", "rt", null);
        assertThat(login.name()).isEqualTo("globus-cli-work-preview");
        assertThat(login.toString()).doesNotContain("FAKE-SECRET");
        assertThat(origin(login)).hasValueSatisfying(origin -> {
            assertThat(origin.provider().environment()).isEqualTo("preview");
            assertThat(origin.client()).isEqualTo(Client.confidentialUnencoded(CLIENT, Secret.of("FAKE-SECRET")));
            assertThat(origin.account().identityId()).isEqualTo("ada");
            assertThat(origin.kind()).isEqualTo(LoginResult.Kind.REFRESH_TOKEN);
        });
    }

    @Test
    void a_client_profile_names_its_client_and_wants_its_secret() {
        GlobusLogin login = login(stores.cli(), "clientprofile/production/" + CLIENT, null, null);
        assertThat(login.name()).isEqualTo("globus-cli-" + CLIENT);
        assertThat(login.kind()).isEqualTo(LoginResult.Kind.CLIENT_CREDENTIALS);
        assertThat(login.clientId()).isEqualTo(CLIENT);
        assertThat(origin(login)).isEmpty();
        assertThat(origin(login.withClient(null, Secret.of("s"))))
                .hasValueSatisfying(origin -> assertThat(origin.client().id()).isEqualTo(CLIENT));
    }

    @Test
    void globus_compute_has_a_native_client_that_everybody_knows() {
        GlobusLogin login = login(stores.compute(), "user/production", "rt", null);
        assertThat(login.name()).isEqualTo("globus-compute");
        assertThat(origin(login))
                .hasValueSatisfying(origin ->
                        assertThat(origin.client()).isEqualTo(Client.open("4cf29807-cf21-49ec-9443-ff9a3fb9f81c")));
        // Elsewhere, such a namespace says nothing of a client.
        assertThat(login(Path.of("/tmp/x.db"), "user/test", "rt", null).clientId())
                .isNull();
    }

    @Test
    void an_app_s_client_is_in_its_path() {
        Path file = stores.app(CLIENT, "My App", "preview", "json");
        GlobusLogin login = login(file, "DEFAULT", "rt", "ada");
        assertThat(login.name()).isEqualTo("my-app-preview");
        assertThat(origin(login)).hasValueSatisfying(origin -> {
            assertThat(origin.client()).isEqualTo(Client.open(CLIENT));
            assertThat(origin.kind()).isEqualTo(LoginResult.Kind.REFRESH_TOKEN);
        });
    }

    @Test
    void an_app_whose_tokens_are_nobody_s_is_a_machine() {
        GlobusLogin login = login(stores.app(CLIENT, "svc", "production", "json"), "DEFAULT", null, null);
        assertThat(login.kind()).isEqualTo(LoginResult.Kind.CLIENT_CREDENTIALS);
        assertThat(origin(login)).isEmpty();
        assertThat(origin(login.withClient(null, Secret.of("s")))).isPresent();
    }

    @Test
    void of_any_other_file_the_client_is_unknown_until_somebody_says_it() {
        GlobusLogin login = login(Path.of("/tmp/my tokens.json"), "DEFAULT", "rt", null);
        assertThat(login.name()).isEqualTo("my tokens");
        assertThat(origin(login)).isEmpty();
        assertThat(origin(login.withClient(CLIENT, null)))
                .hasValueSatisfying(origin -> assertThat(origin.client()).isEqualTo(Client.open(CLIENT)));
        assertThat(login(Path.of("/tmp/tokens.json"), "alpha", "rt", null).name())
                .isEqualTo("alpha");
    }

    @Test
    void another_client_does_not_get_the_secret_of_the_one_that_is_kept() {
        storage.storeConfiguration("n", "auth_client_data", Map.of("client_id", CLIENT, "client_secret", "FAKE"));
        GlobusLogin login = login(Path.of("/tmp/x.db"), "n", "rt", null);
        assertThat(login.withClient("another", null).clientSecret()).isNull();
        assertThat(login.withClient(CLIENT, null).clientSecret()).isNotNull();
    }

    @Test
    void what_is_kept_of_a_client_and_means_nothing_is_passed_over() {
        storage.storeConfiguration("n", "auth_client_data", Map.of("client_id", 7L, "client_secret", "FAKE"));
        assertThat(login(Path.of("/tmp/x.db"), "n", "rt", null).clientSecret()).isNull();
    }
}
