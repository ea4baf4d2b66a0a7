package io.github.evergrant.providers.globus;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;

/** Finds a token by what it allows; Globus' documentation names scopes where others name servers. */
public final class TokensByScope {

    private TokensByScope() {}

    /**
     * The token that has all of some scopes.
     *
     * @param scopes one scope, or several of one resource server, separated by spaces
     * @throws InvalidInput {@code unknown_scope} when no resource server's token has them all
     */
    public static TokenData find(TokenResponse response, String scopes) {
        Scopes wanted = Scopes.parse(scopes);
        return response.byResourceServer().values().stream()
                .filter(data -> !wanted.isEmpty() && data.scopes().containsAll(wanted))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        Problem.of("unknown_scope", "no one token has the scopes \"" + wanted.text() + "\"")));
    }
}
