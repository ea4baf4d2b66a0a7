package io.github.evergrant.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.oauth.Client;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ProvidersTest {

    @Test
    void a_provider_is_found_by_its_name() {
        Providers providers = new Providers(List.of(new Named("zeta"), new Named("alpha")));

        assertThat(providers.named("zeta").id()).isEqualTo("zeta");
        assertThat(providers.all()).extracting(Provider::id).containsExactly("alpha", "zeta");
    }

    @Test
    void an_unknown_name_is_answered_with_the_known_ones() {
        Providers providers = new Providers(List.of(new Named("zeta"), new Named("alpha")));

        assertThatThrownBy(() -> providers.named("Zeta")).isInstanceOfSatisfying(InvalidInput.class, e -> {
            assertThat(e.code()).isEqualTo("unknown_provider");
            assertThat(e.advice()).contains("alpha, zeta");
        });
    }

    @Test
    void a_provider_with_words_of_its_own_has_to_be_installed() {
        URI endpoint = URI.create("https://auth.example/token");

        assertThat(Providers.refreshWay("absent", RefreshRules.USUAL, endpoint)).isSameAs(RefreshWay.USUAL);
        assertThatThrownBy(() -> Providers.refreshWay("absent", RefreshRules.OWN_WAY, endpoint))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("unknown_provider"));
        assertThat(new Named("zeta").refreshWay(endpoint)).isSameAs(RefreshWay.USUAL);
    }

    private record Named(String id) implements Provider {

        @Override
        public String title() {
            return id;
        }

        @Override
        public List<String> environments() {
            return List.of("production");
        }

        @Override
        public ProviderData describe(@Nullable String environment, @Nullable URI sandbox) {
            throw new AssertionError("not asked");
        }

        @Override
        public Optional<Client> sandboxClient() {
            return Optional.empty();
        }
    }
}
