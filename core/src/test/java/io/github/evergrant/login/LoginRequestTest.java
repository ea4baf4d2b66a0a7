package io.github.evergrant.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.Provider;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.token.Scopes;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LoginRequestTest {

    @Test
    void a_person_is_always_asked_who_they_are_where_the_provider_can_say_it() {
        assertThat(ofPerson(LoginFixture.PROVIDER, Scopes.of("some"))).isEqualTo(Scopes.of("some", "openid"));
        assertThat(ofPerson(LoginFixture.PROVIDER, Scopes.of("openid", "some"))).isEqualTo(Scopes.of("openid", "some"));
        assertThat(ofPerson(LoginFixture.PROVIDER, Scopes.NONE)).isEqualTo(Scopes.of("openid", "all"));
        assertThat(ofPerson(LoginFixture.BARE, Scopes.of("some"))).isEqualTo(Scopes.of("some"));
    }

    @Test
    void a_machine_is_asked_for_what_it_names() {
        assertThat(LoginRequest.of(new Paper(), LoginFixture.PROVIDER, LoginFixture.NATIVE, Scopes.of("some"))
                        .scopes())
                .isEqualTo(Scopes.of("some"));
    }

    private static Scopes ofPerson(ProviderData data, Scopes scopes) {
        return LoginRequest.ofPerson(new Paper(), data, LoginFixture.NATIVE, scopes)
                .scopes();
    }

    private record Paper() implements Provider {

        @Override
        public String id() {
            return "paper";
        }

        @Override
        public String title() {
            return "Paper";
        }

        @Override
        public List<String> environments() {
            return List.of("production");
        }

        @Override
        public ProviderData describe(@Nullable String environment, @Nullable URI sandbox) {
            return LoginFixture.PROVIDER;
        }

        @Override
        public Optional<Client> sandboxClient() {
            return Optional.empty();
        }
    }
}
