package io.github.evergrant.providers.globus.scope;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.oauth.Cleaned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Scopes by name, with their dependencies: each name once.
 *
 * <p>Few names can stand for a tree of any size, so the size is known before a tree is anybody's. For one thread.
 */
final class ScopeGraph {

    private static final int MOST_SCOPES = 10_000;
    private static final int DEEPEST = 50;

    private record Top(String name, boolean optional) {}

    /**
     * The dependencies of a name, made.
     *
     * @param size scopes in it, written out
     * @param height levels
     */
    private record Made(List<GlobusScope> dependencies, int size, int height) {}

    private final Set<Top> tops = new LinkedHashSet<>();
    private final Map<String, Map<String, Boolean>> optionalByName = new HashMap<>();
    private final Map<String, Made> made = new HashMap<>();
    private final Set<String> making = new HashSet<>();

    void add(String name, boolean optional) {
        tops.add(new Top(name, optional));
    }

    void add(String parent, String name, boolean optional) {
        optionalByName.computeIfAbsent(parent, key -> new LinkedHashMap<>()).merge(name, optional, Boolean::logicalAnd);
    }

    List<GlobusScope> trees() {
        List<GlobusScope> trees = new ArrayList<>();
        int size = 0;
        for (Top top : tops) {
            Made below = below(top.name());
            size = checked(size + below.size());
            trees.add(new GlobusScope(top.name(), top.optional(), below.dependencies()));
        }
        return List.copyOf(trees);
    }

    private Made below(String name) {
        Made known = made.get(name);
        if (known != null) {
            return known;
        }
        if (!making.add(name)) {
            throw new InvalidInput(
                    Problem.of("scope_cycle", "the scope \"" + Cleaned.text(name) + "\" depends on itself"));
        }
        if (making.size() > DEEPEST) {
            throw tooLarge();
        }
        List<GlobusScope> dependencies = new ArrayList<>();
        int size = 1;
        int height = 1;
        for (Map.Entry<String, Boolean> each :
                optionalByName.getOrDefault(name, Map.of()).entrySet()) {
            Made below = below(each.getKey());
            size = checked(size + below.size());
            height = Math.max(height, below.height() + 1);
            dependencies.add(new GlobusScope(each.getKey(), each.getValue(), below.dependencies()));
        }
        if (height > DEEPEST) {
            throw tooLarge();
        }
        making.remove(name);
        Made result = new Made(dependencies, size, height);
        made.put(name, result);
        return result;
    }

    private static int checked(int size) {
        if (size > MOST_SCOPES) {
            throw tooLarge();
        }
        return size;
    }

    static InvalidInput tooLarge() {
        return new InvalidInput(Problem.of("scope_too_large", "the scopes are too many, or nested too deep"));
    }
}
