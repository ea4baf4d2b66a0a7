package io.github.evergrant.providers.globus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.oauth.Golden;
import io.github.evergrant.oauth.ReplyRules;
import io.github.evergrant.oauth.TokenReplies;
import io.github.evergrant.oauth.Written;
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
    private final TokensByScope tokens = new TokensByScope(TokenResponse.of(Instant.EPOCH, auth, transfer));

    @Test
    @DisplayName("42: one scope, or several of one server, find its token")
    void found() {
        assertThat(tokens.get("all")).isEqualTo(transfer);
        assertThat(tokens.get("openid email")).isEqualTo(auth);
        assertThat(tokens.get("email openid")).isEqualTo(auth);
        assertThat(tokens.contains("email openid")).isTrue();
    }

    @Test
    @DisplayName("42: no scope, an unknown one, and those of two servers find none")
    void notFound() {
        for (String scopes : new String[] {"", "other", "openid all"}) {
            assertThat(tokens.contains(scopes)).isFalse();
            assertThatThrownBy(() -> tokens.get(scopes))
                    .isInstanceOfSatisfying(
                            InvalidInput.class, e -> assertThat(e.code()).isEqualTo("unknown_scope"));
        }
    }

    @Test
    @DisplayName("42: iteration yields every single scope, as captured")
    void iterated() {
        assertThat(tokens).containsExactly("openid", "email", "all");
        int compared = 0;
        for (Golden one : Golden.read("globus/vectors/token_responses.json").items()) {
            // What holds no token is no response to us.
            if (one.at("by_resource_server").object().isEmpty()) {
                continue;
            }
            TokenResponse response = TokenReplies.readText(
                            Written.json(one.at("response").value()), new ReplyRules("rs", null), Instant.EPOCH)
                    .orElseThrow();
            assertThat(new TokensByScope(response))
                    .containsExactlyElementsOf(one.at("individual_scopes").items().stream()
                            .map(Golden::text)
                            .toList());
            compared++;
        }
        assertThat(compared).isEqualTo(8);
    }
}
