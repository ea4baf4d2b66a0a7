package io.github.evergrant.providers.globus.scope;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.token.Scopes;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Several scopes at once: their text, and what they come to together. */
public final class GlobusScopes {

    private GlobusScopes() {}

    /**
     * Reads scopes separated by spaces, and puts together what belongs together.
     *
     * <p>Dependencies of one name are united, and hold wherever the name occurs; of an optional and a required dependency
     * the required one stays. At the top both stay. Names keep the order in which they are first seen.
     *
     * @return none for a text that is empty
     * @throws InvalidInput {@code scope_malformed} when it breaks the syntax, {@code scope_cycle} when a scope depends on
     *     itself, {@code scope_too_large} for more than a hundred thousand characters, ten thousand scopes written out, or
     *     fifty levels
     */
    public static List<GlobusScope> parse(String text) {
        return new ScopeReader(text).read().trees();
    }

    /** The same scopes, with what belongs together put together as {@link #parse} does. */
    public static List<GlobusScope> merge(Collection<GlobusScope> scopes) {
        return parse(joined(scopes));
    }

    /**
     * As a scope parameter says it, as they are.
     *
     * @throws InvalidInput {@code no_scopes} when there are none
     */
    public static String text(Collection<GlobusScope> scopes) {
        if (scopes.isEmpty()) {
            throw new InvalidInput(Problem.of("no_scopes", "Globus gives nothing without a scope")
                    .withAdvice("name the scopes that are needed"));
        }
        return joined(scopes);
    }

    /** For a request: each scope with its dependencies is one word. */
    public static Scopes words(Collection<GlobusScope> scopes) {
        return Scopes.of(scopes.stream().map(GlobusScope::text).collect(Collectors.toList()));
    }

    /** What a token says of them: no more than the names at the top. */
    public static Scopes names(Collection<GlobusScope> scopes) {
        return Scopes.of(scopes.stream().map(GlobusScope::name).collect(Collectors.toList()));
    }

    private static String joined(Collection<GlobusScope> scopes) {
        return scopes.stream().map(GlobusScope::text).collect(Collectors.joining(" "));
    }
}
