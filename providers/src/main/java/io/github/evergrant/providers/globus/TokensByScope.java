package io.github.evergrant.providers.globus;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.oauth.Cleaned;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;

/**
 * The tokens of a response by what they allow: Globus' documentation names scopes where others name resource servers.
 *
 * <p>Iterates over every single scope.
 *
 * @param response whose tokens
 */
public record TokensByScope(TokenResponse response) implements Iterable<String> {

    public TokensByScope {
        Objects.requireNonNull(response, "response");
    }

    /**
     * The token that has all of some scopes.
     *
     * @param scopes one scope, or several of one resource server, separated by spaces
     * @throws InvalidInput {@code unknown_scope} when no resource server's token has them all
     */
    public TokenData get(String scopes) {
        return find(scopes)
                .orElseThrow(() -> new InvalidInput(
                        Problem.of("unknown_scope", "no one token has the scopes \"" + Cleaned.text(scopes) + "\"")));
    }

    /** Whether {@link #get} would find a token. */
    public boolean contains(String scopes) {
        return find(scopes).isPresent();
    }

    @Override
    public Iterator<String> iterator() {
        return response.byResourceServer().values().stream()
                .flatMap(data -> data.scopes().values().stream())
                .iterator();
    }

    private Optional<TokenData> find(String scopes) {
        Scopes wanted = Scopes.parse(scopes);
        return response.byResourceServer().values().stream()
                .filter(data -> !wanted.isEmpty() && data.scopes().containsAll(wanted))
                .findFirst();
    }
}
