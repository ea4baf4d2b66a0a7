package io.github.evergrant.providers.globus.scope;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.oauth.Cleaned;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A scope of Globus, with the scopes its service needs of others: {@code name[dependency *optional]}.
 *
 * @param name a URN, a URL, or {@code openid} and the like
 * @param optional whether the one it is for can do without: a person may take back such a consent alone
 * @param dependencies what its service asks of others in the person's name
 */
public record GlobusScope(String name, boolean optional, List<GlobusScope> dependencies) {

    static final String SPECIAL = " []*";

    /** @throws InvalidInput {@code scope_malformed} when the name is empty or has a space or one of {@code []*} */
    public GlobusScope {
        Objects.requireNonNull(name, "name");
        if (name.isEmpty() || name.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0)) {
            throw new InvalidInput(
                    Problem.of("scope_malformed", "\"" + Cleaned.text(name) + "\" cannot be the name of a scope"));
        }
        dependencies = List.copyOf(dependencies);
    }

    /** A scope by itself. */
    public static GlobusScope of(String name) {
        return new GlobusScope(name, false, List.of());
    }

    /**
     * Reads one scope.
     *
     * @throws InvalidInput as {@link GlobusScopes#parse} does, and {@code scope_malformed} when the text holds none or
     *     several
     */
    public static GlobusScope parse(String text) {
        List<GlobusScope> all = GlobusScopes.parse(text);
        if (all.size() != 1) {
            throw new InvalidInput(
                    Problem.of("scope_malformed", "one scope was expected, and there are " + all.size()));
        }
        return all.get(0);
    }

    public GlobusScope asOptional() {
        return new GlobusScope(name, true, dependencies);
    }

    /** The same with further dependencies. */
    public GlobusScope needing(GlobusScope... others) {
        List<GlobusScope> all = new ArrayList<>(dependencies);
        all.addAll(Arrays.asList(others));
        return new GlobusScope(name, optional, all);
    }

    /** As a scope parameter says it. */
    public String text() {
        String below = dependencies.isEmpty()
                ? ""
                : dependencies.stream().map(GlobusScope::text).collect(Collectors.joining(" ", "[", "]"));
        return (optional ? "*" : "") + name + below;
    }

    @Override
    public String toString() {
        return text();
    }
}
