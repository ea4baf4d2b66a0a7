package io.github.evergrant.providers.globus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class TokensByScopeTest {

    private final TokenData auth =
            TokenData.bearer("auth", Secret.of("A"), Expiry.never()).withScopes(Scopes.of("openid", "email"));
    private final TokenData transfer =
            TokenData.bearer("transfer", Secret.of("B"), Expiry.never()).withScopes(Scopes.of("all"));
    private final TokenResponse response = TokenResponse.of(Instant.EPOCH, auth, transfer);

    @Test
    @DisplayName("42: one scope or several of one server find its token")
    void one_scope_or_several_of_one_server_find_its_token() {
        assertThat(TokensByScope.find(response, "all")).isEqualTo(transfer);
        assertThat(TokensByScope.find(response, "openid email")).isEqualTo(auth);
        assertThat(TokensByScope.find(response, "email openid")).isEqualTo(auth);
    }

    @Test
    @DisplayName("42: no scope, an unknown one, and those of two servers find none")
    void no_scope_an_unknown_one_and_those_of_two_servers_find_none() {
        for (String scopes : new String[] {"", "other", "openid all"}) {
            assertThatThrownBy(() -> TokensByScope.find(response, scopes))
                    .isInstanceOfSatisfying(
                            InvalidInput.class, e -> assertThat(e.code()).isEqualTo("unknown_scope"));
        }
    }
}
