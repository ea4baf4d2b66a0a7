package io.github.evergrant.oauth;

import io.github.evergrant.token.Secret;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an id token must say.
 *
 * @param issuer compared exactly
 * @param clientId whom it must be for
 * @param nonce that was sent with the authorization request, or null when none was
 * @param algorithms how it may be signed; none for every asymmetric one
 */
public record IdTokenRules(
        String issuer, String clientId, @Nullable Secret nonce, Set<String> algorithms) {

    public IdTokenRules {
        Objects.requireNonNull(issuer, "issuer");
        Objects.requireNonNull(clientId, "clientId");
        algorithms = Set.copyOf(algorithms);
    }
}
