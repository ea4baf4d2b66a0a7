package io.github.evergrant.oauth;

import io.github.evergrant.token.Secret;
import java.time.Duration;
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
 * @param leeway how far the server's clock may be from ours
 */
public record IdTokenRules(
        String issuer, String clientId, @Nullable Secret nonce, Set<String> algorithms, Duration leeway) {

    /** How far the server's clock may be from ours, unless somebody says otherwise. */
    public static final Duration LEEWAY = Duration.ofMinutes(5);

    public IdTokenRules {
        Objects.requireNonNull(issuer, "issuer");
        Objects.requireNonNull(clientId, "clientId");
        algorithms = Set.copyOf(algorithms);
        if (leeway.isNegative()) {
            throw new IllegalArgumentException("a leeway is not negative");
        }
    }

    /** With the usual leeway. */
    public IdTokenRules(String issuer, String clientId, @Nullable Secret nonce, Set<String> algorithms) {
        this(issuer, clientId, nonce, algorithms, LEEWAY);
    }
}
