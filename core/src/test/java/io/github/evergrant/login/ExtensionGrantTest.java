package io.github.evergrant.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenResponse;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ExtensionGrantTest {

    private final LoginFixture fixture = new LoginFixture();

    @Test
    void tokens_come_as_a_list_or_as_any_other_reply() {
        fixture.sender
                .reply(200, "[{\"access_token\":\"A\",\"resource_server\":\"rs\"}]")
                .reply(200, "{\"access_token\":\"B\"}");

        assertThat(ask().orElseThrow().byResourceServer()).containsOnlyKeys("rs");
        assertThat(ask().orElseThrow().first().accessToken()).isEqualTo(Secret.of("B"));
        assertThat(fixture.form(0)).isEqualTo(Map.of("grant_type", "urn:x:swap", "token", "canary-token"));
    }

    @Test
    void a_list_of_nothing_is_no_tokens_and_no_failure() {
        fixture.sender.reply(200, "[]").reply(200, "[{}]");

        assertThat(ask()).isEmpty();
        assertThatThrownBy(this::ask).isInstanceOf(TemporarilyUnavailable.class);
    }

    @Test
    void a_refusal_quotes_neither_what_was_sent_nor_the_clients_secret() {
        fixture.sender.reply(
                401, "{\"error\":\"invalid_grant\",\"error_description\":\"canary-token of canary-secret\"}");

        assertThatThrownBy(this::ask)
                .isInstanceOfSatisfying(
                        ProviderRefused.class, e -> assertThat(e.providerCode()).contains("invalid_grant"))
                .hasMessageNotContaining("canary");
    }

    private Optional<TokenResponse> ask() {
        return ExtensionGrant.ask(
                LoginFixture.PROVIDER,
                LoginFixture.CONFIDENTIAL,
                "urn:x:swap",
                Map.of("token", "canary-token"),
                fixture.wire,
                Secret.of("canary-token"));
    }
}
